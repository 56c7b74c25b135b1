//! The names of what is in a store, by their beginnings.

use crate::{
    domain::{
        credential::{Credential, CredentialKind, display_name::DisplayName, subject::AppDistrict},
        directory::{
            account::{Account, AccountId},
            app::App,
            district::District,
            id::PartialId,
            name::fold,
        },
    },
    ops::{ReadTx, error::OpError, query::display_names::DisplayNames},
    store::{Namespace, StoreError, UniqueNameKey},
};

/// What has the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Credentials, by everything that a reference may be.
    Credential,
    /// Users with a passcode, by e-mail address.
    User,
    /// Apps, by name, id or client id.
    App,
    /// Districts, by name or external id.
    District,
    /// Accounts, by name or Account ID.
    Account,
}

/// A name, and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// The name, as a command takes it.
    pub name: String,
    /// What has the name, for a person.
    pub of: String,
}

/// Returns at most `limit` names that begin with `start`, in any case.
///
/// # Errors
/// [`AccountError::NotFound`](crate::ops::AccountError::NotFound), or if a record does not verify.
pub fn list_names(
    read: &mut ReadTx<'_>,
    account: Option<AccountId>,
    named: Named,
    start: &str,
    limit: usize,
) -> Result<Vec<FoundName>, OpError> {
    let mut names = Names { start: fold(start), limit, found: Vec::new() };
    for account in read.accounts(account)? {
        match named {
            Named::Credential => names.add_credentials(read, &account)?,
            Named::User => names.add_holders(read, &account, CredentialKind::User)?,
            Named::App => names.add_apps(read, &account)?,
            Named::District => names.add_districts(read, &account)?,
            Named::Account => {
                names.add(account.name.to_string(), account.id.as_str());
                names.add(account.id.to_string(), account.name.as_str());
            }
        }
    }
    if named == Named::Credential {
        names.add_ids(read, account)?;
    }
    Ok(names.found)
}

struct Names {
    /// The beginning of the names, case folded.
    start: String,
    limit: usize,
    found: Vec<FoundName>,
}

impl Names {
    fn add(&mut self, name: String, of: &str) {
        if self.left() > 0 && fold(&name).starts_with(&self.start) {
            self.found.push(FoundName { name, of: of.to_owned() });
        }
    }

    fn left(&self) -> usize {
        self.limit.saturating_sub(self.found.len())
    }

    fn add_credentials(
        &mut self,
        read: &mut ReadTx<'_>,
        account: &Account,
    ) -> Result<(), StoreError> {
        self.add_holders(read, account, CredentialKind::Account)?;
        self.add_holders(read, account, CredentialKind::User)?;
        for app in valid_apps(read, account)? {
            let (id, kind) = (app.id.as_str(), CredentialKind::Legacy);
            if read.tx.find_holder(account.key, kind, id)?.is_some() {
                self.add(app.name.to_string(), kind.noun());
            }
            let tokens = self.tokens(read, account, &app)?;
            self.add_named(read, &tokens)?;
        }
        Ok(())
    }

    /// Adds credentials whose names are their unique keys.
    fn add_holders(
        &mut self,
        read: &mut ReadTx<'_>,
        account: &Account,
        kind: CredentialKind,
    ) -> Result<(), StoreError> {
        let holders = read.tx.list_holders(account.key, kind, &self.start, self.left())?;
        self.add_named(read, &holders)
    }

    fn add_named(
        &mut self,
        read: &mut ReadTx<'_>,
        credentials: &[Credential],
    ) -> Result<(), StoreError> {
        let names = DisplayNames::for_credentials(&mut read.tx, credentials)?;
        for credential in credentials {
            let name = match names.display_name(credential)? {
                DisplayName::AppDistrict { app, district } => format!("{app}/{district}"),
                other => other.to_string(),
            };
            self.add(name, credential.kind().noun());
        }
        Ok(())
    }

    /// Returns tokens of an app: those for the districts whose names begin with what follows the name of the app, or any.
    fn tokens(
        &self,
        read: &mut ReadTx<'_>,
        account: &Account,
        app: &App,
    ) -> Result<Vec<Credential>, StoreError> {
        let (kind, name) = (CredentialKind::Token, app.name.folded() + "/");
        if name.starts_with(&self.start) {
            let start = format!("{}/", app.id.as_str());
            return read.tx.list_holders(account.key, kind, &start, self.left());
        }
        let Some(start) = self.start.strip_prefix(&name) else { return Ok(Vec::new()) };
        let districts = read.tx.list_districts_by_name(account.key, start, self.left())?;
        let (account, namespace) = (account.key, Namespace::Credentials(kind));
        let name_of = |district: District| {
            let key = AppDistrict::new(app.id, district.id).as_str().to_owned();
            UniqueNameKey { account, namespace, key }
        };
        let names: Vec<_> = districts.into_iter().map(name_of).collect();
        Ok(read.tx.find_holders(&names)?.into_values().collect())
    }

    fn add_apps(&mut self, read: &mut ReadTx<'_>, account: &Account) -> Result<(), StoreError> {
        for app in valid_apps(read, account)? {
            self.add(app.name.to_string(), "app");
            if !self.start.is_empty() {
                self.add(app.id.to_string(), app.name.as_str());
                self.add(app.client_id.to_string(), app.name.as_str());
            }
        }
        Ok(())
    }

    fn add_districts(
        &mut self,
        read: &mut ReadTx<'_>,
        account: &Account,
    ) -> Result<(), StoreError> {
        for district in read.tx.list_districts_by_name(account.key, &self.start, self.left())? {
            self.add(district.name.to_string(), "district");
            if let Some(external_id) = &district.external_id {
                self.add(external_id.to_string(), district.name.as_str());
            }
        }
        Ok(())
    }

    /// Adds the ids of credentials, if enough of one was typed to find it.
    fn add_ids(
        &mut self,
        read: &mut ReadTx<'_>,
        account: Option<AccountId>,
    ) -> Result<(), OpError> {
        let Some(partial_id) = PartialId::parse(&self.start) else { return Ok(()) };
        let accounts = read.accounts(account)?;
        let mut found = read.tx.list_credentials_by_partial_id(partial_id, self.left())?;
        found.retain(|one| accounts.iter().any(|account| account.key == one.account));
        let names = DisplayNames::for_credentials(&mut read.tx, &found)?;
        for credential in &found {
            self.add(credential.id.to_string(), &names.display_name(credential)?.text());
        }
        Ok(())
    }
}

/// Returns the apps of an account that were not removed.
fn valid_apps(read: &mut ReadTx<'_>, account: &Account) -> Result<Vec<App>, StoreError> {
    let apps = read.tx.apps()?;
    let is_valid = |app: &&App| app.account == account.key && app.removed.is_none();
    Ok(apps.iter().filter(is_valid).cloned().collect())
}

//! `account add`, `account edit` and `account remove`.

use std::ops::ControlFlow;

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        credential::Deletion,
        directory::{
            account::{Account, AccountId, AccountKey, Region},
            name::Name,
        },
        seq::AuditSeq,
    },
    ops::{
        context::{OpContext, WriteTx, current_accounts},
        error::{OpError, account::AccountError},
    },
    store::{SortBy, StoreError},
};

/// A request to add an account.
#[derive(Clone, Debug)]
pub struct AddAccountRequest {
    /// The Account ID; `None` generates one.
    pub id: Option<AccountId>,
    /// The account's name.
    pub name: Name,
    /// The region in which its API runs.
    pub region: Region,
    /// Whether to refuse account passcodes, so that every caller is a named user.
    pub require_user_passcode: bool,
}

/// The properties to change; `None` leaves a property as it is.
#[derive(Clone, Debug, Default)]
pub struct EditAccountRequest {
    /// The new name.
    pub name: Option<Name>,
    /// The new region.
    pub region: Option<Region>,
    /// Whether to refuse account passcodes, so that every caller is a named user.
    pub require_user_passcode: Option<bool>,
}

/// Adds an account.
///
/// # Errors
/// [`AccountError::Exists`], [`AccountError::NameTaken`].
pub fn add(
    context: &OpContext<'_>,
    request: AddAccountRequest,
    entropy: &mut dyn CryptoRng,
) -> Result<Account, OpError> {
    let mut write = context.begin()?;
    let account = request.insert(&mut write, entropy)?;
    write.commit()?;
    Ok(account)
}

impl AddAccountRequest {
    /// Inserts the account.
    ///
    /// # Errors
    /// As for [`add`].
    pub(super) fn insert(
        self,
        write: &mut WriteTx<'_>,
        entropy: &mut dyn CryptoRng,
    ) -> Result<Account, OpError> {
        let id = self.id.unwrap_or_else(|| AccountId::generate(entropy));
        let earlier = write.tx.accounts()?.into_iter().find(|account| account.id == id);
        if earlier.as_ref().is_some_and(|earlier| earlier.removed.is_none()) {
            return Err(AccountError::Exists(id).into());
        }
        ensure_name_free(write, &self.name, None)?;
        let new = Account {
            key: AccountKey(0),
            id,
            name: self.name,
            region: self.region,
            require_user_passcode: self.require_user_passcode,
            legacy: None,
            created_at: write.now,
            removed: None,
            audit_seq: AuditSeq::NONE,
        };
        let audit = write.audit_context(Action::AccountAdd);
        Ok(match earlier {
            None => write.tx.insert_account(&audit, new)?,
            Some(removed) => {
                let new = Account { key: removed.key, ..new };
                write.tx.update_account(&audit, &removed, new)?
            }
        })
    }
}

/// An account that was removed.
#[derive(Debug)]
pub struct RemovedAccount {
    /// The account.
    pub account: Account,
    /// Its earlier removal, if it had been removed before and stays as it is.
    pub removed_before: Option<Deletion>,
}

/// An account before and after an edit.
#[derive(Debug)]
pub struct EditedAccount {
    /// The account before the edit.
    pub before: Account,
    /// The account after the edit.
    pub after: Account,
    /// The number of its used slots.
    pub used_slots: i64,
}

/// Edits the selected account.
///
/// # Errors
/// [`AccountError::NotFound`], [`AccountError::AccountRequired`], [`AccountError::NameTaken`].
pub fn edit(
    context: &OpContext<'_>,
    request: EditAccountRequest,
) -> Result<EditedAccount, OpError> {
    let mut write = context.begin()?;
    let before = write.account()?;
    if let Some(name) = &request.name {
        ensure_name_free(&mut write, name, Some(before.key))?;
    }
    let after = Account {
        name: request.name.unwrap_or_else(|| before.name.clone()),
        region: request.region.unwrap_or(before.region),
        require_user_passcode: request
            .require_user_passcode
            .unwrap_or(before.require_user_passcode),
        ..before.clone()
    };
    let audit = write.audit_context(Action::AccountEdit);
    let after = write.tx.update_account(&audit, &before, after)?;
    let used_slots = write.tx.count_used_slots(after.key)?;
    write.commit_if_changed()?;
    Ok(EditedAccount { before, after, used_slots })
}

/// Removes the selected account. It must be empty, and not the only one. An account that is removed already stays as it
/// is; only its id names it.
///
/// # Errors
/// [`AccountError::OnlyAccount`], [`AccountError::NotEmpty`].
pub fn remove(context: &OpContext<'_>) -> Result<RemovedAccount, OpError> {
    let mut write = context.begin()?;
    let is_removed = |one: &Account| Some(one.id) == context.account && one.removed.is_some();
    if let Some(account) = write.tx.accounts()?.into_iter().find(is_removed) {
        let removed_before = account.removed.clone();
        return Ok(RemovedAccount { account, removed_before });
    }
    let before = write.account()?;
    if current_accounts(&mut write.tx)?.len() == 1 {
        return Err(AccountError::OnlyAccount(before.id).into());
    }
    ensure_empty(&mut write, &before)?;
    let removed = Some(Deletion { at: write.now, by: write.actor_label() });
    let after = Account { removed, ..before.clone() };
    let audit = write.audit_context(Action::AccountRemove);
    let account = write.tx.update_account(&audit, &before, after)?;
    write.commit()?;
    Ok(RemovedAccount { account, removed_before: None })
}

/// Fails if the account has a credential that was not deleted, or an app or a district that was not removed.
fn ensure_empty(write: &mut WriteTx<'_>, account: &Account) -> Result<(), OpError> {
    let (mut credentials, mut districts) = (0, 0);
    let apps = write.tx.apps()?;
    let apps = apps.iter().filter(|app| app.account == account.key && app.removed.is_none());
    let apps = apps.count() as u64;
    write.tx.scan_districts(|one| {
        districts += u64::from(one.account == account.key && one.removed.is_none());
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    write.tx.scan_credentials(SortBy::Created, |one| {
        credentials += u64::from(one.account == account.key && one.deleted.is_none());
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    match credentials + apps + districts {
        0 => Ok(()),
        _ => Err(AccountError::NotEmpty { id: account.id, credentials, apps, districts }.into()),
    }
}

/// Fails if a reference with this name means another account than `except`.
fn ensure_name_free(
    write: &mut WriteTx<'_>,
    name: &Name,
    except: Option<AccountKey>,
) -> Result<(), OpError> {
    let (key, id) = (name.folded(), AccountId::parse_typed(name.as_str()).ok());
    let is_meant = |other: &Account| other.name.folded() == key || Some(other.id) == id;
    let mut accounts = current_accounts(&mut write.tx)?.into_iter();
    match accounts.find(|other| Some(other.key) != except && is_meant(other)) {
        None => Ok(()),
        Some(other) => Err(AccountError::NameTaken { name: name.to_string(), id: other.id }.into()),
    }
}

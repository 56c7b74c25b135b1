//! The door, for tokens: which ones an app has, and that none of them is missing.

use std::ops::ControlFlow;

use super::transaction::Transaction;
use crate::{
    domain::{
        credential::{Credential, CredentialKind, display_name::SubjectNames, subject::Subject},
        directory::app::App,
    },
    store::{
        StoreError,
        port::record::{CounterKey, Namespace, UniqueName},
    },
};

impl Transaction<'_> {
    /// The number of a token's app; `None` for every other credential.
    pub(in crate::store) fn app_seq_of_token(
        &self,
        credential: &Credential,
    ) -> Result<Option<i64>, StoreError> {
        let Subject::AppDistrict(pair) = credential.subject else { return Ok(None) };
        let apps = self.apps()?;
        let app = apps.iter().find(|app| app.id == pair.app());
        let missing = || StoreError::integrity(format!("the app of {} is missing", credential.id));
        app.map(|app| Some(app.seq)).ok_or_else(missing)
    }

    /// The names that an owner's app and district have now; removed ones keep theirs.
    ///
    /// # Errors
    /// When one of them does not verify or is missing.
    pub fn display_names(&self, owner: &Subject) -> Result<SubjectNames, StoreError> {
        let missing =
            |what| StoreError::integrity(format!("the {what} of a credential is missing"));
        let app = owner.app().map(|id| {
            let app = self.apps()?.iter().find(|app| app.id == id).map(|app| app.name.to_string());
            app.ok_or_else(|| missing("app"))
        });
        let district = owner.district().map(|id| {
            let district = self.find_district_by_id(id)?.ok_or_else(|| missing("district"))?;
            Ok::<_, StoreError>(district.name.to_string())
        });
        Ok(SubjectNames { app: app.transpose()?, district: district.transpose()? })
    }

    /// The same for whoever only asks, or ends something: what does not verify has no name, and keeps no credential from
    /// being ended.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn display_names_or_empty(&self, owner: &Subject) -> Result<SubjectNames, StoreError> {
        match self.display_names(owner) {
            Err(StoreError::Integrity(_)) => Ok(SubjectNames::default()),
            names => names,
        }
    }

    /// The tokens of an app that are not deleted, oldest first, the revoked ones too.
    ///
    /// # Errors
    /// When one does not verify, or some are missing.
    pub fn list_tokens(&self, app: &App) -> Result<Vec<Credential>, StoreError> {
        self.list_token_seqs(app)?.into_iter().map(|seq| self.get_token(app, seq)).collect()
    }

    /// The numbers of an app's tokens that are not deleted, ascending: as many as its tally tells.
    ///
    /// # Errors
    /// When an entry does not verify, or some are missing.
    pub fn list_token_seqs(&self, app: &App) -> Result<Vec<i64>, StoreError> {
        let (start, register) =
            (format!("{}/", app.id), Namespace::Credentials(CredentialKind::Token));
        let (mut numbers, mut is_verified) = (Vec::new(), true);
        self.raw.scan_unique_names_from(app.account, register, &start, &mut |row| match self
            .row_mac
            .verify(row)
        {
            Some(UniqueName { holder, .. }) => {
                numbers.push(holder);
                ControlFlow::Continue(())
            }
            None => {
                is_verified = false;
                ControlFlow::Break(())
            }
        })?;
        if !is_verified {
            return Err(StoreError::integrity("the holder of a name was altered"));
        }
        let count = self.count_tokens(app)?;
        if numbers.len() as i64 != count {
            self.add_predecessors(&mut numbers)?;
        }
        numbers.sort_unstable();
        let is_once = numbers.is_sorted_by(|one, next| one < next);
        match is_once && numbers.len() as i64 == count {
            true => Ok(numbers),
            false => Err(missing_tokens(app)),
        }
    }

    /// The token of an app with this number, which is not deleted.
    ///
    /// # Errors
    /// When it does not verify, or is another credential.
    pub fn get_token(&self, app: &App, seq: i64) -> Result<Credential, StoreError> {
        let token = self.get_credential(seq)?;
        let is_token = token.kind() == CredentialKind::Token && token.subject.app() == Some(app.id);
        match is_token && token.deleted.is_none() {
            true => Ok(token),
            false => Err(StoreError::integrity(format!(
                "a name leads to {}, which has another",
                token.id
            ))),
        }
    }

    /// The ones that others took their pairs from.
    fn add_predecessors(&self, numbers: &mut Vec<i64>) -> Result<(), StoreError> {
        for at in 0..numbers.len() {
            numbers.extend(
                self.list_predecessors(&self.get_credential(numbers[at])?)?
                    .iter()
                    .map(|older| older.seq),
            );
        }
        Ok(())
    }

    /// What the holder of a credential had before it, newest first, as far as it is not deleted.
    ///
    /// # Errors
    /// When one does not verify.
    pub fn list_predecessors(
        &self,
        credential: &Credential,
    ) -> Result<Vec<Credential>, StoreError> {
        let (mut previous, mut all) = (credential.previous, Vec::new());
        while let Some(seq) = previous {
            let older = self.get_credential(seq)?;
            previous = older.previous;
            if older.deleted.is_none() {
                all.push(older);
            }
        }
        Ok(all)
    }

    /// How many tokens of an app are not deleted, those of this transaction included.
    ///
    /// # Errors
    /// When the tally does not verify.
    pub fn count_tokens(&self, app: &App) -> Result<i64, StoreError> {
        self.counter_with_pending(app.account, CounterKey::Tokens(app.seq))
    }
}

fn missing_tokens(app: &App) -> StoreError {
    StoreError::integrity(format!("tokens of app {} are missing", app.id))
}

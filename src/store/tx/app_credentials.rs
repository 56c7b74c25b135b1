//! The credentials of apps: tokens and legacy keys, and the check that none of them is missing.

use super::transaction::Transaction;
use crate::{
    domain::{
        credential::{Credential, CredentialKind, subject::Subject},
        directory::app::App,
        seq::{AppSeq, CredentialSeq},
    },
    store::{
        error::StoreError,
        port::record::{CounterKey, Namespace},
    },
};

impl Transaction<'_> {
    /// Lists the tokens of an app that are not deleted, oldest first, including revoked ones.
    ///
    /// # Errors
    /// If one does not verify, or one is missing.
    pub fn list_tokens(&mut self, app: &App) -> Result<Vec<Credential>, StoreError> {
        let seqs = self.list_token_seqs(app)?;
        self.get_tokens(app, &seqs)
    }

    /// Lists the numbers of an app's tokens that are not deleted, ascending. The counter of the app says how many
    /// there must be.
    ///
    /// # Errors
    /// If an entry does not verify, or one is missing.
    pub fn list_token_seqs(&mut self, app: &App) -> Result<Vec<CredentialSeq>, StoreError> {
        let (start, namespace) =
            (format!("{}/", app.id), Namespace::Credentials(CredentialKind::Token));
        let names = self.list_names(app.account, namespace, &start, usize::MAX)?;
        let mut seqs: Vec<_> = names.iter().map(|name| CredentialSeq(name.holder)).collect();
        seqs.sort_unstable();
        let count = self.count_tokens(app)?;
        if seqs.len() as i64 != count {
            let holders = self.get_credentials(&seqs)?;
            let older = self.predecessors_of(&holders)?;
            seqs.extend(older.iter().filter(|one| one.deleted.is_none()).map(|one| one.seq));
            seqs.sort_unstable();
        }
        let is_unique = seqs.is_sorted_by(|one, next| one < next);
        if is_unique && seqs.len() as i64 == count {
            return Ok(seqs);
        }
        Err(StoreError::integrity(format!("tokens of app {} are missing", app.id)))
    }

    /// Lists the predecessors of a credential that are not deleted, newest first: the credentials that its subject had
    /// before it.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn list_predecessors(
        &mut self,
        credential: &Credential,
    ) -> Result<Vec<Credential>, StoreError> {
        let mut all = self.predecessors_of(std::slice::from_ref(credential))?;
        all.retain(|older| older.deleted.is_none());
        Ok(all)
    }

    /// Lists the predecessors of several credentials, including deleted ones. Each step reads those of all credentials.
    fn predecessors_of(
        &mut self,
        credentials: &[Credential],
    ) -> Result<Vec<Credential>, StoreError> {
        let previous =
            |found: &[Credential]| found.iter().filter_map(|one| one.previous).collect::<Vec<_>>();
        let (mut all, mut next) = (Vec::new(), previous(credentials));
        while !next.is_empty() {
            let older = self.get_credentials(&next)?;
            next = previous(&older);
            all.extend(older);
        }
        Ok(all)
    }

    /// Returns the tokens of an app with these numbers, which are not deleted, by number.
    ///
    /// # Errors
    /// If one does not verify, or a credential with one of these numbers is not such a token.
    pub fn get_tokens(
        &mut self,
        app: &App,
        seqs: &[CredentialSeq],
    ) -> Result<Vec<Credential>, StoreError> {
        let tokens = self.get_credentials(seqs)?;
        tokens.iter().try_for_each(|token| ensure_token(app, token))?;
        Ok(tokens)
    }

    /// Returns the number of an app's tokens that are not deleted, including the changes of this transaction.
    ///
    /// # Errors
    /// If the counter does not verify.
    pub fn count_tokens(&mut self, app: &App) -> Result<i64, StoreError> {
        self.counter_with_pending(app.account, CounterKey::Tokens(app.seq))
    }

    /// Returns the number of a token's app; `None` for every other kind of credential.
    pub(super) fn app_seq_of_token(
        &mut self,
        credential: &Credential,
    ) -> Result<Option<AppSeq>, StoreError> {
        let Subject::AppDistrict(pair) = credential.subject else { return Ok(None) };
        let apps = self.apps()?;
        let app = apps.iter().find(|app| app.id == pair.app());
        let missing = || StoreError::integrity(format!("the app of {} is missing", credential.id));
        app.map(|app| Some(app.seq)).ok_or_else(missing)
    }
}

/// Checks that a credential, to which a name of an app's tokens refers, is a token of the app and not deleted.
fn ensure_token(app: &App, token: &Credential) -> Result<(), StoreError> {
    let is_token = token.kind() == CredentialKind::Token && token.subject.app() == Some(app.id);
    match is_token && token.deleted.is_none() {
        true => Ok(()),
        false => Err(StoreError::integrity(format!(
            "a name refers to {}, which has another name",
            token.id
        ))),
    }
}

//! The credentials of apps: tokens and legacy keys, and the check that none of them is missing.

use std::{collections::BTreeSet, ops::ControlFlow};

use super::transaction::Transaction;
use crate::{
    domain::{
        credential::{Credential, CredentialKind, subject::Subject},
        directory::app::App,
        seq::{AppSeq, CredentialSeq},
    },
    store::{
        error::StoreError,
        port::record::{CounterKey, Namespace, UniqueName},
    },
};

impl Transaction<'_> {
    /// Lists the tokens of an app that are not deleted, oldest first, including revoked ones.
    ///
    /// # Errors
    /// If one does not verify, or one is missing.
    pub fn list_tokens(&self, app: &App) -> Result<Vec<Credential>, StoreError> {
        self.list_token_seqs(app)?.into_iter().map(|seq| self.get_token(app, seq)).collect()
    }

    /// Lists the numbers of an app's tokens that are not deleted, ascending. The counter of the app says how many
    /// there must be.
    ///
    /// # Errors
    /// If an entry does not verify, or one is missing.
    pub fn list_token_seqs(&self, app: &App) -> Result<Vec<CredentialSeq>, StoreError> {
        let mut seqs = self.list_token_holders(app)?;
        let count = self.count_tokens(app)?;
        if seqs.len() as i64 != count {
            self.add_predecessors(&mut seqs)?;
        }
        seqs.sort_unstable();
        let is_unique = seqs.is_sorted_by(|one, next| one < next);
        if is_unique && seqs.len() as i64 == count {
            return Ok(seqs);
        }
        Err(StoreError::integrity(format!("tokens of app {} are missing", app.id)))
    }

    /// Lists the numbers of the tokens that have a unique name with this app.
    fn list_token_holders(&self, app: &App) -> Result<Vec<CredentialSeq>, StoreError> {
        let (start, namespace) =
            (format!("{}/", app.id), Namespace::Credentials(CredentialKind::Token));
        let (mut seqs, mut is_verified) = (Vec::new(), true);
        self.raw.scan_unique_names_from(app.account, namespace, &start, &mut |row| match self
            .row_mac
            .verify(row)
        {
            Some(UniqueName { holder, .. }) => {
                seqs.push(CredentialSeq(holder));
                ControlFlow::Continue(())
            }
            None => {
                is_verified = false;
                ControlFlow::Break(())
            }
        })?;
        match is_verified {
            true => Ok(seqs),
            false => {
                Err(StoreError::integrity("the holder of a name was changed outside gatepass"))
            }
        }
    }

    /// Adds the predecessors of these tokens that are not deleted.
    fn add_predecessors(&self, seqs: &mut Vec<CredentialSeq>) -> Result<(), StoreError> {
        for at in 0..seqs.len() {
            let predecessors = self.list_predecessors(&self.get_credential(seqs[at])?)?;
            seqs.extend(predecessors.iter().map(|older| older.seq));
        }
        Ok(())
    }

    /// Lists the predecessors of a credential that are not deleted, newest first: the credentials that its subject had
    /// before it.
    ///
    /// # Errors
    /// If one does not verify.
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

    /// Returns the token of an app with this number, which is not deleted.
    ///
    /// # Errors
    /// If it does not verify, or the credential with this number is not such a token.
    pub fn get_token(&self, app: &App, seq: CredentialSeq) -> Result<Credential, StoreError> {
        let token = self.get_credential(seq)?;
        let is_token = token.kind() == CredentialKind::Token && token.subject.app() == Some(app.id);
        match is_token && token.deleted.is_none() {
            true => Ok(token),
            false => Err(StoreError::integrity(format!(
                "a name refers to {}, which has another name",
                token.id
            ))),
        }
    }

    /// Returns the number of an app's tokens that are not deleted, including the changes of this transaction.
    ///
    /// # Errors
    /// If the counter does not verify.
    pub fn count_tokens(&self, app: &App) -> Result<i64, StoreError> {
        self.counter_with_pending(app.account, CounterKey::Tokens(app.seq))
    }

    /// Returns the number of a token's app; `None` for every other kind of credential.
    pub(super) fn app_seq_of_token(
        &self,
        credential: &Credential,
    ) -> Result<Option<AppSeq>, StoreError> {
        let Subject::AppDistrict(pair) = credential.subject else { return Ok(None) };
        let apps = self.apps()?;
        let app = apps.iter().find(|app| app.id == pair.app());
        let missing = || StoreError::integrity(format!("the app of {} is missing", credential.id));
        app.map(|app| Some(app.seq)).ok_or_else(missing)
    }

    /// Returns the numbers of all legacy keys that a server may have accepted: those that have a unique name, and
    /// their predecessors. A key that does not verify is left out, together with its predecessors: no server accepts
    /// it, and it must not prevent the uses of other keys from being recorded.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn list_legacy_key_seqs(&self) -> Result<BTreeSet<CredentialSeq>, StoreError> {
        let mut seqs = BTreeSet::new();
        for account in self.accounts()? {
            let namespace = Namespace::Credentials(CredentialKind::Legacy);
            for row in self.raw.list_unique_names(account.key, namespace, "", usize::MAX >> 1)? {
                let name = self.row_mac.verify(row).filter(|name| name.account == account.key);
                let mut next = name.map(|name| CredentialSeq(name.holder));
                while let Some(key) =
                    next.map(|seq| self.find_valid_legacy_key(seq)).transpose()?.flatten()
                {
                    seqs.insert(key.seq);
                    next = key.previous;
                }
            }
        }
        Ok(seqs)
    }

    /// Finds the legacy key with this number; `None` if it does not verify.
    fn find_valid_legacy_key(&self, seq: CredentialSeq) -> Result<Option<Credential>, StoreError> {
        match self.get_credential(seq) {
            Ok(key) => Ok(Some(key).filter(|key| key.kind() == CredentialKind::Legacy)),
            Err(StoreError::Integrity(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

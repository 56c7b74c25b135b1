//! Unique names: finding the credential that has one, and changing who has it. Also the names that are displayed for
//! the subject of a credential.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    directory::districts::unique_key,
    ensure::{ensure_free, ensure_requested, verify_row, verify_summed},
    pending::NameState,
    transaction::Transaction,
};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, display_name::SubjectNames, subject::Subject},
        directory::{account::AccountKey, district::District},
        seq::CredentialSeq,
    },
    store::{
        error::StoreError,
        port::record::{Namespace, UniqueName, UniqueNameKey},
    },
};

/// How errors call a row of the table.
const A_NAME: &str = "the holder of a name";

impl Transaction<'_> {
    /// Finds the credential that has a name or email address, given case folded. A deleted credential has none.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_holder(
        &mut self,
        account: AccountKey,
        kind: CredentialKind,
        key: &str,
    ) -> Result<Option<Credential>, StoreError> {
        let name = name_key(account, Namespace::Credentials(kind), key);
        let Some(holder) = self.find_name_holder(&name)? else { return Ok(None) };
        let holder = self.get_credential(CredentialSeq(holder))?;
        ensure_holds(&holder, &name).map(|()| Some(holder))
    }

    /// Finds the credentials that have these names and email addresses, with as few queries as one of them needs. A name
    /// that no credential has is left out.
    ///
    /// # Errors
    /// If a name or its holder does not verify.
    pub fn find_holders(
        &mut self,
        names: &[UniqueNameKey],
    ) -> Result<BTreeMap<UniqueNameKey, Credential>, StoreError> {
        let held = self.held_names(names)?;
        let seqs: BTreeSet<_> = held.iter().map(|(_, holder)| CredentialSeq(*holder)).collect();
        let holders = self.get_credentials(&seqs.into_iter().collect::<Vec<_>>())?;
        let by_name = held.into_iter().map(|(name, holder)| {
            let at = holders.binary_search_by_key(&CredentialSeq(holder), |one| one.seq);
            let holder = at.map(|at| holders[at].clone()).map_err(|_| wrong_index())?;
            ensure_holds(&holder, &name).map(|()| (name, holder))
        });
        by_name.collect()
    }

    /// Reads who has these names and email addresses of credentials, given case folded, so that
    /// [`Transaction::find_holder`] needs no query for each name. A change also reads the holders.
    ///
    /// # Errors
    /// If a name or a holder does not verify.
    pub fn prefetch_names<'k>(
        &mut self,
        names: impl IntoIterator<Item = (AccountKey, CredentialKind, &'k str)>,
    ) -> Result<(), StoreError> {
        let names = names
            .into_iter()
            .map(|(account, kind, key)| name_key(account, Namespace::Credentials(kind), key));
        let names: Vec<_> = names.collect();
        self.load_names(&names)?;
        if self.keeps_rows() {
            let holder = |name| self.pending.names.get(name)?.holder.map(CredentialSeq);
            let seqs: Vec<_> = names.iter().filter_map(holder).collect();
            self.find_credentials(&seqs)?;
        }
        Ok(())
    }

    /// Reads who has the names of these credentials, before many of them are deleted.
    ///
    /// # Errors
    /// If a name does not verify.
    pub fn prefetch_names_of(&mut self, credentials: &[Credential]) -> Result<(), StoreError> {
        let names: Vec<_> = credentials.iter().map(credential_name).collect();
        self.load_names(&names)
    }

    /// Lists at most `limit` credentials whose name or email address, case folded, begins with `start`.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn list_holders(
        &mut self,
        account: AccountKey,
        kind: CredentialKind,
        start: &str,
        limit: usize,
    ) -> Result<Vec<Credential>, StoreError> {
        let names = self.list_names(account, Namespace::Credentials(kind), start, limit)?;
        let mut seqs: Vec<_> = names.iter().map(|name| CredentialSeq(name.holder)).collect();
        seqs.sort_unstable();
        let credentials = self.get_credentials(&seqs)?;
        let by_name = names.into_iter().map(|UniqueName { account, namespace, key, holder }| {
            let at = credentials.binary_search_by_key(&CredentialSeq(holder), |one| one.seq);
            let holder = at.map(|at| credentials[at].clone()).map_err(|_| wrong_index())?;
            ensure_holds(&holder, &UniqueNameKey { account, namespace, key }).map(|()| holder)
        });
        by_name.collect()
    }

    /// Lists at most `limit` names of a namespace that begin with `start`, in order.
    pub(super) fn list_names(
        &mut self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        limit: usize,
    ) -> Result<Vec<UniqueName>, StoreError> {
        self.flush()?;
        let rows = self.raw.list_unique_names(account, namespace, start, limit)?;
        let is_listed = |name: &UniqueName| {
            (name.account, name.namespace) == (account, namespace) && name.key.starts_with(start)
        };
        let verified = rows.into_iter().map(|row| verify_row(&self.row_mac, row, A_NAME));
        let names: Vec<UniqueName> = verified.collect::<Result<_, _>>()?;
        if names.iter().all(is_listed) { Ok(names) } else { Err(wrong_index()) }
    }

    /// Returns the number of the holder of a name, including the changes of this transaction.
    pub(super) fn find_name_holder(
        &mut self,
        name: &UniqueNameKey,
    ) -> Result<Option<i64>, StoreError> {
        self.load_names(std::slice::from_ref(name))?;
        Ok(self.pending.names.get(name).and_then(|state| state.holder))
    }

    /// Returns those of the names that have holders, with the numbers of the holders.
    pub(super) fn held_names(
        &mut self,
        names: &[UniqueNameKey],
    ) -> Result<Vec<(UniqueNameKey, i64)>, StoreError> {
        self.load_names(names)?;
        let holder = |name: &UniqueNameKey| self.pending.names.get(name)?.holder;
        Ok(names.iter().filter_map(|name| Some((name.clone(), holder(name)?))).collect())
    }

    /// Reads the holders of the names that this transaction does not know yet.
    pub(super) fn load_names(&mut self, names: &[UniqueNameKey]) -> Result<(), StoreError> {
        let is_unknown = |name: &&UniqueNameKey| !self.pending.names.contains_key(*name);
        let unknown: Vec<_> = names.iter().filter(is_unknown).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let rows = self.raw.find_unique_names(&unknown)?;
        // Kept only if all of them verify: otherwise a name whose holder was tampered with would seem to be free.
        let mut found: BTreeMap<_, _> =
            unknown.into_iter().map(|name| (name, NameState::FREE)).collect();
        for row in rows {
            let (name, summand) = verify_summed(&self.row_mac, row, A_NAME)?;
            let UniqueName { account, namespace, key, holder } = name;
            let state = found.get_mut(&UniqueNameKey { account, namespace, key });
            let state = state.ok_or_else(wrong_index)?;
            *state = NameState { stored: Some((holder, summand)), holder: Some(holder) };
        }
        self.pending.names.append(&mut found);
        Ok(())
    }

    /// Sets or removes the holder of a name that was looked up before.
    fn set_holder(&mut self, name: UniqueNameKey, holder: Option<i64>) {
        let state = self.pending.names.entry(name);
        state.or_insert(NameState::FREE).holder = holder;
    }

    /// Gives a credential its unique name. The newest passcode of a user takes the email address from an older one,
    /// and tokens do the same. The name of a partner must be free.
    pub(super) fn claim_credential_name(&mut self, holder: &Credential) -> Result<(), StoreError> {
        let name = credential_name(holder);
        let is_free = self.find_name_holder(&name)?.is_none();
        ensure_free(is_free || holder.kind() != CredentialKind::Account, "credential", holder.id)?;
        self.set_holder(name, Some(holder.seq.0));
        Ok(())
    }

    /// Replaces the unique name that a credential had by the one that it has now. A name that it no longer has goes back
    /// to the newest predecessor that is not deleted.
    pub(super) fn move_credential_name(
        &mut self,
        before: &Credential,
        after: &Credential,
    ) -> Result<(), StoreError> {
        let name = credential_name(before);
        if after.deleted.is_none() && credential_name(after) == name {
            return Ok(());
        }
        if self.find_name_holder(&name)? != Some(before.seq.0) {
            return Ok(());
        }
        self.set_holder(name, None);
        if after.deleted.is_none() {
            self.claim_credential_name(after)?;
        }
        let mut previous = before.previous;
        while let Some(seq) = previous {
            let older = self.get_credential(seq)?;
            if older.deleted.is_none() {
                return self.claim_credential_name(&older);
            }
            previous = older.previous;
        }
        Ok(())
    }

    /// Gives a district its unique name in a namespace, if it has one there. The name must be free.
    pub(super) fn claim_district_name(
        &mut self,
        district: &District,
        namespace: Namespace,
    ) -> Result<(), StoreError> {
        let Some(name) = district_name(district, namespace) else { return Ok(()) };
        ensure_free(self.find_name_holder(&name)?.is_none(), "district", district.id)?;
        self.set_holder(name, Some(district.seq.0));
        Ok(())
    }

    /// Replaces the unique name that a district had in a namespace by the one that it has now.
    pub(super) fn move_district_name(
        &mut self,
        before: &District,
        after: &District,
        namespace: Namespace,
    ) -> Result<(), StoreError> {
        let (old, new) = (district_name(before, namespace), district_name(after, namespace));
        if old == new && after.removed.is_none() {
            return Ok(());
        }
        if let Some(old) = old.filter(|_| before.removed.is_none()) {
            let is_holder = self.find_name_holder(&old)? == Some(before.seq.0);
            ensure_free(is_holder, "district", after.id)?;
            self.set_holder(old, None);
        }
        match after.removed {
            None => self.claim_district_name(after, namespace),
            Some(_) => Ok(()),
        }
    }

    /// Returns the current names of the app and district of a subject. Removed ones keep their names.
    ///
    /// # Errors
    /// If one of them does not verify or is missing.
    pub fn display_names(&mut self, subject: &Subject) -> Result<SubjectNames, StoreError> {
        let missing =
            |what| StoreError::integrity(format!("the {what} of a credential is missing"));
        let app = match subject.app() {
            Some(id) => Some(self.find_app(id)?.ok_or_else(|| missing("app"))?.name.to_string()),
            None => None,
        };
        let district = match subject.district() {
            Some(id) => {
                let district = self.find_district_by_id(id)?.ok_or_else(|| missing("district"))?;
                Some(district.name.to_string())
            }
            None => None,
        };
        Ok(SubjectNames { app, district })
    }

    /// Returns the same names; none if one of them does not verify. For callers that only show the names, and for
    /// those that revoke or delete a credential, because damage elsewhere must not prevent that.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn display_names_or_empty(
        &mut self,
        subject: &Subject,
    ) -> Result<SubjectNames, StoreError> {
        match self.display_names(subject) {
            Err(StoreError::Integrity(_)) => Ok(SubjectNames::default()),
            names => names,
        }
    }
}

fn name_key(account: AccountKey, namespace: Namespace, key: &str) -> UniqueNameKey {
    UniqueNameKey { account, namespace, key: key.to_owned() }
}

/// Returns the unique name of a credential.
fn credential_name(credential: &Credential) -> UniqueNameKey {
    let namespace = Namespace::Credentials(credential.kind());
    UniqueNameKey { account: credential.account, namespace, key: credential.subject.unique_key() }
}

/// Returns the unique name of a district in a namespace; `None` if it has none there.
fn district_name(district: &District, namespace: Namespace) -> Option<UniqueNameKey> {
    let key = unique_key(district, namespace)?;
    Some(UniqueNameKey { account: district.account, namespace, key })
}

/// Checks that a credential, to which a name refers, has that name and is not deleted.
fn ensure_holds(holder: &Credential, name: &UniqueNameKey) -> Result<(), StoreError> {
    if holder.deleted.is_some() {
        let reason = format!("a name is held by {}, which was deleted", holder.id);
        return Err(StoreError::integrity(reason));
    }
    ensure_requested(credential_name(holder) == *name, holder)
}

fn wrong_index() -> StoreError {
    StoreError::integrity("an index of names is wrong")
}

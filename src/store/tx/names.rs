//! Unique names: finding the credential that has one, and changing who has it. Also the names that are displayed for
//! the subject of a credential.

use super::{
    directory::districts::unique_key,
    ensure::{ensure_credential_matches, ensure_written, verify_row},
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
        port::record::{Namespace, UniqueName, WithMac},
    },
};

impl Transaction<'_> {
    /// Finds the credential that has a name or email address, given case folded. A deleted credential has none.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_holder(
        &self,
        account: AccountKey,
        kind: CredentialKind,
        key: &str,
    ) -> Result<Option<Credential>, StoreError> {
        let row = self.find_unique_name(account, Namespace::Credentials(kind), key)?;
        row.map(|row| self.verify_holder(row, account, kind, |found| found == key)).transpose()
    }

    /// Lists at most `limit` credentials whose name or email address, case folded, begins with `start`.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn list_holders(
        &self,
        account: AccountKey,
        kind: CredentialKind,
        start: &str,
        limit: usize,
    ) -> Result<Vec<Credential>, StoreError> {
        let names =
            self.raw.list_unique_names(account, Namespace::Credentials(kind), start, limit)?;
        let has_prefix = |key: &str| key.starts_with(start);
        names.into_iter().map(|row| self.verify_holder(row, account, kind, has_prefix)).collect()
    }

    /// Finds the row of a unique name. Two indexes must agree on whether it exists: if one of them has lost the name,
    /// the name could otherwise be given away again, or seem to belong to another credential.
    pub(super) fn find_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<WithMac<UniqueName>>, StoreError> {
        let row = self.raw.find_unique_name(account, namespace, key)?;
        if row.is_some() != self.raw.unique_name_exists(account, namespace, key)? {
            return Err(StoreError::integrity("an index of names is wrong"));
        }
        Ok(row)
    }

    /// Returns the credential that a row of unique names refers to: it exists, is not deleted and has this name.
    fn verify_holder(
        &self,
        row: WithMac<UniqueName>,
        account: AccountKey,
        kind: CredentialKind,
        is_requested: impl FnOnce(&str) -> bool,
    ) -> Result<Credential, StoreError> {
        let UniqueName { key, holder, .. } =
            verify_row(&self.row_mac, row, "the holder of a name")?;
        let holder = self.get_credential(CredentialSeq(holder))?;
        if holder.deleted.is_some() {
            return Err(StoreError::integrity(format!(
                "a name is held by {}, which was deleted",
                holder.id
            )));
        }
        ensure_credential_matches(holder, |holder| {
            holder.account == account
                && holder.kind() == kind
                && holder.subject.unique_key() == key
                && is_requested(&key)
        })
    }

    fn find_holder_seq(
        &self,
        account: AccountKey,
        kind: CredentialKind,
        key: &str,
    ) -> Result<Option<CredentialSeq>, StoreError> {
        let row = self.find_unique_name(account, Namespace::Credentials(kind), key)?;
        let name = row.map(|row| verify_row(&self.row_mac, row, "the holder of a name"));
        Ok(name.transpose()?.map(|name| CredentialSeq(name.holder)))
    }

    /// Gives a credential its unique name. The newest passcode of a user takes the email address from an older one,
    /// and tokens do the same. The name of a partner must be free.
    pub(super) fn claim_credential_name(&self, holder: &Credential) -> Result<(), StoreError> {
        let (account, kind, key) = (holder.account, holder.kind(), holder.subject.unique_key());
        let is_free =
            kind != CredentialKind::Account || self.find_holder_seq(account, kind, &key)?.is_none();
        ensure_written(is_free, "the name of", holder.id)?;
        let namespace = Namespace::Credentials(kind);
        let name = UniqueName { account, namespace, key, holder: holder.seq.0 };
        self.raw.put_unique_name(&self.row_mac.authenticate(name))
    }

    /// Replaces the unique name that a credential had by the one that it has now. The name of a deleted credential
    /// goes back to the newest predecessor that is not deleted.
    pub(super) fn move_credential_name(
        &self,
        before: &Credential,
        after: &Credential,
    ) -> Result<(), StoreError> {
        let (account, kind, key) = (before.account, before.kind(), before.subject.unique_key());
        if after.deleted.is_none() && after.subject.unique_key() == key {
            return Ok(());
        }
        let holder = self.find_holder_seq(account, kind, &key)?;
        if holder != Some(before.seq) {
            return Ok(());
        }
        self.raw.remove_unique_name(account, Namespace::Credentials(kind), &key)?;
        if after.deleted.is_none() {
            return self.claim_credential_name(after);
        }
        let mut previous = after.previous;
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
        &self,
        district: &District,
        namespace: Namespace,
    ) -> Result<(), StoreError> {
        let Some(key) = unique_key(district, namespace) else { return Ok(()) };
        let is_free = self.find_unique_name(district.account, namespace, &key)?.is_none();
        ensure_written(is_free, "the name of district", district.id)?;
        let name = UniqueName { account: district.account, namespace, key, holder: district.seq.0 };
        self.raw.put_unique_name(&self.row_mac.authenticate(name))
    }

    /// Replaces the unique name that a district had in a namespace by the one that it has now.
    pub(super) fn move_district_name(
        &self,
        before: &District,
        after: &District,
        namespace: Namespace,
    ) -> Result<(), StoreError> {
        let (old, new) = (unique_key(before, namespace), unique_key(after, namespace));
        if old == new && after.removed.is_none() {
            return Ok(());
        }
        if let Some(old) = old.filter(|_| before.removed.is_none()) {
            let was_removed = self.raw.remove_unique_name(before.account, namespace, &old)?;
            ensure_written(was_removed, "the name of district", after.id)?;
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
    pub fn display_names(&self, subject: &Subject) -> Result<SubjectNames, StoreError> {
        let missing =
            |what| StoreError::integrity(format!("the {what} of a credential is missing"));
        let app = subject.app().map(|id| {
            let app = self.apps()?.iter().find(|app| app.id == id).map(|app| app.name.to_string());
            app.ok_or_else(|| missing("app"))
        });
        let district = subject.district().map(|id| {
            let district = self.find_district_by_id(id)?.ok_or_else(|| missing("district"))?;
            Ok::<_, StoreError>(district.name.to_string())
        });
        Ok(SubjectNames { app: app.transpose()?, district: district.transpose()? })
    }

    /// Returns the same names; none if one of them does not verify. For callers that only show the names, and for
    /// those that revoke or delete a credential, because damage elsewhere must not prevent that.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn display_names_or_empty(&self, subject: &Subject) -> Result<SubjectNames, StoreError> {
        match self.display_names(subject) {
            Err(StoreError::Integrity(_)) => Ok(SubjectNames::default()),
            names => names,
        }
    }
}

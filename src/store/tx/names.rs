//! The door, for names and addresses: who holds one.

use super::transaction::{Transaction, ensure_match, verify_row};
use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::account::AccountKey,
    },
    store::{
        StoreError,
        port::record::{Namespace, UniqueName, WithMac},
    },
};

impl Transaction<'_> {
    /// The credential that holds a name or address, given in its folded form: never a deleted one.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_holder(
        &self,
        account: AccountKey,
        kind: CredentialKind,
        key: &str,
    ) -> Result<Option<Credential>, StoreError> {
        let row = self.find_unique_name(account, Namespace::Credentials(kind), key)?;
        row.map(|row| self.verify_holder(row, account, kind, |held| held == key)).transpose()
    }

    /// The row that says who holds a name. That there is none is believed of two indexes only: a name that one of
    /// them has lost would else be given away again, or seem to mean another credential.
    pub(in crate::store) fn find_unique_name(
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

    /// At most `limit` holders whose name or address, case folded, begins with `start`.
    ///
    /// # Errors
    /// When one does not verify.
    pub fn list_holders(
        &self,
        account: AccountKey,
        kind: CredentialKind,
        start: &str,
        limit: usize,
    ) -> Result<Vec<Credential>, StoreError> {
        let holdings =
            self.raw.list_unique_names(account, Namespace::Credentials(kind), start, limit)?;
        let has_prefix = |held: &str| held.starts_with(start);
        holdings.into_iter().map(|row| self.verify_holder(row, account, kind, has_prefix)).collect()
    }

    /// Who holds a name: not deleted, and indeed of that name, which is one that was asked for.
    fn verify_holder(
        &self,
        row: WithMac<UniqueName>,
        account: AccountKey,
        kind: CredentialKind,
        is_requested: impl FnOnce(&str) -> bool,
    ) -> Result<Credential, StoreError> {
        let UniqueName { key, holder, .. } =
            verify_row(&self.row_mac, row, "the holder of a name")?;
        let holder = self.get_credential(holder)?;
        if holder.deleted.is_some() {
            return Err(StoreError::integrity(format!(
                "a name is held by {}, which is gone",
                holder.id
            )));
        }
        ensure_match(holder, |holder| {
            holder.account == account
                && holder.kind() == kind
                && holder.subject.unique_key() == key
                && is_requested(&key)
        })
    }
}

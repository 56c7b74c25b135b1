//! The door, for names and addresses: who holds one.

use super::{
    StoreError,
    door::{Transaction, expect, verified},
    record::{Holding, Register, Sealed},
};
use crate::domain::{
    account::AccountKey,
    credential::{Credential, Kind},
};

impl Transaction<'_> {
    /// The credential that holds a name or address, given in its folded form: never a deleted one.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_holder(
        &self,
        account: AccountKey,
        kind: Kind,
        key: &str,
    ) -> Result<Option<Credential>, StoreError> {
        let row = self.find_holding(account, Register::Credentials(kind), key)?;
        row.map(|row| self.holder(row, account, kind, |held| held == key)).transpose()
    }

    /// The row that says who holds a name. That there is none is believed of two indexes only: a name that one of
    /// them has lost would else be given away again, or seem to mean another credential.
    pub(super) fn find_holding(
        &self,
        account: AccountKey,
        register: Register,
        key: &str,
    ) -> Result<Option<Sealed<Holding>>, StoreError> {
        let row = self.raw.find_holding(account, register, key)?;
        if row.is_some() != self.raw.is_held(account, register, key)? {
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
        kind: Kind,
        start: &str,
        limit: usize,
    ) -> Result<Vec<Credential>, StoreError> {
        let holdings =
            self.raw.list_holdings(account, Register::Credentials(kind), start, limit)?;
        let begins_so = |held: &str| held.starts_with(start);
        holdings.into_iter().map(|row| self.holder(row, account, kind, begins_so)).collect()
    }

    /// Who holds a name: not deleted, and indeed of that name, which is one that was asked for.
    fn holder(
        &self,
        row: Sealed<Holding>,
        account: AccountKey,
        kind: Kind,
        was_asked_for: impl FnOnce(&str) -> bool,
    ) -> Result<Credential, StoreError> {
        let Holding { key, holder, .. } = verified(&self.sealer, row, "the holder of a name")?;
        let holder = self.by_seq(holder)?;
        if holder.deleted.is_some() {
            return Err(StoreError::integrity(format!(
                "a name is held by {}, which is gone",
                holder.id
            )));
        }
        expect(holder, |holder| {
            holder.account == account
                && holder.kind() == kind
                && holder.owner.key() == key
                && was_asked_for(&key)
        })
    }
}

//! A look: one reading transaction, with what "now" means to it.

use super::OpError;
use crate::{
    domain::{
        directory::account::{Account, AccountId, AccountKey},
        instant::{Clock, Instant},
    },
    ops::AccountError,
    store::{Access, Store, StoreError, Transaction},
};

/// An open reading transaction.
pub struct ReadTx<'s> {
    /// The transaction.
    pub tx: Transaction<'s>,
    /// The later of the clock and the store's last record: what has expired stays expired.
    pub now: Instant,
}

impl<'s> ReadTx<'s> {
    /// Begins to look; `None` in a store that was never founded.
    ///
    /// # Errors
    /// When the store does not answer.
    pub fn begin(store: &'s Store, clock: &dyn Clock) -> Result<Option<Self>, StoreError> {
        let transaction = store.begin(Access::Read)?;
        Ok(transaction.map(|tx| Self::with_clock(tx, clock)))
    }

    /// The same in a store that must have been founded.
    ///
    /// # Errors
    /// As for [`Store::begin_founded`].
    pub fn begin_initialized(store: &'s Store, clock: &dyn Clock) -> Result<Self, StoreError> {
        Ok(Self::with_clock(store.begin_initialized(Access::Read)?, clock))
    }

    fn with_clock(tx: Transaction<'s>, clock: &dyn Clock) -> Self {
        let now = clock.now().max(tx.head().audit_at);
        Self { tx, now }
    }

    /// The accounts that a look covers: the chosen one, or all.
    ///
    /// # Errors
    /// [`AccountError::NotFound`].
    pub fn accounts(&self, chosen: Option<AccountId>) -> Result<Vec<Account>, OpError> {
        selected_accounts(&self.tx, chosen)
    }
}

/// The accounts that a look covers: the chosen one, or all.
pub(super) fn selected_accounts(
    tx: &Transaction<'_>,
    chosen: Option<AccountId>,
) -> Result<Vec<Account>, OpError> {
    let accounts = tx.accounts()?;
    match chosen {
        None => Ok(accounts),
        Some(id) => {
            let found = accounts.into_iter().find(|account| account.id == id);
            found.map(|account| vec![account]).ok_or_else(|| AccountError::NotFound(id).into())
        }
    }
}

/// The public number of an account among `accounts`.
pub fn account_id(accounts: &[Account], key: AccountKey) -> Option<AccountId> {
    accounts.iter().find(|account| account.key == key).map(|account| account.id)
}

//! A store that was opened with its key, and how its transactions begin.

use super::{ensure::verify_row, transaction::Transaction};
use crate::{
    domain::{credential::secret::Digest, instant::Instant},
    keys::{Keys, constant_time_eq},
    store::{
        error::StoreError,
        port::{
            backend::{Access, Backend},
            record::Head,
        },
        row_mac::RowMac,
    },
};

/// A store that was opened with its key.
pub struct Store {
    pub(in crate::store) backend: Box<dyn Backend>,
    keys: Keys,
}

impl Store {
    /// Creates a store from a backend and the keys that belong to it.
    pub fn new(backend: Box<dyn Backend>, keys: Keys) -> Self {
        Self { backend, keys }
    }

    /// Begins a transaction. Returns `None` if the store was not initialized.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] if the key belongs to another store, or [`StoreError::Busy`] if another process holds
    /// the write lock for too long.
    pub fn begin(&self, access: Access) -> Result<Option<Transaction<'_>>, StoreError> {
        let raw = self.backend.begin(access)?;
        let Some((key_check, head)) = raw.find_head()? else {
            return Ok(None);
        };
        if !constant_time_eq(&key_check, &self.keys.check_value()) {
            return Err(StoreError::WrongKey);
        }
        let row_mac = RowMac::new(&self.keys);
        let head = verify_row(&row_mac, head, "its head")?;
        Ok(Some(Transaction::new(raw, row_mac, &self.keys, head)))
    }

    /// Begins a transaction of a store that was opened before, and so must have been initialized.
    ///
    /// # Errors
    /// As for [`Store::begin`], and an integrity error if the store was not initialized.
    pub fn begin_initialized(&self, access: Access) -> Result<Transaction<'_>, StoreError> {
        self.begin(access)?.ok_or_else(|| StoreError::integrity("it was never initialized"))
    }

    /// Initializes a store that has only its tables: writes a head that binds it to the key. Does nothing if another
    /// process has initialized it in the meantime. Returns a transaction for writing in both cases.
    ///
    /// # Errors
    /// As for [`Store::begin`], and an integrity error if the store has accounts but no head.
    pub fn init(&self, at: Instant) -> Result<Transaction<'_>, StoreError> {
        if let Some(transaction) = self.begin(Access::Write)? {
            return Ok(transaction);
        }
        let raw = self.backend.begin(Access::Write)?;
        if raw.find_head()?.is_some() {
            drop(raw);
            return self.init(at);
        }
        if !raw.list_accounts()?.is_empty() {
            return Err(StoreError::integrity("its head is missing"));
        }
        let head = Head::initial(at);
        let row_mac = RowMac::new(&self.keys);
        raw.insert_head(&self.keys.check_value(), &row_mac.authenticate(head.clone()))?;
        Ok(Transaction::new(raw, row_mac, &self.keys, head))
    }

    /// Returns whether the store's address still leads to the database that was opened.
    pub fn is_same_database(&self) -> bool {
        self.backend.is_same_database()
    }

    /// Returns the keyed digest of a secret.
    pub fn digest(&self, secret: &[u8]) -> Digest {
        self.keys.digest(secret)
    }
}

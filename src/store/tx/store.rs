//! A store that was opened with its key, and how its transactions begin.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use super::{ensure::verify_row, transaction::Transaction};
use crate::{
    domain::{credential::secret::Digest, instant::Instant},
    keys::{Keys, constant_time_eq},
    store::{
        error::StoreError,
        port::{
            backend::{Access, Backend, BackendTransaction, BegunTransaction},
            record::Head,
        },
        row_mac::RowMac,
    },
};

/// A store that was opened with its key.
pub struct Store {
    pub(in crate::store) backend: Box<dyn Backend>,
    keys: Keys,
    changed: ChangeFlag,
}

/// Whether a change was committed. Clones share the answer, so it is known after the store was closed.
#[derive(Clone, Default)]
pub struct ChangeFlag(Arc<AtomicBool>);

impl ChangeFlag {
    /// Returns whether a change was committed.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Records that a change was committed.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Store {
    /// Creates a store from a backend and the keys that belong to it.
    pub fn new(backend: Box<dyn Backend>, keys: Keys) -> Self {
        Self { backend, keys, changed: ChangeFlag::default() }
    }

    /// Sets `flag` with every change from now on.
    pub fn report_changes(&mut self, flag: &ChangeFlag) {
        self.changed = flag.clone();
    }

    /// Returns what every change sets.
    pub(crate) fn change_flag(&self) -> &ChangeFlag {
        &self.changed
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] if the key belongs to another store; [`StoreError::Busy`] if another process holds the
    /// write lock for too long; an integrity error if the store was not initialized.
    pub fn begin(&self, access: Access) -> Result<Transaction<'_>, StoreError> {
        let begun = self.backend.begin(access)?;
        self.verify_begun(begun, access)?
            .map_err(|_| StoreError::integrity("it was never initialized"))
    }

    /// Initializes a store that has only its tables: writes a head that binds it to the key. Does nothing if the store
    /// was initialized before. Returns a transaction for writing in both cases.
    ///
    /// # Errors
    /// As for [`Store::begin`], and an integrity error if the store has accounts but no head.
    pub fn init(&self, at: Instant) -> Result<Transaction<'_>, StoreError> {
        let begun = self.backend.begin(Access::Write)?;
        let mut raw = match self.verify_begun(begun, Access::Write)? {
            Ok(transaction) => return Ok(transaction),
            Err(uninitialized) => uninitialized.transaction,
        };
        if !raw.list_accounts()?.is_empty() {
            return Err(StoreError::integrity("its head is missing"));
        }
        let (head, row_mac) = (Head::initial(at), RowMac::new(&self.keys));
        raw.insert_head(&self.keys.check_value(), &row_mac.authenticate(head.clone()))?;
        Ok(self.transaction(raw, Access::Write, head))
    }

    /// Verifies the head of a transaction that has begun. Returns the transaction of the backend if it found no head.
    fn verify_begun<'s>(
        &'s self,
        begun: BegunTransaction<'s>,
        access: Access,
    ) -> Result<Result<Transaction<'s>, BegunTransaction<'s>>, StoreError> {
        let BegunTransaction { transaction, head } = begun;
        let Some((key_check, head)) = head else {
            return Ok(Err(BegunTransaction { transaction, head: None }));
        };
        if !constant_time_eq(&key_check, &self.keys.check_value()) {
            return Err(StoreError::WrongKey);
        }
        let head = verify_row(&RowMac::new(&self.keys), head, "its head")?;
        Ok(Ok(self.transaction(transaction, access, head)))
    }

    /// Waits until another process may have committed a change, as [`Backend::wait_for_change`] does.
    ///
    /// # Errors
    /// If the database can't be read.
    pub fn wait_for_change(
        &self,
        timeout: Duration,
        is_interrupted: &dyn Fn() -> bool,
    ) -> Result<bool, StoreError> {
        self.backend.wait_for_change(timeout, is_interrupted)
    }

    /// Returns whether the store's address still leads to the database that was opened.
    pub fn is_same_database(&self) -> bool {
        self.backend.is_same_database()
    }

    /// Returns whether recent changes may be missing, because the store is on a read-only mount without its log.
    pub fn is_immutable(&self) -> bool {
        self.backend.is_immutable()
    }

    /// Returns the keyed digest of a secret.
    pub fn digest(&self, secret: &[u8]) -> Digest {
        self.keys.digest(secret)
    }

    fn transaction<'s>(
        &'s self,
        raw: Box<dyn BackendTransaction + 's>,
        access: Access,
        head: Head,
    ) -> Transaction<'s> {
        Transaction::new(&*self.backend, &self.keys, raw, access, head)
    }
}

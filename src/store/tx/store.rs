//! A store that was opened with its key, and how its transactions begin.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use super::{
    ensure::verify_row,
    transaction::{OpenedStore, Transaction},
};
use crate::{
    domain::{credential::secret::Digest, instant::Instant},
    keys::{Keys, constant_time_eq},
    store::{
        error::StoreError,
        history::{History, MarkSettings, MarkState},
        port::{
            backend::{Access, Backend, BackendTransaction, BegunTransaction},
            record::{Head, WithMac},
        },
        row_mac::{RowMac, TableSums},
    },
};

/// A store that was opened with its key.
pub struct Store {
    pub(in crate::store) backend: Box<dyn Backend>,
    keys: Keys,
    changed: ChangeFlag,
    history: History,
    /// Whether the store may have no sums yet.
    is_migrating: bool,
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
        Self {
            backend,
            keys,
            changed: ChangeFlag::default(),
            history: History::default(),
            is_migrating: false,
        }
    }

    /// Compares the store with its history mark from now on, and moves the mark with each change. `None` for no mark.
    pub fn keep_mark(&mut self, settings: Option<MarkSettings>) {
        self.history = History::new(settings);
    }

    /// Returns where the history mark is, and its state; `None` if none is kept.
    ///
    /// # Errors
    /// As for [`Store::begin`].
    pub fn mark(&self) -> Result<Option<(PathBuf, MarkState)>, StoreError> {
        let created_at = self.begin(Access::Read)?.head().created_at;
        let path = self.history.path(&self.keys, created_at);
        Ok(path.map(|path| (path, self.history.read(&self.keys, created_at))))
    }

    /// Sets `flag` with every change from now on.
    pub fn report_changes(&mut self, flag: &ChangeFlag) {
        self.changed = flag.clone();
    }

    /// Returns what every change sets.
    pub(crate) fn change_flag(&self) -> &ChangeFlag {
        &self.changed
    }

    /// Creates a store from a backend that was migrated from an older version, which may have had no sums.
    pub(in crate::store) fn migrating(backend: Box<dyn Backend>, keys: Keys) -> Self {
        Self { is_migrating: true, ..Self::new(backend, keys) }
    }

    /// Returns the head with these sums.
    ///
    /// # Errors
    /// As for [`Store::begin`].
    pub(in crate::store) fn head_with_sums(
        &self,
        sums: &TableSums,
    ) -> Result<WithMac<Head>, StoreError> {
        let head = self.begin(Access::Read)?.head().clone();
        let sums = Some(sums.masked(&self.keys.sum));
        Ok(RowMac::new(&self.keys).authenticate(Head { sums, ..head }))
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] if the key belongs to another store; [`StoreError::Busy`] if another process holds the
    /// write lock for too long; an integrity error if the store was not initialized; [`StoreError::History`] if it does
    /// not contain the record of its history mark.
    pub fn begin(&self, access: Access) -> Result<Transaction<'_>, StoreError> {
        let transaction = self.begin_unmarked(access)?;
        // Recent changes may be missing from an immutable store.
        if !self.history.is_due() || self.backend.is_immutable() {
            return Ok(transaction);
        }
        let transaction = self.check_mark(transaction, access)?;
        self.history.set_checked();
        Ok(transaction)
    }

    fn check_mark<'s>(
        &'s self,
        mut transaction: Transaction<'s>,
        access: Access,
    ) -> Result<Transaction<'s>, StoreError> {
        let created_at = transaction.head().created_at;
        let MarkState::Valid(mark) = self.history.read(&self.keys, created_at) else {
            return Ok(transaction);
        };
        if transaction.has_position(&mark)? {
            return Ok(transaction);
        }
        // Another process may have moved the mark after this transaction began.
        drop(transaction);
        transaction = self.begin_unmarked(access)?;
        if !transaction.has_position(&mark)? {
            let position = transaction.audit_position();
            if !self.history.is_accepted() {
                return Err(StoreError::History { seen: mark.seq, newest: position.seq });
            }
            self.history.set(&self.keys, created_at, position);
        }
        Ok(transaction)
    }

    fn begin_unmarked(&self, access: Access) -> Result<Transaction<'_>, StoreError> {
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
        let sums = Some(TableSums::default().masked(&self.keys.sum));
        let (head, row_mac) = (Head { sums, ..Head::initial(at) }, RowMac::new(&self.keys));
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
        if head.sums.is_none() && !self.is_migrating {
            return Err(StoreError::integrity("its head is the one of an older version"));
        }
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
        let opened =
            OpenedStore { backend: &*self.backend, keys: &self.keys, history: &self.history };
        Transaction::new(opened, raw, access, head)
    }
}

//! The traits that a database backend implements. A backend stores rows with their MACs and finds them again. It
//! neither verifies MACs nor makes decisions.
//!
//! The database may be on another machine, so that each call takes time and may fail because the connection is lost.
//! Therefore rows are read and written many at a time, and rows that are used together are read together. A method
//! that takes a slice accepts any number of entries.

use std::time::Duration;

use super::{
    record::{Head, WithMac},
    tables::{
        AuditTable, CounterTable, CredentialTables, DirectoryTables, MessageTable, UniqueNameTable,
        UsageTable,
    },
};
use crate::store::error::StoreError;

/// The purpose of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads only. It neither waits for a writer nor makes one wait, and a change is an error.
    Read,
    /// Writes. It holds the write lock from its beginning, and a commit that returned survives a power failure.
    Write,
    /// Writes like `Write`, but a power failure may undo a commit that returned, always as a whole.
    WriteRelaxed,
}

/// The check value that identifies the store's key, and the head.
pub type HeadRow = (Vec<u8>, WithMac<Head>);

/// A transaction that has begun, and the head that it found.
pub struct BegunTransaction<'b> {
    /// The transaction.
    pub transaction: Box<dyn BackendTransaction + 'b>,
    /// The head; `None` in a store that was not initialized.
    pub head: Option<HeadRow>,
}

/// The result of the repair of a schema: descriptions of differences, as [`Backend::check_schema`] returns them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaRepair {
    /// Those that were repaired.
    pub repaired: Vec<String>,
    /// Those that can't be repaired without a change of rows. If there are any, nothing was changed.
    pub remaining: Vec<String>,
}

/// An open database that contains a store.
pub trait Backend: Send {
    /// Begins a transaction and reads the head in it. Connects again if the connection was lost before.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if the write lock is not available in time; [`StoreError::Inaccessible`] if the database
    /// can't be reached.
    fn begin(&self, access: Access) -> Result<BegunTransaction<'_>, StoreError>;

    /// Waits until another connection may have committed a change since this method last returned, until `timeout` has
    /// passed, or until `is_interrupted` returns true, which is called first and whenever the calling thread is unparked.
    /// Returns whether there may be a change; the first call returns true at once.
    ///
    /// # Errors
    /// If the database can't be read.
    fn wait_for_change(
        &self,
        timeout: Duration,
        is_interrupted: &dyn Fn() -> bool,
    ) -> Result<bool, StoreError>;

    /// Returns whether the store's address still leads to the database that was opened. A file may have been removed
    /// or replaced, which an open handle to it does not show.
    fn is_same_database(&self) -> bool;

    /// Returns whether the store was opened as one that nobody changes, although another process may do so elsewhere.
    /// Recent changes may be missing, also revocations.
    fn is_immutable(&self) -> bool {
        false
    }

    /// Compares the schema of the database with that of its version. Returns a description of each difference. Only a
    /// store that was opened with [`Mode::Inspect`](super::mode::Mode::Inspect) or
    /// [`Mode::Repair`](super::mode::Mode::Repair) can have one, unless the schema was changed since.
    ///
    /// # Errors
    /// If the schema can't be read.
    fn check_schema(&self) -> Result<Vec<String>, StoreError>;

    /// Removes what does not belong to the schema, creates changed and missing indexes again, and rebuilds damaged ones, in
    /// a transaction of its own. Changes no row.
    ///
    /// # Errors
    /// If the database can't be written. Then nothing has changed.
    fn repair_schema(&self) -> Result<SchemaRepair, StoreError>;

    /// Has the database check its own structure. Returns a description of each problem; none if the structure is
    /// intact.
    ///
    /// # Errors
    /// If the check could not run.
    fn check_integrity(&self) -> Result<Vec<String>, StoreError>;

    /// Returns for how long to look for a change after its commit was left in doubt. Zero for a database whose commits
    /// can't be left in doubt.
    fn commit_recovery_time(&self) -> Duration {
        Duration::ZERO
    }
}

/// An open transaction of a [`Backend`]. Dropping it rolls back.
///
/// A lookup leaves out rows that do not exist. An insert returns the number of rows that it inserted, without those
/// whose number, ID or slot exists already. An update returns the number of rows that it changed, and a removal that of
/// the rows that it removed.
pub trait BackendTransaction:
    CredentialTables
    + DirectoryTables
    + UniqueNameTable
    + UsageTable
    + MessageTable
    + CounterTable
    + AuditTable
{
    /// Inserts the first head, with the check value of the key.
    fn insert_head(&mut self, key_check: &[u8], head: &WithMac<Head>) -> Result<(), StoreError>;

    /// Replaces the head, if one is given, and makes all changes of the transaction permanent.
    ///
    /// # Errors
    /// - [`StoreError::CommitUnknown`] if the connection was lost before the database confirmed the commit.
    /// - An integrity error if there is no head to replace.
    /// - After any other error, the changes were not made.
    fn commit(self: Box<Self>, head: Option<&WithMac<Head>>) -> Result<(), StoreError>;
}

//! Opening a store by its address. This file alone knows which backends exist.

use super::{
    error::StoreError,
    migrate::LockedStore,
    port::{
        backend::Backend,
        mode::{LockWait, Mode, OnNewStore},
    },
    sqlite::{self, SqliteBackend},
};
use crate::domain::store_address::StoreAddress;

/// The version of the stores that this program reads and writes.
pub const STORE_VERSION: i64 = sqlite::MIGRATIONS.len() as i64;

/// Opens the backend of a store. Never migrates a store of an older version.
///
/// # Errors
/// - [`StoreError::Missing`] if there is no store, or one that was never initialized, and `mode` does not create it.
/// - [`StoreError::Unsafe`] or [`StoreError::NotAStore`] if something else is at the address.
/// - [`StoreError::Older`] or [`StoreError::Newer`] if the store has another version.
/// - [`StoreError::Schema`] if its tables and indexes are not those of its version, unless `mode` accepts that.
/// - [`StoreError::ReadOnly`] if the store can't be opened in this mode because it can't be written.
pub fn open(
    address: &StoreAddress,
    mode: Mode,
    wait: LockWait,
) -> Result<Box<dyn Backend>, StoreError> {
    match address {
        StoreAddress::Sqlite(path) => Ok(Box::new(SqliteBackend::open(path, mode, wait)?)),
    }
}

/// Opens the backend of a store as [`Mode::Create`] does. If the store is new, calls `on_new` while other processes wait.
///
/// # Errors
/// As for [`open`]; the error of `on_new`.
pub fn create(
    address: &StoreAddress,
    wait: LockWait,
    on_new: &mut OnNewStore<'_>,
) -> Result<Box<dyn Backend>, StoreError> {
    match address {
        StoreAddress::Sqlite(path) => Ok(Box::new(SqliteBackend::create(path, wait, on_new)?)),
    }
}

/// Returns whether there is neither a store nor the beginning of one. A process that creates a store begins with something
/// that this finds.
///
/// # Errors
/// If the address can't be inspected.
pub fn is_absent(address: &StoreAddress) -> Result<bool, StoreError> {
    match address {
        StoreAddress::Sqlite(path) => sqlite::is_absent(path),
    }
}

/// Locks a store of this or an older version for its migration.
///
/// # Errors
/// As for [`open`], except for [`StoreError::Older`]; [`StoreError::Busy`] if another process writes for too long.
pub fn lock(address: &StoreAddress) -> Result<Box<dyn LockedStore>, StoreError> {
    match address {
        StoreAddress::Sqlite(path) => Ok(Box::new(sqlite::LockedFile::lock(path)?)),
    }
}

/// Returns what the user can do about an error, if that depends on the backend.
pub fn hint(error: &StoreError) -> Option<&'static str> {
    match error.address()? {
        StoreAddress::Sqlite(_) => sqlite::hint(error),
    }
}

/// Opens the stores of one run of the program. Tests replace it to run the program on another backend.
pub trait StoreDriver: Send + Sync {
    /// Opens the backend of a store.
    ///
    /// # Errors
    /// As for [`open`].
    fn open(
        &self,
        address: &StoreAddress,
        mode: Mode,
        wait: LockWait,
    ) -> Result<Box<dyn Backend>, StoreError>;

    /// Creates a store, or opens it if it exists.
    ///
    /// # Errors
    /// As for `create`.
    fn create(
        &self,
        address: &StoreAddress,
        wait: LockWait,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<Box<dyn Backend>, StoreError>;

    /// Locks a store for its migration.
    ///
    /// # Errors
    /// As for [`lock`].
    fn lock(&self, address: &StoreAddress) -> Result<Box<dyn LockedStore>, StoreError>;

    /// Returns whether a store exists, of any version.
    ///
    /// # Errors
    /// As for [`open`].
    fn exists(&self, address: &StoreAddress) -> Result<bool, StoreError> {
        match self.open(address, Mode::View, LockWait::UntilTimeout) {
            Ok(_)
            | Err(StoreError::Older { .. } | StoreError::Newer { .. } | StoreError::Schema(_)) => {
                Ok(true)
            }
            Err(StoreError::Missing(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Returns whether there is nothing at the address, not even an empty database.
    ///
    /// # Errors
    /// If the address can't be inspected.
    fn is_absent(&self, address: &StoreAddress) -> Result<bool, StoreError> {
        is_absent(address)
    }
}

/// Opens each store with the backend of its address.
pub struct BackendByAddress;

impl StoreDriver for BackendByAddress {
    fn open(
        &self,
        address: &StoreAddress,
        mode: Mode,
        wait: LockWait,
    ) -> Result<Box<dyn Backend>, StoreError> {
        open(address, mode, wait)
    }

    fn create(
        &self,
        address: &StoreAddress,
        wait: LockWait,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<Box<dyn Backend>, StoreError> {
        create(address, wait, on_new)
    }

    fn lock(&self, address: &StoreAddress) -> Result<Box<dyn LockedStore>, StoreError> {
        lock(address)
    }
}

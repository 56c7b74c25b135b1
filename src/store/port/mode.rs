//! How a backend opens a store.

use crate::store::error::StoreError;

/// The purpose for which a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To read. The store must exist.
    Read,
    /// To read for a person. The store must exist. On a read-only mount, recent changes may be missing; see
    /// [`Backend::is_immutable`](super::backend::Backend::is_immutable).
    View,
    /// Like `View`, for `doctor`, even if other users have access to the store, or its schema is wrong.
    Inspect,
    /// To write. The store must exist.
    Write,
    /// Like `Write`, for a repair, even if the schema of the store is wrong.
    Repair,
    /// To write. Creates the store if it does not exist.
    Create,
}

impl Mode {
    /// Whether the store is only read.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Read | Self::View | Self::Inspect)
    }

    /// Whether the schema of the store may be wrong.
    pub fn accepts_any_schema(self) -> bool {
        matches!(self, Self::Inspect | Self::Repair)
    }

    /// Whether recent changes may be missing.
    pub fn may_be_outdated(self) -> bool {
        matches!(self, Self::View | Self::Inspect)
    }
}

/// A new store, which is locked until its tables are created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewStore {
    /// Nothing was created before.
    Empty,
    /// It has tables without rows: the process that created them ended before it initialized the store.
    Uninitialized,
}

/// Called with a new store while it is locked, before its tables are created. If it fails, they are not.
pub type OnNewStore<'a> = dyn FnMut(NewStore) -> Result<(), StoreError> + 'a;

/// How long to wait for a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockWait {
    /// Waits up to five seconds.
    UntilTimeout,
    /// Fails immediately if the lock is held.
    Never,
}

//! What can go wrong with a store.

use std::path::PathBuf;

use crate::keys::{KeyError, UnsafePath};

/// Why a store did not answer, or refused to.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none.
    #[error("there is no store at {}", .0.display())]
    Missing(PathBuf),
    /// The file, its directory or its owner can't be trusted.
    #[error(transparent)]
    Unsafe(#[from] UnsafePath),
    /// The key can't be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The key is that of another store.
    #[error("the key does not belong to this store")]
    WrongKey,
    /// The file is something else.
    #[error("{} is not a gatepass store", .0.display())]
    NotAStore(PathBuf),
    /// A newer gatepass made it.
    #[error("the store has version {found}; this gatepass knows versions up to {known}")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// An older gatepass made it, and it can't be written to bring it up to date.
    #[error(
        "the store has version {found}; it has to be brought up to version {known}, and can't be written"
    )]
    Older {
        /// Its version.
        found: i64,
        /// The one that this program needs.
        known: i64,
    },
    /// Somebody else holds the lock for too long.
    #[error("the store is busy")]
    Busy,
    /// There is no room.
    #[error("the disk is full")]
    DiskFull,
    /// The operating system does not let us.
    #[error("the store is out of reach: {0}")]
    Inaccessible(String),
    /// A record, an index or the file does not verify.
    #[error("the store does not verify: {0}")]
    Integrity(String),
}

impl StoreError {
    /// An integrity error about `what`.
    pub(crate) fn integrity(what: impl Into<String>) -> Self {
        Self::Integrity(what.into())
    }
}

//! Errors of a store.

use std::path::PathBuf;

use crate::{
    domain::{audit::ChangeId, seq::AuditSeq, store_address::StoreAddress},
    keys::{KeyError, UnsafePath},
};

/// The reason why a store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No store exists at this address, or one that was never initialized.
    #[error("no store at {0}")]
    Missing(StoreAddress),
    /// A key exists, but its store does not. The store may be lost, or just be somewhere else.
    #[error("the key {} exists, but its store {address} is missing or empty", key.display())]
    Lost {
        /// The address of the store.
        address: StoreAddress,
        /// The path of the key file.
        key: PathBuf,
    },
    /// The owner or the permissions of the file or its directory are unsafe.
    #[error(transparent)]
    Unsafe(#[from] UnsafePath),
    /// The key can't be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The key belongs to another store.
    #[error("the key does not belong to this store")]
    WrongKey,
    /// Something exists at this address but is not a gatepass store.
    #[error("{0} is not a gatepass store")]
    NotAStore(StoreAddress),
    /// A newer gatepass created or migrated the store.
    #[error("the store has version {found}; this gatepass supports versions up to {known}")]
    Newer {
        /// The address of the store.
        address: StoreAddress,
        /// The version of the store.
        found: i64,
        /// The newest version that this program supports.
        known: i64,
    },
    /// The store has an older version and must be migrated first.
    #[error("the store has version {found}; this gatepass requires version {known}")]
    Older {
        /// The address of the store.
        address: StoreAddress,
        /// The version of the store.
        found: i64,
        /// The version that this program requires.
        known: i64,
    },
    /// Another process held the lock until the wait timed out.
    #[error("the store is busy")]
    Busy,
    /// The disk or the quota is full.
    #[error("the disk is full")]
    DiskFull,
    /// The store, or the directory of its file, can't be written. The text says what can't.
    #[error("the store is read-only: {0}")]
    ReadOnly(String),
    /// The operating system or the database refused access; the text is its reason.
    #[error("the store is not accessible: {0}")]
    Inaccessible(String),
    /// The connection was lost during a commit, and the change was not made.
    #[error("the connection to the store was lost before the change was made")]
    CommitLost,
    /// The connection was lost during a commit, and nobody knows whether the change was made. The id of the change is
    /// `None` if the change has no audit record.
    #[error("the connection to the store was lost during the commit{}: the change may have been made or not", described(.0))]
    CommitUnknown(Option<ChangeId>),
    /// The schema of the store is not that of its version; the text names the differences.
    #[error("the schema of the store was changed outside gatepass: {0}")]
    Schema(String),
    /// The store does not continue the history that this machine has seen.
    #[error("{}", history_message(.seen, .newest))]
    History {
        /// The number of the audit record that this machine has seen.
        seen: AuditSeq,
        /// The number of the newest record of the store.
        newest: AuditSeq,
    },
    /// A record, an index or the database file failed verification; the text names it.
    #[error("the store failed verification: {0}")]
    Integrity(String),
}

fn history_message(seen: &AuditSeq, newest: &AuditSeq) -> String {
    match newest < seen {
        true => format!(
            "the store is an older copy: this machine has seen audit record {seen}, but the newest one is {newest}"
        ),
        false => format!(
            "the store has another history: its audit record {seen} is not the one that this machine has seen"
        ),
    }
}

fn described(change: &Option<ChangeId>) -> String {
    change.map(|change| format!(" of change {change}")).unwrap_or_default()
}

impl StoreError {
    /// Returns the address of the store, if the error names it.
    pub(super) fn address(&self) -> Option<&StoreAddress> {
        match self {
            Self::Missing(address)
            | Self::Lost { address, .. }
            | Self::NotAStore(address)
            | Self::Newer { address, .. }
            | Self::Older { address, .. } => Some(address),
            _ => None,
        }
    }

    /// Returns an integrity error with this text.
    pub(crate) fn integrity(what: impl Into<String>) -> Self {
        Self::Integrity(what.into())
    }
}

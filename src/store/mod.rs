//! The store: rows with message authentication codes (MACs), behind transactions that verify what they read.
//!
//! [`Store`] opens a [`Transaction`]. A transaction verifies the MAC of every row that it reads, adds a MAC to every
//! row that it writes, and writes an audit record with every change. Beneath it, a [`port::backend::Backend`] keeps
//! the rows. A backend has no keys and makes no decisions, so each backend gets the same guarantees.

mod error;
mod history;
mod integrity;
mod migrate;
mod open;
pub mod port;
mod repair;
mod row_mac;
pub mod sqlite;
mod table;
mod tx;

pub use error::StoreError;
pub use history::{MarkSettings, MarkState, format_checkpoint, parse_checkpoint};
pub use integrity::issue::IntegrityIssue;
pub use migrate::{LockedStore, StoreMigration, migrate_locked};
pub use open::{BackendByAddress, STORE_VERSION, StoreDriver, hint, lock, open};
pub use port::{
    backend::Access,
    mode::{LockWait, Mode, NewStore, OnNewStore},
    record::{Namespace, UniqueNameKey},
    tables::{Order, SortBy},
};
pub use repair::RepairReport;
pub use tx::{
    audit::AuditContext,
    messages::{NewMessage, PendingScan},
    store::{ChangeFlag, Store},
    transaction::Transaction,
};

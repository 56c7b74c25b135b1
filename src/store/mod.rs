//! The store: what leaves it is verified, what enters it is sealed, and no change is without its audit record.
//!
//! [`Store`] is the door. Behind it stands a [`backend::Backend`], which knows neither keys nor rules; before it
//! stand the use cases of `ops`. Nothing gets past the door unverified, whatever the backend.

mod error;
mod integrity;
mod migrate;
pub mod port;
mod row_mac;
pub mod sqlite;
mod tx;

pub use error::StoreError;
pub use integrity::check::IntegrityIssue;
pub use port::backend::{Access, SortBy};
pub use port::record::Namespace;
pub use tx::credentials::AuditContext;
pub use tx::messages::NewMessage;
pub use tx::transaction::{Store, Transaction};

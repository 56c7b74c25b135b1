//! The store: what leaves it is verified, what enters it is sealed, and no change is without its audit record.
//!
//! [`Store`] is the door. Behind it stands a [`backend::Backend`], which knows neither keys nor rules; before it
//! stand the use cases of `ops`. Nothing gets past the door unverified, whatever the backend.

pub mod backend;
mod chain;
mod door;
mod error;
mod examine;
mod holders;
mod messages;
mod migrate;
mod parties;
pub mod record;
mod scan;
mod seal;
mod seen;
pub mod sqlite;
mod tokens;
mod uses;
mod write;

pub use backend::{Access, SortBy};
pub use door::{Store, Transaction};
pub use error::StoreError;
pub use examine::IntegrityIssue;
pub use messages::NewMessage;
pub use record::Namespace;
pub use write::AuditContext;

//! SQLite: a store in one file. Everything that is specific to SQLite is in this folder.

mod backend;
mod credentials;
mod directory;
mod error;
mod locked;
mod log;
mod messages;
mod open;
mod schema;
mod statements;
mod transaction;
mod unique_names;
mod upgrade;
mod usage;
mod value;

pub use backend::SqliteBackend;
pub(super) use error::hint;
pub(super) use locked::LockedFile;
pub(super) use open::is_absent;
pub use schema::MIGRATIONS;

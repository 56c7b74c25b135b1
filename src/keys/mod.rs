//! The master key: its file, the checks of a path before it is trusted, and one derived key per purpose.

pub mod derive;
pub mod file;
#[cfg(test)]
mod fixture;
pub mod path_check;
pub mod paths;
pub mod secure_fs;

pub use derive::{AuditKey, Keys, LogKey, LookupKey, MasterKey, RowKey, constant_time_eq};
pub use file::KeyError;
pub use path_check::{PathRules, UnsafePath};

//! The master key: its file, the checks of the file's path, and the keys that are derived from it.

pub mod derive;
pub mod file;
#[cfg(test)]
mod fixture;
pub mod new_file;
pub mod path_check;
pub mod paths;
pub mod secure_fs;
pub mod text;
mod unsafe_path;

pub use derive::{AuditKey, Keys, LogKey, LookupKey, MasterKey, RowKey, SumKey, constant_time_eq};
pub use file::KeyError;
pub use path_check::PathRules;
pub use unsafe_path::UnsafePath;

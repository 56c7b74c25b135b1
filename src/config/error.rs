//! Errors of the configuration.

use std::{io, path::PathBuf};

use thiserror::Error;

use crate::{domain::store_address::UnknownStoreKind, keys::UnsafePath};

/// Why the configuration cannot be resolved.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// `GATEPASS_CONFIG` names a file that does not exist.
    #[error("configuration file {} not found", path.display())]
    Missing {
        /// The path of the file.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("configuration file {} could not be read", path.display())]
    Io {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Others may change the file, so it can't be trusted.
    #[error("configuration file {0}")]
    Unsafe(#[from] UnsafePath),
    /// The file is malformed.
    #[error("configuration file {}, {error}", path.display())]
    Malformed {
        /// The path of the file.
        path: PathBuf,
        /// The error and its position.
        error: ConfigFileError,
    },
    /// A variable is not UTF-8.
    #[error("{name} is not valid UTF-8")]
    NotUtf8 {
        /// The name of the variable.
        name: &'static str,
    },
    /// A variable or a key of the file has an invalid value.
    #[error("{name} must be {expected}")]
    Value {
        /// The name of the variable or the key.
        name: &'static str,
        /// The values that are valid.
        expected: &'static str,
    },
    /// A variable is not the address of a store.
    #[error("{name}: {error}")]
    StoreAddress {
        /// The name of the variable.
        name: &'static str,
        /// Why it is not.
        error: UnknownStoreKind,
    },
    /// A default path is needed, but the environment names no directory for it.
    #[error("no default path for {what}: neither {xdg} nor HOME is set to an absolute path")]
    NoHome {
        /// The file that the path is for, with its article.
        what: &'static str,
        /// The variable that takes precedence over `HOME`.
        xdg: &'static str,
    },
}

/// An error in a configuration file, and its position.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {message}")]
pub struct ConfigFileError {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The error, on one line and without control characters.
    pub message: String,
}

//! Errors.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why there is no configuration.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// `GATEPASS_CONFIG` names a file that is not there.
    #[error("there is no configuration file at {}", path.display())]
    Missing {
        /// The path that was tried.
        path: PathBuf,
    },
    /// The system refused.
    #[error("configuration file {} could not be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file says something that is not understood.
    #[error("configuration file {}, {error}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What, and where.
        error: ConfigFileError,
    },
    /// A variable is not UTF-8.
    #[error("{name} is not valid UTF-8")]
    NotUtf8 {
        /// Its name.
        name: &'static str,
    },
    /// A variable has none of the values it may have.
    #[error("{name} must be {expected}")]
    Value {
        /// Its name.
        name: &'static str,
        /// What it may be.
        expected: &'static str,
    },
    /// Nothing tells where a default path begins.
    #[error("no place is known for {what}: neither {xdg} nor HOME is set to an absolute path")]
    NoHome {
        /// What was to be placed.
        what: &'static str,
        /// The variable that comes before `HOME`.
        xdg: &'static str,
    },
}

/// What is wrong with a configuration file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {message}")]
pub struct ConfigFileError {
    /// The line, counted from 1.
    pub line: usize,
    /// The character of the line, counted from 1.
    pub column: usize,
    /// What is wrong, on one line and without control characters.
    pub message: String,
}

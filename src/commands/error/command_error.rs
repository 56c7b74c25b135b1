//! The error of every subcommand.

use std::{fmt::Display, io, str::Utf8Error};

use super::{cli::CliError, rejected_file::RejectedFile};
use crate::{
    commands::args::import::line_errors::LineErrors,
    config::ConfigError,
    domain::{
        credential::lifetime::LifetimeError,
        directory::{name::TextError, reference::SecretAsReference},
    },
    host::PromptError,
    keys::KeyError,
    ops::{OpError, RejectedRows},
    render::{FieldError, UnknownField},
    store::StoreError,
};

/// Why a subcommand failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The command line is wrong, or a secret could not be handed over.
    #[error(transparent)]
    Cli(#[from] CliError),
    /// The use case refused or failed.
    #[error(transparent)]
    Op(#[from] OpError),
    /// Lines of an input file were rejected.
    #[error(transparent)]
    File(Box<RejectedFile>),
    /// The store could not be opened, read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The master key could not be read or written.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The configuration is not valid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A question got no answer.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// A lifetime is not valid.
    #[error(transparent)]
    Lifetime(#[from] LifetimeError),
    /// A name, an address or a note is not valid.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The arguments contain a secret.
    #[error(transparent)]
    SecretAsReference(#[from] SecretAsReference),
    /// `--field` names a field that the output does not have.
    #[error(transparent)]
    UnknownField(#[from] UnknownField),
    /// A single field could not be printed.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// A standard stream, a file or a socket failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A file or a socket failed; the message names it.
    #[error("{message}")]
    IoContext {
        /// What could not be done, with the name of the file or the address of the socket.
        message: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A change was made, and stdout or stderr failed after it.
    #[error("the change was made, but the output could not be written")]
    OutputAfterChange(#[source] io::Error),
    /// A secret is not UTF-8.
    #[error(transparent)]
    Utf8(#[from] Utf8Error),
}

impl CommandError {
    /// Returns the error of `file` with lines that are not valid. `result` is what the use case makes of its other lines.
    pub fn bad_file<T>(file: impl Display, errors: LineErrors, result: Result<T, Self>) -> Self {
        let rejected = match result {
            Ok(_) => RejectedRows::default(),
            Err(Self::Op(OpError::RowsRejected(rows))) => rows,
            Err(other) => return other,
        };
        Self::File(Box::new(RejectedFile::new(file.to_string(), errors, rejected)))
    }

    /// Returns this error as it is after a change was made: an error of the output says so.
    pub fn after_change(self) -> Self {
        match self {
            Self::Io(error)
            | Self::Field(FieldError::Write(error))
            | Self::Op(OpError::Output(error))
                if error.kind() != io::ErrorKind::BrokenPipe =>
            {
                Self::OutputAfterChange(error)
            }
            other => other,
        }
    }

    /// Whether the reader of stdout is gone.
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            Self::Io(error)
            | Self::Field(FieldError::Write(error))
            | Self::Op(OpError::Output(error)) => error.kind() == io::ErrorKind::BrokenPipe,
            _ => false,
        }
    }
}

/// Adds a message to an I/O error.
pub trait WithMessage<T> {
    /// Converts an error to [`CommandError::IoContext`].
    ///
    /// # Errors
    /// The I/O error, with the message in front of it.
    fn with_message(self, message: impl FnOnce() -> String) -> Result<T, CommandError>;
}

impl<T> WithMessage<T> for io::Result<T> {
    fn with_message(self, message: impl FnOnce() -> String) -> Result<T, CommandError> {
        self.map_err(|source| CommandError::IoContext { message: message(), source })
    }
}

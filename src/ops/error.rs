//! Why a use case failed: the errors that every use case can have, and those of each area.

use std::io;

use self::{
    account::AccountError, audit::AuditError, credential::CredentialError,
    directory::DirectoryError, legacy::LegacyError,
};
use crate::{
    domain::{credential::lifetime::LifetimeError, instant::Instant},
    store::StoreError,
};

pub mod account;
pub mod audit;
pub mod credential;
pub mod directory;
pub mod legacy;

/// Why a use case failed. Nothing was changed, unless the message says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum OpError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The caller could not write a row of the output.
    #[error("the output could not be written")]
    Output(#[source] io::Error),
    /// The secret sink could not write or sync the secret.
    #[error("the secret could not be written: {0}")]
    SecretNotWritten(#[source] io::Error),
    /// A line of an input file was rejected.
    #[error("line {line}: {why}")]
    AtLine {
        /// The line number, from 1.
        line: u64,
        /// Why the line was rejected.
        why: Box<OpError>,
    },
    /// The clock is behind the store's newest record.
    #[error("the clock is at {now}, but the store's last record is from {last}")]
    ClockBehind {
        /// The time of the clock.
        now: Instant,
        /// The time of the newest record.
        last: Instant,
    },
    /// The record was changed between two transactions of one use case.
    #[error("another process changed {id} in the meantime")]
    ConcurrentChange {
        /// The id of the credential or app.
        id: String,
    },
    /// A credential was not found or not changed.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// An account was not found, not chosen or not added.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// A record of the audit log was not found.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// An app or a district was not found or not changed.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// A legacy key was not imported, or a policy for legacy keys not set.
    #[error(transparent)]
    Legacy(#[from] LegacyError),
}

impl From<LifetimeError> for OpError {
    fn from(error: LifetimeError) -> Self {
        CredentialError::from(error).into()
    }
}

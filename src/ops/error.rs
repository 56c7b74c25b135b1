//! Why a use case failed: the errors that every use case can have, and those of each area.

use std::{fmt::Display, io};

use self::{
    account::AccountError, audit::AuditError, credential::CredentialError,
    directory::DirectoryError, legacy::LegacyError, reference::AmbiguousReference,
    rows::RejectedRows,
};
use crate::{
    domain::{
        credential::{Retiring, lifetime::LifetimeError},
        directory::name::TextError,
        instant::Instant,
    },
    store::StoreError,
};

pub mod account;
pub mod audit;
pub mod credential;
pub mod directory;
pub mod legacy;
pub mod reference;
pub mod rows;

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
    /// Rows of an input file were rejected.
    #[error("{0}")]
    RowsRejected(RejectedRows<OpError>),
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
    /// The reset would end the retiring secret of an earlier reset, which was promised a date.
    #[error(
        "an earlier reset of {id} promised that its old secret stays valid {}",
        promise_text(*until, *until_used)
    )]
    OverlapPending {
        /// The id of the credential or app.
        id: String,
        /// When the retiring secret ends at the latest.
        until: Instant,
        /// Whether the first use of the current secret ends it.
        until_used: bool,
    },
    /// A text is not valid.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A reference can mean several records.
    #[error(transparent)]
    Ambiguous(#[from] AmbiguousReference),
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

impl OpError {
    /// Returns [`OpError::OverlapPending`] for the retiring secret of a credential or an app.
    pub(in crate::ops) fn overlap_pending(id: &dyn Display, retiring: &Retiring) -> Self {
        let Retiring { until, until_used, .. } = *retiring;
        Self::OverlapPending { id: id.to_string(), until, until_used }
    }
}

fn promise_text(until: Instant, until_used: bool) -> String {
    match until_used {
        true => format!("until the new one is used, at the latest until {until}"),
        false => format!("until {until}"),
    }
}

impl RejectedRows<OpError> {
    /// Adds a row.
    ///
    /// # Errors
    /// An error of the store, which has nothing to do with the row.
    pub(super) fn add(&mut self, line: u64, value: &str, why: OpError) -> Result<(), OpError> {
        if matches!(why, OpError::Store(_)) {
            return Err(why);
        }
        self.push(line, value, why);
        Ok(())
    }

    /// Returns an error if a row was rejected.
    ///
    /// # Errors
    /// [`OpError::RowsRejected`].
    pub(super) fn into_result(self) -> Result<(), OpError> {
        if self.is_empty() { Ok(()) } else { Err(OpError::RowsRejected(self)) }
    }
}

impl From<LifetimeError> for OpError {
    fn from(error: LifetimeError) -> Self {
        CredentialError::from(error).into()
    }
}

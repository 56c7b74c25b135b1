//! Why a record of the audit log was not found.

use crate::domain::{audit::ChangeId, seq::AuditSeq};

/// Why a record of the audit log was not found.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The log has no record with this number.
    #[error("the audit log has no record {0}")]
    NoSuchRecord(AuditSeq),
    /// The record belongs to another change.
    #[error("change {0} was not made: record {seq} is of another change", seq = .0.seq)]
    NotMade(ChangeId),
    /// The log is shorter than the change requires.
    #[error("change {0} was not made, unless its commit is still in progress")]
    NotMadeYet(ChangeId),
}

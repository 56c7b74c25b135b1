//! Rows of the audit log, and positions in it.

use crate::domain::{
    audit::{AuditRecord, ChainLink, GENESIS},
    seq::AuditSeq,
};

/// An audit record with its link in the chain of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The record.
    pub record: AuditRecord,
    /// SHA-256 over the previous link and the encoded record.
    pub link: ChainLink,
}

/// A position in the audit log, to be kept outside the store. It shows later whether the log still contains all
/// records up to that position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The number of the record that was the newest; [`AuditSeq::NONE`] if the log was empty.
    pub seq: AuditSeq,
    /// The link of that record.
    pub link: ChainLink,
}

impl Checkpoint {
    /// The position before the first record.
    pub const GENESIS: Self = Self { seq: AuditSeq::NONE, link: GENESIS };
}

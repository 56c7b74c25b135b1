//! The latest audit record of each object.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::domain::{audit::AuditRecord, seq::AuditSeq};

/// By the ID of the object: the number of its latest audit record, and a hash of the fields that the record left.
#[derive(Default)]
pub(super) struct LatestAudit(HashMap<String, (AuditSeq, [u8; 32])>);

impl LatestAudit {
    /// Adds a record. Records must be added oldest first.
    pub(super) fn add(&mut self, AuditRecord { seq, subject, after, .. }: AuditRecord) {
        self.0.insert(subject, (seq, hash(after.as_deref().unwrap_or_default())));
    }

    /// Returns whether the latest record of an object has this number and left these fields.
    pub(super) fn matches(&self, subject: &str, audit_seq: AuditSeq, fields: &str) -> bool {
        self.0.get(subject) == Some(&(audit_seq, hash(fields)))
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

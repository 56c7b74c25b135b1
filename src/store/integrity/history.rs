//! What the audit log says about each object: its fields after its newest record, and that no change is missing between
//! two records.

use std::{collections::HashMap, ops::ControlFlow};

use sha2::{Digest as _, Sha256};

use crate::{
    domain::{
        audit::{AuditRecord, STORE_SUBJECT},
        seq::AuditSeq,
    },
    store::{error::StoreError, tx::transaction::Transaction},
};

/// By the ID of the object: the number of its newest audit record, and a hash of the fields that the record left.
#[derive(Default)]
pub(in crate::store) struct ObjectHistory(HashMap<String, (AuditSeq, FieldsHash)>);

type FieldsHash = [u8; 32];

impl ObjectHistory {
    /// Adds a record. Records must be added oldest first.
    ///
    /// # Errors
    /// An integrity error if the record does not begin with the fields that the one before it left: the object was
    /// replaced by an older version in between. The record is added nevertheless.
    pub(in crate::store) fn add(&mut self, record: AuditRecord) -> Result<(), StoreError> {
        let AuditRecord { seq, subject, before, after, .. } = record;
        // Records about the store itself have no fields before.
        let is_store = subject == STORE_SUBJECT;
        let left = (seq, hash(after.as_deref().unwrap_or_default()));
        // Fields of later versions are omitted unless they are set, so that texts of all versions can be compared.
        let begins = before.as_deref().map(hash);
        let previous = self.0.get(&subject).map(|(_, fields)| *fields);
        let continues = match is_store || previous == begins {
            true => Ok(()),
            false => Err(StoreError::integrity(format!(
                "audit record {seq} does not continue the one before it about {subject}"
            ))),
        };
        self.0.insert(subject, left);
        continues
    }

    /// Returns the number of the newest record of an object; `None` if it has none.
    pub(in crate::store) fn newest(&self, subject: &str) -> Option<AuditSeq> {
        self.0.get(subject).map(|(seq, _)| *seq)
    }

    /// Returns whether the newest record of an object has this number and left these fields.
    pub(in crate::store) fn matches(
        &self,
        subject: &str,
        audit_seq: AuditSeq,
        fields: &str,
    ) -> bool {
        self.0.get(subject) == Some(&(audit_seq, hash(fields)))
    }
}

impl Transaction<'_> {
    /// Verifies the whole audit log: that its chain is intact, and that no change of an object is missing between two
    /// records about it. Returns the number of records.
    ///
    /// # Errors
    /// An integrity error for the first record that does not verify.
    pub fn verify_history(&mut self) -> Result<u64, StoreError> {
        let (mut history, mut count) = (ObjectHistory::default(), 0);
        self.scan_audit(|record| {
            count += 1;
            history.add(record).map(ControlFlow::Continue)
        })?;
        Ok(count)
    }
}

fn hash(text: &str) -> FieldsHash {
    Sha256::digest(text).into()
}

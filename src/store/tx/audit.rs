//! The chain of audit records: each one's link covers the record and all before it.

use std::ops::ControlFlow;

use super::transaction::{Transaction, verify_row};
use crate::{
    domain::audit::{AuditRecord, ChainLink},
    store::{
        StoreError,
        port::record::{AuditEntry, Checkpoint, Head, WithMac},
        row_mac::{RowMac, audit_link},
    },
};

impl Transaction<'_> {
    /// Calls `each` with every audit record, oldest first, until it breaks.
    ///
    /// # Errors
    /// What `each` answers, or that the chain is broken; those before the break were called.
    pub fn scan_audit<E: From<StoreError>>(
        &self,
        each: impl FnMut(AuditRecord) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        self.scan_audit_after(&Checkpoint::GENESIS, each)
    }

    /// The same with the records after a place at which the log once stood.
    ///
    /// # Errors
    /// Also that the log does not extend that place: it is that of another store, or of an older copy.
    pub fn scan_audit_after<E: From<StoreError>>(
        &self,
        checkpoint: &Checkpoint,
        mut each: impl FnMut(AuditRecord) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let mut chain = AuditChain::from_checkpoint(checkpoint);
        let mut ended = Ok(ControlFlow::Continue(()));
        self.raw.scan_audit(checkpoint.seq + 1, &mut |row| {
            ended = chain.verify_next(&self.row_mac, row).map_err(E::from).and_then(&mut each);
            if matches!(ended, Ok(ControlFlow::Continue(()))) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        match ended? {
            ControlFlow::Continue(()) => Ok(chain.verify_end(&self.head)?),
            ControlFlow::Break(()) => Ok(()),
        }
    }

    /// The place at which the audit log stands now.
    pub fn audit_position(&self) -> Checkpoint {
        Checkpoint { seq: self.head.audit_seq, link: self.head.audit_link }
    }

    /// The same, sealed.
    pub fn checkpoint(&self) -> WithMac<Checkpoint> {
        self.row_mac.authenticate(self.audit_position())
    }

    /// That the audit log still goes through a place at which it once stood. A log that was cut off, or replaced by
    /// an older copy of the store, does not.
    ///
    /// # Errors
    /// An integrity error when it does not, or when the checkpoint is not one of this store.
    pub fn ensure_extends(&self, checkpoint: WithMac<Checkpoint>) -> Result<(), StoreError> {
        let Checkpoint { seq, link } = verify_row(&self.row_mac, checkpoint, "the checkpoint")?;
        let (mut chain, mut followed) = (AuditChain::new(), Ok(()));
        self.raw.scan_audit(1, &mut |row| {
            followed = chain.verify_next(&self.row_mac, row).map(drop);
            if followed.is_ok() && chain.seq < seq {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        followed?;
        if chain.seq == seq && chain.link == link {
            return Ok(());
        }
        Err(StoreError::integrity(format!(
            "the audit log does not extend the checkpoint of record {seq}"
        )))
    }
}

/// The chain of audit records, as far as it was followed.
pub(in crate::store) struct AuditChain {
    seq: i64,
    link: ChainLink,
}

impl AuditChain {
    pub(in crate::store) fn new() -> Self {
        Self::from_checkpoint(&Checkpoint::GENESIS)
    }

    fn from_checkpoint(checkpoint: &Checkpoint) -> Self {
        Self { seq: checkpoint.seq, link: checkpoint.link }
    }

    /// The record, if it is the next one and intact.
    pub(in crate::store) fn verify_next(
        &mut self,
        row_mac: &RowMac<'_>,
        row: WithMac<AuditEntry>,
    ) -> Result<AuditRecord, StoreError> {
        let seq = self.seq + 1;
        let entry = verify_row(row_mac, row, &format!("audit record {seq}"))?;
        if entry.record.seq != seq || entry.link != audit_link(&self.link, &entry.record) {
            return Err(StoreError::integrity(format!("the audit log is broken at record {seq}")));
        }
        (self.seq, self.link) = (seq, entry.link);
        Ok(entry.record)
    }

    /// Whether the log ends where the head says.
    pub(in crate::store) fn verify_end(&self, head: &Head) -> Result<(), StoreError> {
        if self.seq == head.audit_seq && self.link == head.audit_link {
            return Ok(());
        }
        Err(StoreError::integrity(format!(
            "the audit log ends at record {} of {}",
            self.seq, head.audit_seq
        )))
    }
}

//! The chain of audit records: each one's link covers the record and all before it.

use std::ops::ControlFlow;

use super::{
    StoreError,
    door::{Transaction, verified},
    record::{AuditEntry, Checkpoint, Head, Sealed},
    seal::{Sealer, link},
};
use crate::domain::audit::{Link, Record};

impl Transaction<'_> {
    /// Calls `each` with every audit record, oldest first, until it breaks.
    ///
    /// # Errors
    /// What `each` answers, or that the chain is broken; those before the break were called.
    pub fn scan_audit<E: From<StoreError>>(
        &self,
        each: impl FnMut(Record) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        self.scan_audit_after(&Checkpoint::GENESIS, each)
    }

    /// The same with the records after a place at which the log once stood.
    ///
    /// # Errors
    /// Also that the log does not extend that place: it is that of another store, or of an older copy.
    pub fn scan_audit_after<E: From<StoreError>>(
        &self,
        place: &Checkpoint,
        mut each: impl FnMut(Record) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let mut chain = Chain::after(place);
        let mut ended = Ok(ControlFlow::Continue(()));
        self.raw.scan_audit(place.seq + 1, &mut |row| {
            ended = chain.follow(&self.sealer, row).map_err(E::from).and_then(&mut each);
            if matches!(ended, Ok(ControlFlow::Continue(()))) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        match ended? {
            ControlFlow::Continue(()) => Ok(chain.finish(&self.head)?),
            ControlFlow::Break(()) => Ok(()),
        }
    }

    /// The place at which the audit log stands now.
    pub fn place(&self) -> Checkpoint {
        Checkpoint { seq: self.head.audit_seq, link: self.head.audit_link }
    }

    /// The same, sealed.
    pub fn checkpoint(&self) -> Sealed<Checkpoint> {
        self.sealer.seal(self.place())
    }

    /// That the audit log still goes through a place at which it once stood. A log that was cut off, or replaced by
    /// an older copy of the store, does not.
    ///
    /// # Errors
    /// An integrity error when it does not, or when the checkpoint is not one of this store.
    pub fn extends(&self, checkpoint: Sealed<Checkpoint>) -> Result<(), StoreError> {
        let Checkpoint { seq, link } = verified(&self.sealer, checkpoint, "the checkpoint")?;
        let (mut chain, mut followed) = (Chain::new(), Ok(()));
        self.raw.scan_audit(1, &mut |row| {
            followed = chain.follow(&self.sealer, row).map(drop);
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
pub(super) struct Chain {
    seq: i64,
    link: Link,
}

impl Chain {
    pub(super) fn new() -> Self {
        Self::after(&Checkpoint::GENESIS)
    }

    fn after(place: &Checkpoint) -> Self {
        Self { seq: place.seq, link: place.link }
    }

    /// The record, if it is the next one and intact.
    pub(super) fn follow(
        &mut self,
        sealer: &Sealer<'_>,
        row: Sealed<AuditEntry>,
    ) -> Result<Record, StoreError> {
        let seq = self.seq + 1;
        let entry = verified(sealer, row, &format!("audit record {seq}"))?;
        if entry.record.seq != seq || entry.link != link(&self.link, &entry.record) {
            return Err(StoreError::integrity(format!("the audit log is broken at record {seq}")));
        }
        (self.seq, self.link) = (seq, entry.link);
        Ok(entry.record)
    }

    /// Whether the log ends where the head says.
    pub(super) fn finish(&self, head: &Head) -> Result<(), StoreError> {
        if self.seq == head.audit_seq && self.link == head.audit_link {
            return Ok(());
        }
        Err(StoreError::integrity(format!(
            "the audit log ends at record {} of {}",
            self.seq, head.audit_seq
        )))
    }
}

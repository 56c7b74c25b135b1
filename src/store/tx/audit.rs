//! The audit log: a chain of records. The link of each record covers the record and every earlier one.

use std::ops::ControlFlow;

use super::{ensure::verify_row, transaction::Transaction};
use crate::{
    domain::{
        actor::Actor,
        audit::{Action, AuditRecord, ChainLink, ChangeId, LoggedRecord, STORE_SUBJECT},
        instant::Instant,
        seq::AuditSeq,
    },
    store::{
        error::StoreError,
        port::record::{AuditEntry, Checkpoint, Head, WithMac},
        row_mac::{RowMac, audit_link},
    },
};

/// Who makes a change, when, and which action it is.
#[derive(Clone, Copy, Debug)]
pub struct AuditContext<'a> {
    /// Who makes the change.
    pub actor: &'a Actor,
    /// When the change is made.
    pub at: Instant,
    /// The action, as the audit log names it.
    pub action: Action,
}

/// The part of an audit record that describes the changed object.
pub(in crate::store) struct AuditedChange {
    /// The ID of the object.
    pub(in crate::store) subject: String,
    /// Its name; `None` if it has none.
    pub(in crate::store) name: Option<String>,
    /// Its fields before the change; `None` if it is new.
    pub(in crate::store) before: Option<String>,
    /// Its fields after the change; `None` if the action has no fields.
    pub(in crate::store) after: Option<String>,
}

impl Transaction<'_> {
    /// Calls `each` with every audit record, oldest first, until it returns `Break`.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error if the chain is broken. By then, `each` was called with every record
    /// before the break.
    pub fn scan_audit<E: From<StoreError>>(
        &mut self,
        mut each: impl FnMut(AuditRecord) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        self.scan_log(|logged| each(logged.record))
    }

    /// Calls `each` with every audit record like [`Transaction::scan_audit`], and with what authenticates it.
    ///
    /// # Errors
    /// As for [`Transaction::scan_audit`].
    pub fn scan_log<E: From<StoreError>>(
        &mut self,
        each: impl FnMut(LoggedRecord) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        self.scan_log_after(&Checkpoint::GENESIS, each)
    }

    /// Calls `each` with every audit record after a checkpoint, oldest first, until it returns `Break`.
    ///
    /// # Errors
    /// As for [`Transaction::scan_audit`], and an integrity error if the log does not extend the checkpoint: it
    /// belongs to another store or to an older copy of this one.
    pub fn scan_audit_after<E: From<StoreError>>(
        &mut self,
        checkpoint: &Checkpoint,
        mut each: impl FnMut(AuditRecord) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        self.scan_log_after(checkpoint, |logged| each(logged.record))
    }

    fn scan_log_after<E: From<StoreError>>(
        &mut self,
        checkpoint: &Checkpoint,
        mut each: impl FnMut(LoggedRecord) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        self.flush()?;
        let Self { raw, row_mac, head, .. } = self;
        let mut chain = AuditChain::from_checkpoint(checkpoint);
        let mut flow = Ok(ControlFlow::Continue(()));
        raw.scan_audit(checkpoint.seq.next(), &mut |batch| {
            for row in batch {
                flow = chain.verify_next(row_mac, row).map_err(E::from).and_then(&mut each);
                if !matches!(flow, Ok(ControlFlow::Continue(()))) {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })?;
        match flow? {
            ControlFlow::Continue(()) => Ok(chain.verify_end(head)?),
            ControlFlow::Break(()) => Ok(()),
        }
    }

    /// Finds the last audit record of a change by the id of the change; `None` if the change was not made. Verifies the
    /// record and its link, but not the chain before it.
    ///
    /// # Errors
    /// If the record does not verify.
    pub fn find_change(&mut self, change: ChangeId) -> Result<Option<LoggedRecord>, StoreError> {
        let found = self.find_audit_record(change.seq)?;
        Ok(found.filter(|logged| change.matches(&logged.link)))
    }

    /// Finds the audit record with this number. Verifies the record and its link, but not the chain before it: its MAC
    /// covers its link, and the link covers the record and the previous link.
    ///
    /// # Errors
    /// If the record does not verify.
    pub fn find_audit_record(&mut self, seq: AuditSeq) -> Result<Option<LoggedRecord>, StoreError> {
        self.flush()?;
        let Some(row) = self.raw.find_audit(seq)? else { return Ok(None) };
        let mut chain = AuditChain::new();
        if seq > AuditSeq::FIRST {
            let previous = AuditSeq(seq.0 - 1);
            let missing = || StoreError::integrity(format!("audit record {previous} is missing"));
            let row = self.raw.find_audit(previous)?.ok_or_else(missing)?;
            let entry = verify_row(&self.row_mac, row, &format!("audit record {previous}"))?;
            chain = AuditChain { seq: entry.record.seq, link: entry.link };
        }
        chain.verify_next(&self.row_mac, row).map(Some)
    }

    /// Returns the current end of the audit log.
    pub fn audit_position(&self) -> Checkpoint {
        Checkpoint { seq: self.head.audit_seq, link: self.head.audit_link }
    }

    /// Returns whether the audit log has this position.
    ///
    /// # Errors
    /// If the record there does not verify.
    pub(super) fn has_position(&mut self, position: &Checkpoint) -> Result<bool, StoreError> {
        let end = self.audit_position();
        if position.seq >= end.seq || *position == Checkpoint::GENESIS {
            return Ok(*position == end || *position == Checkpoint::GENESIS);
        }
        let Some(row) = self.raw.find_audit(position.seq)? else { return Ok(false) };
        let what = format!("audit record {}", position.seq);
        Ok(verify_row(&self.row_mac, row, &what)?.link == position.link)
    }

    /// Returns the current end of the audit log with a MAC, to be kept outside the store.
    pub fn checkpoint(&self) -> WithMac<Checkpoint> {
        self.row_mac.authenticate(self.audit_position())
    }

    /// Checks that the audit log extends a checkpoint. It does not if the log was cut off or the store was replaced
    /// by an older copy.
    ///
    /// # Errors
    /// An integrity error if it does not, or if the checkpoint belongs to another store.
    pub fn ensure_extends(&mut self, checkpoint: WithMac<Checkpoint>) -> Result<(), StoreError> {
        let Checkpoint { seq, link } = verify_row(&self.row_mac, checkpoint, "the checkpoint")?;
        self.flush()?;
        let (mut chain, mut verified) = (AuditChain::new(), Ok(()));
        let row_mac = &self.row_mac;
        self.raw.scan_audit(AuditSeq::NONE.next(), &mut |batch| {
            for row in batch {
                verified = chain.verify_next(row_mac, row).map(drop);
                if verified.is_err() || chain.seq >= seq {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })?;
        verified?;
        if chain.seq == seq && chain.link == link {
            return Ok(());
        }
        Err(StoreError::integrity(format!(
            "the audit log does not extend the checkpoint of record {seq}"
        )))
    }

    /// Adds an audit record about the store itself. `after` holds the fields of the action, if it has any.
    pub fn audit_store(&mut self, context: &AuditContext<'_>, after: Option<String>) {
        let subject = STORE_SUBJECT.to_owned();
        self.append_audit(context, AuditedChange { subject, name: None, before: None, after });
    }

    /// Appends an audit record to the log.
    pub(in crate::store) fn append_audit(
        &mut self,
        context: &AuditContext<'_>,
        change: AuditedChange,
    ) {
        let seq = self.head.audit_seq.next();
        let AuditedChange { subject, name, before, after } = change;
        let record = AuditRecord {
            seq,
            at: context.at,
            actor: context.actor.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            action: context.action,
            subject,
            name,
            before,
            after,
        };
        let link = audit_link(&self.head.audit_link, &record);
        (self.head.audit_seq, self.head.audit_at, self.head.audit_link) = (seq, context.at, link);
        self.pending.audit.push(AuditEntry { record, link });
    }
}

/// The verification of the chain, up to the record that was verified last.
pub(in crate::store) struct AuditChain {
    /// The number of that record; none before the first one.
    seq: AuditSeq,
    link: ChainLink,
}

impl AuditChain {
    /// Begins before the first record.
    pub(in crate::store) fn new() -> Self {
        Self::from_checkpoint(&Checkpoint::GENESIS)
    }

    fn from_checkpoint(checkpoint: &Checkpoint) -> Self {
        Self { seq: checkpoint.seq, link: checkpoint.link }
    }

    /// Returns the record of a row; an integrity error if it is not the next record or does not verify.
    pub(in crate::store) fn verify_next(
        &mut self,
        row_mac: &RowMac<'_>,
        row: WithMac<AuditEntry>,
    ) -> Result<LoggedRecord, StoreError> {
        let (seq, mac) = (self.seq.next(), row.mac);
        let AuditEntry { record, link } = verify_row(row_mac, row, &format!("audit record {seq}"))?;
        if record.seq != seq || link != audit_link(&self.link, &record) {
            return Err(StoreError::integrity(format!("the audit log is broken at record {seq}")));
        }
        (self.seq, self.link) = (seq, link);
        Ok(LoggedRecord { record, link, mac })
    }

    /// Checks that the chain ends with the record that the head names.
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

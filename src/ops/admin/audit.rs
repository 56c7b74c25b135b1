//! `audit`: reads and verifies the audit log.

use std::ops::ControlFlow;

use crate::{
    domain::{
        audit::{AuditRecord, ChangeId},
        seq::AuditSeq,
    },
    ops::{
        context::ReadTx,
        error::{OpError, audit::AuditError},
    },
};

/// Calls `each` with every record, oldest first, or only with those about `subject`, the id of a credential, app or
/// district. Returns the number of those records. The whole chain is verified in any case.
///
/// # Errors
/// The error that `each` returns, or if a record can't be verified.
pub fn list(
    read: &mut ReadTx<'_>,
    subject: Option<&str>,
    mut each: impl FnMut(&AuditRecord) -> Result<(), OpError>,
) -> Result<u64, OpError> {
    let mut listed = 0;
    read.tx.scan_audit(|record| -> Result<ControlFlow<()>, OpError> {
        if subject.is_none_or(|subject| record.subject == subject) {
            listed += 1;
            each(&record)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(listed)
}

/// Returns the record with this number. Verifies the record, but not the chain.
///
/// # Errors
/// [`AuditError::NoSuchRecord`], or if the record can't be verified.
pub fn find_record(read: &mut ReadTx<'_>, seq: AuditSeq) -> Result<AuditRecord, OpError> {
    Ok(read.tx.find_audit_record(seq)?.ok_or(AuditError::NoSuchRecord(seq))?)
}

/// Returns the last record of the change with this id, which shows that the change was made.
///
/// # Errors
/// [`AuditError::NotMade`], [`AuditError::NotMadeYet`], or if the record can't be verified.
pub fn find_change(read: &mut ReadTx<'_>, change: ChangeId) -> Result<AuditRecord, OpError> {
    if read.tx.head().audit_seq < change.seq {
        return Err(AuditError::NotMadeYet(change).into());
    }
    Ok(read.tx.find_change(change)?.ok_or(AuditError::NotMade(change))?)
}

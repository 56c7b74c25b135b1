//! `audit`: reads and verifies the audit log.

use std::ops::ControlFlow;

use crate::{
    domain::audit::AuditRecord,
    ops::{context::ReadTx, error::OpError},
};

/// Calls `each` with every record, oldest first, or only with those about `subject`, the id of a credential, app or
/// district. Returns the number of those records. The whole chain is verified in any case.
///
/// # Errors
/// The error that `each` returns, or if a record can't be verified.
pub fn list(
    read: &ReadTx<'_>,
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

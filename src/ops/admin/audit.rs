//! `audit`: the log of changes, read in its order and verified on the way.

use std::ops::ControlFlow;

use crate::{
    domain::audit::AuditRecord,
    ops::{OpError, ReadTx},
};

/// Calls `each` with every record that fits, oldest first, of `subject` only if one is given; the whole chain is
/// verified in any case.
///
/// # Errors
/// What `each` answers; the first broken record ends it.
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

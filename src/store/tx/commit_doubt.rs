//! Commits in doubt: the connection was lost before the database confirmed the commit.

use std::{
    thread,
    time::{Duration, Instant as Timer},
};

use super::ensure::verify_row;
use crate::{
    domain::audit::ChangeId,
    store::{
        error::StoreError,
        port::{
            backend::{Access, Backend},
            record::Checkpoint,
        },
        row_mac::RowMac,
    },
};

/// How long to wait before the database is queried again.
const RETRY_DELAY: Duration = Duration::from_millis(100);

/// Finds out whether the commit of a change succeeded, by looking for its last audit record. `change` is `None` for a
/// change without one.
///
/// # Errors
/// - [`StoreError::CommitUnknown`] if the database does not say so in time, or if the change has no audit record.
/// - [`StoreError::CommitLost`] if the change was not made.
pub(super) fn resolve_commit(
    backend: &dyn Backend,
    row_mac: &RowMac<'_>,
    change: Option<Checkpoint>,
) -> Result<(), StoreError> {
    let Some(expected) = change else { return Err(StoreError::CommitUnknown(None)) };
    let id = ChangeId::new(expected.seq, &expected.link);
    let (began, limit) = (Timer::now(), backend.commit_recovery_time());
    loop {
        match has_record(backend, row_mac, &expected) {
            Ok(true) => return Ok(()),
            Ok(false) => return Err(StoreError::CommitLost),
            Err(_) if began.elapsed() + RETRY_DELAY < limit => thread::sleep(RETRY_DELAY),
            Err(_) => return Err(StoreError::CommitUnknown(Some(id))),
        }
    }
}

/// Returns whether the audit log has this record. The write lock makes sure that the commit in doubt has ended.
fn has_record(
    backend: &dyn Backend,
    row_mac: &RowMac<'_>,
    expected: &Checkpoint,
) -> Result<bool, StoreError> {
    let mut transaction = backend.begin(Access::Write)?.transaction;
    let Some(row) = transaction.find_audit(expected.seq)? else { return Ok(false) };
    let entry = verify_row(row_mac, row, "an audit record")?;
    Ok(entry.record.seq == expected.seq && entry.link == expected.link)
}

//! Reports of errors about the audit log.

use super::error_report::ErrorReport;
use crate::{exit::Exit, ops::AuditError};

/// Maps an error about the audit log to its code, hint and exit code.
pub(super) fn describe(error: &AuditError) -> ErrorReport {
    match error {
        AuditError::NoSuchRecord(_) => {
            ErrorReport::new(Exit::NotFound, "no_such_record").with_hint("gatepass audit list")
        }
        AuditError::NotMade(_) => ErrorReport::new(Exit::NotFound, "not_made")
            .with_hint("nothing was changed; repeat the change"),
        AuditError::NotMadeYet(_) => ErrorReport::new(Exit::NotFound, "not_made")
            .with_hint("try again in a few seconds; if the change is still missing, repeat it"),
    }
}

//! Reports of I/O errors.

use std::io;

use super::error_report::ErrorReport;
use crate::exit::Exit;

/// Maps an I/O error to its code and exit code.
pub(super) fn describe(error: &io::Error) -> ErrorReport {
    match error.kind() {
        io::ErrorKind::BrokenPipe => ErrorReport::new(Exit::Success, "closed_pipe"),
        io::ErrorKind::Interrupted => ErrorReport::new(Exit::Interrupted, "interrupted"),
        _ => ErrorReport::new(Exit::Failed, "io"),
    }
}

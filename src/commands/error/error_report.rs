//! The report of an error: exit code, error code, hint and details.

use std::io;

use rustix::io::Errno;
use serde_json::Value;

use crate::exit::Exit;

/// What the command line reports of an error besides its message.
pub(super) struct ErrorReport {
    pub(super) exit: Exit,
    /// The error code of the JSON output.
    pub(super) code: &'static str,
    /// What to do about it.
    pub(super) hint: Option<String>,
    /// The field `details` of the JSON output; null if there are none.
    pub(super) details: Value,
    /// Lines below the message for people; `details` has the same for scripts.
    pub(super) lines: Vec<String>,
}

impl ErrorReport {
    pub(super) fn new(exit: Exit, code: &'static str) -> Self {
        Self { exit, code, hint: None, details: Value::Null, lines: Vec::new() }
    }

    /// Creates the report of an I/O error.
    pub(super) fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Exit::Success, "closed_pipe"),
            io::ErrorKind::Interrupted => Self::new(Exit::Interrupted, "interrupted"),
            _ => Self::new(Exit::Failed, "io"),
        }
    }

    /// Creates the report of an error of a file that an argument names, or of a socket.
    pub(super) fn of_file(error: &io::Error) -> Self {
        let report = Self::of_io(error);
        match is_system_fault(error) {
            true => Self { exit: Exit::Busy, ..report },
            false => report,
        }
    }

    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(super) fn with_hint_option(self, hint: Option<String>) -> Self {
        Self { hint, ..self }
    }

    pub(super) fn with_details(self, details: Value) -> Self {
        Self { details, ..self }
    }
}

/// Whether a device failed or the system lacks resources, so that a later attempt may succeed. Otherwise the path, its
/// permissions or the free space must change first.
pub(super) fn is_system_fault(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(
            Errno::IO
                | Errno::MFILE
                | Errno::NFILE
                | Errno::NODEV
                | Errno::NOLCK
                | Errno::NOMEM
                | Errno::NXIO
                | Errno::STALE
                | Errno::TIMEDOUT
        )
    )
}

//! The report of an error: exit code, error code, hint and details.

use std::io;

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

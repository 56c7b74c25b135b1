//! An input file with lines that were rejected.

use serde_json::{Value, json};

use super::{error_report::ErrorReport, op};
use crate::{
    commands::args::import::line_errors::{LineError, LineErrors},
    exit::Exit,
    ops::{OpError, RejectedRows},
};

/// An input file with lines that were rejected. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.summary())]
pub struct RejectedFile {
    /// The path of the file, or "stdin".
    file: String,
    errors: LineErrors,
    /// The rows that the use case rejected; empty if the file itself is not valid.
    conflicts: RejectedRows<OpError>,
}

impl RejectedFile {
    /// Creates the error of `file`: lines that are not valid, and rows that the use case rejected.
    pub fn new(file: String, mut errors: LineErrors, conflicts: RejectedRows<OpError>) -> Self {
        let is_valid = errors.is_empty();
        errors.add_rejected(&conflicts);
        let conflicts = if is_valid { conflicts } else { RejectedRows::default() };
        Self { file, errors, conflicts }
    }

    /// Returns the error if it is the only one, or else the number of errors.
    fn summary(&self) -> String {
        let file = &self.file;
        match &self.errors.lines[..] {
            [only] => format!("{file}, {only}"),
            _ => format!(
                "{} lines of {file} were rejected; nothing was changed",
                self.errors.count()
            ),
        }
    }

    /// Returns the errors for a person, one a line; empty if the summary has the only one.
    fn lines(&self) -> Vec<String> {
        let LineErrors { lines, more, .. } = &self.errors;
        if lines.len() == 1 {
            return Vec::new();
        }
        let shown = lines.iter().map(|error| format!("{}, {error}", self.file));
        shown.chain((*more > 0).then(|| format!("and {more} more"))).collect()
    }
}

/// Maps the error to its exit code, hint and details. Of several rows that the use case rejected, the first decides.
pub(super) fn describe(error: &RejectedFile) -> ErrorReport {
    let report = match error.conflicts.rows.first() {
        Some(first) => op::describe(&first.why),
        None => {
            ErrorReport::new(Exit::Usage, "bad_file").with_hint_option(error.errors.hint.clone())
        }
    };
    let mut details = report.details.as_object().cloned().unwrap_or_default();
    let lines = error.errors.lines.iter().map(|line| line_details(error, line));
    details.insert("lines".to_owned(), lines.collect());
    details.insert("more".to_owned(), error.errors.more.into());
    let hint = report.hint.clone().filter(|_| error.errors.lines.len() == 1);
    ErrorReport {
        lines: error.lines(),
        ..report.with_details(details.into()).with_hint_option(hint)
    }
}

fn line_details(error: &RejectedFile, line: &LineError) -> Value {
    let LineError { line, column, value, why } = line;
    json!({ "file": error.file, "line": line, "column": column, "value": value, "message": why })
}

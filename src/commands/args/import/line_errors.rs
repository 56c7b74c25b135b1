//! Lines of an input file that were rejected.

use std::fmt::{self, Display};

use crate::{
    domain::credential::secret::redact,
    ops::{
        OpError,
        error::rows::{MAX_ROWS, RejectedRows},
    },
    render::text::escape,
};

/// The most characters of a value that are shown.
const MAX_VALUE_LENGTH: usize = 60;

/// A line that was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// The line number, from 1.
    pub line: u64,
    /// The column of the value; `None` if the whole line was rejected.
    pub column: Option<&'static str>,
    /// The value that was rejected: shortened, without secrets and control characters.
    pub value: Option<String>,
    /// Why it was rejected.
    pub why: String,
}

/// The lines of a file that were rejected, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineErrors {
    /// The first lines, at most [`MAX_ROWS`].
    pub lines: Vec<LineError>,
    /// The number of further lines.
    pub more: usize,
    /// What to do about them.
    pub hint: Option<String>,
}

impl LineError {
    /// Creates the error of a whole line.
    pub fn new(line: u64, why: impl Display) -> Self {
        Self { line, column: None, value: None, why: why.to_string() }
    }

    /// Creates the error of one value.
    pub fn of_value(line: u64, column: &'static str, value: &str, why: impl Display) -> Self {
        let value = (!value.is_empty()).then(|| excerpt(value));
        Self { line, column: Some(column), value, why: why.to_string() }
    }
}

/// Returns a value as messages show it: shortened, without secrets and control characters.
pub fn excerpt(value: &str) -> String {
    let redacted = redact(value);
    let shown = escape(&redacted);
    match shown.char_indices().nth(MAX_VALUE_LENGTH) {
        None => shown.into_owned(),
        Some((end, _)) => format!("{}…", &shown[..end]),
    }
}

impl Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        match (self.column, &self.value) {
            (Some(column), Some(value)) => write!(f, ", {column} \"{value}\"")?,
            (Some(column), None) => write!(f, ", {column}")?,
            (None, _) => {}
        }
        write!(f, ": {}", self.why)
    }
}

impl LineErrors {
    /// Creates the error of one line.
    pub fn one(error: LineError, hint: Option<String>) -> Self {
        Self { lines: vec![error], more: 0, hint }
    }

    /// Whether no line was rejected.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The number of lines.
    pub fn count(&self) -> usize {
        self.lines.len() + self.more
    }

    /// Adds a line.
    pub fn add(&mut self, error: LineError) {
        if self.lines.len() < MAX_ROWS {
            self.lines.push(error);
        } else {
            self.more += 1;
        }
    }

    /// Adds the rows that a use case rejected, and sorts the lines.
    pub fn add_rejected(&mut self, rejected: &RejectedRows<OpError>) {
        for row in &rejected.rows {
            let (value, why) = (Some(excerpt(&row.value)), row.why.to_string());
            self.add(LineError { line: row.line, column: None, value, why });
        }
        self.more += rejected.more;
        self.lines.sort_by_key(|error| error.line);
    }
}

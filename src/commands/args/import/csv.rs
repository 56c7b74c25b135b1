//! Errors of the CSV format.

use csv::{ErrorKind, Position};

/// A line that is not valid CSV.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct CsvError {
    /// The number of the line, from 1.
    line: u64,
    why: String,
}

impl From<csv::Error> for CsvError {
    fn from(error: csv::Error) -> Self {
        let line = error.position().map_or(1, Position::line);
        let why = match error.kind() {
            ErrorKind::Utf8 { .. } => "not valid UTF-8".to_owned(),
            ErrorKind::UnequalLengths { expected_len, len, .. } => {
                let noun = if *len == 1 { "field" } else { "fields" };
                format!("{len} {noun}, but the header has {expected_len}")
            }
            _ => error.to_string(),
        };
        Self { line, why }
    }
}

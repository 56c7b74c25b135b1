//! Rows of an input file that a use case rejected.

use std::fmt::{self, Display};

/// The most rows that are kept; the others are only counted.
pub const MAX_ROWS: usize = 50;

/// Rows of an input file that a use case rejected with errors of type `E`, in the order of the file.
#[derive(Debug)]
pub struct RejectedRows<E> {
    /// The first rows, at most [`MAX_ROWS`].
    pub rows: Vec<RejectedRow<E>>,
    /// The number of further rows.
    pub more: usize,
}

/// A row that was rejected.
#[derive(Debug)]
pub struct RejectedRow<E> {
    /// The line number, from 1.
    pub line: u64,
    /// The value that names the row, such as an e-mail address.
    pub value: String,
    /// Why the row was rejected.
    pub why: E,
}

impl<E> Default for RejectedRows<E> {
    fn default() -> Self {
        Self { rows: Vec::new(), more: 0 }
    }
}

impl<E> RejectedRows<E> {
    /// Whether no row was rejected.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row.
    pub(super) fn push(&mut self, line: u64, value: &str, why: E) {
        if self.rows.len() < MAX_ROWS {
            self.rows.push(RejectedRow { line, value: value.to_owned(), why });
        } else {
            self.more += 1;
        }
    }
}

impl<E: Display> Display for RejectedRows<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rows[..] {
            [RejectedRow { line, why, .. }] => write!(f, "line {line}: {why}"),
            rows => write!(f, "{} rows were rejected", rows.len() + self.more),
        }
    }
}

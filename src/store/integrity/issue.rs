//! The issues that a check finds.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use crate::{
    domain::seq::{CredentialSeq, DistrictSeq},
    store::error::StoreError,
};

/// The number of issues that are kept. A broken page can contain thousands of damaged rows.
const MAX_ISSUES: usize = 50;

/// A row, an index or a relation that failed the check; the text describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrityIssue(pub String);

/// A row that its table knows by a number, and people by an id and a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NumberedRow {
    Credential(CredentialSeq),
    District(DistrictSeq),
}

impl fmt::Display for NumberedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credential(seq) => write!(f, "credential number {seq}"),
            Self::District(seq) => write!(f, "district number {seq}"),
        }
    }
}

/// The issues found so far, at most [`MAX_ISSUES`], each with the row that its text has only the number of.
#[derive(Default)]
pub(super) struct IssueList(Vec<(IntegrityIssue, Option<NumberedRow>)>);

impl IssueList {
    pub(super) fn into_issues(self) -> Vec<IntegrityIssue> {
        self.0.into_iter().map(|(issue, _)| issue).collect()
    }

    /// Adds an issue, unless the list is full.
    pub(super) fn add(&mut self, issue: String) {
        self.push(issue, None);
    }

    /// Adds an issue with a row, unless the list is full. `text` contains `row` as it is displayed.
    pub(super) fn add_about(&mut self, row: NumberedRow, text: String) {
        self.push(text, Some(row));
    }

    fn push(&mut self, text: String, row: Option<NumberedRow>) {
        if self.0.len() < MAX_ISSUES {
            self.0.push((IntegrityIssue(text), row));
        }
    }

    /// Returns the rows of which the issues have only numbers.
    pub(super) fn numbered_rows(&self) -> HashSet<NumberedRow> {
        self.0.iter().filter_map(|(_, row)| *row).collect()
    }

    /// Replaces the numbers of rows by their names.
    pub(super) fn name_rows(&mut self, names: &HashMap<NumberedRow, String>) {
        for (issue, row) in &mut self.0 {
            if let Some((row, name)) = row.and_then(|row| Some((row, names.get(&row)?))) {
                issue.0 = issue.0.replace(&row.to_string(), name);
            }
        }
    }

    /// Turns an integrity error into an issue, and returns every other error.
    pub(super) fn record_result(
        &mut self,
        result: Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match result {
            Err(StoreError::Integrity(what)) => {
                self.add(what);
                Ok(())
            }
            other => other,
        }
    }
}

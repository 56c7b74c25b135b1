//! The issues that a check finds.

use crate::store::error::StoreError;

/// The number of issues that are kept. A broken page can contain thousands of damaged rows.
const MAX_ISSUES: usize = 50;

/// A row, an index or a relation that failed the check; the text describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrityIssue(pub String);

/// The issues found so far, at most [`MAX_ISSUES`].
#[derive(Default)]
pub(super) struct IssueList(Vec<IntegrityIssue>);

impl IssueList {
    pub(super) fn into_issues(self) -> Vec<IntegrityIssue> {
        self.0
    }

    /// Adds an issue, unless the list is full.
    pub(super) fn add(&mut self, issue: String) {
        if self.0.len() < MAX_ISSUES {
            self.0.push(IntegrityIssue(issue));
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

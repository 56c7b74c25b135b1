//! A running check: the transaction that it reads from and the issues that it has found.

use std::ops::ControlFlow;

use super::{
    issue::{IssueList, NumberedRow},
    latest_audit::LatestAudit,
};
use crate::{
    domain::seq::AuditSeq,
    store::{
        port::{
            backend::BackendTransaction,
            record::{Head, WithMac},
        },
        row_mac::{MacFields, RowMac},
        tx::transaction::Transaction,
    },
};

/// A running check.
pub(super) struct IntegrityCheck<'e, 's> {
    pub(super) tx: &'e mut Transaction<'s>,
    pub(super) issues: &'e mut IssueList,
}

/// What the check of a row needs while the rows of its table are scanned.
pub(super) struct RowCheck<'e, 's> {
    pub(super) row_mac: &'e RowMac<'s>,
    pub(super) head: &'e Head,
    pub(super) issues: &'e mut IssueList,
}

impl<'s> IntegrityCheck<'_, 's> {
    /// Returns the transaction of the backend, and what the check of its rows needs.
    pub(super) fn rows(&mut self) -> (&mut (dyn BackendTransaction + 's), RowCheck<'_, 's>) {
        let Transaction { raw, row_mac, head, .. } = &mut *self.tx;
        (&mut **raw, RowCheck { row_mac, head, issues: self.issues })
    }
}

impl RowCheck<'_, '_> {
    /// Returns the record of a row; `None` if its MAC is wrong, which becomes an issue. `what` describes the row.
    pub(super) fn verify_row<T: MacFields>(&mut self, row: WithMac<T>, what: &str) -> Option<T> {
        let record = self.row_mac.verify(row);
        if record.is_none() {
            self.issues.add(format!("{what} was changed outside gatepass"));
        }
        record
    }

    /// Like [`RowCheck::verify_row`], for a row that is known by a number, or belongs to one.
    pub(super) fn verify_numbered<T: MacFields>(
        &mut self,
        row: WithMac<T>,
        number: NumberedRow,
        prefix: &str,
    ) -> Option<T> {
        let record = self.row_mac.verify(row);
        if record.is_none() {
            let text = format!("{prefix}{number} was changed outside gatepass");
            self.issues.add_about(number, text);
        }
        record
    }

    /// Compares a record with its latest audit record. A record with a valid MAC may still be an older one that was
    /// put back. `fields` is `None` if the account of the record is missing.
    pub(super) fn check_against_audit(
        &mut self,
        latest: &LatestAudit,
        subject: &str,
        audit_seq: AuditSeq,
        fields: Option<String>,
    ) {
        let Some(fields) = fields else {
            return self.issues.add(format!("the account of {subject} is missing"));
        };
        if !latest.matches(subject, audit_seq, &fields) {
            self.issues.add(format!("{subject} does not match its last audit record"));
        }
    }
}

/// Returns a callback of a scan that passes every row to `check`.
pub(super) fn each_row<T>(mut check: impl FnMut(T)) -> impl FnMut(Vec<T>) -> ControlFlow<()> {
    move |batch| {
        batch.into_iter().for_each(&mut check);
        ControlFlow::Continue(())
    }
}

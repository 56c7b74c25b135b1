//! A running check: the transaction that it reads from and the issues that it has found.

use super::{issue::IssueList, latest_audit::LatestAudit};
use crate::{
    domain::seq::AuditSeq,
    store::{port::record::WithMac, row_mac::MacFields, tx::transaction::Transaction},
};

/// A running check.
pub(super) struct IntegrityCheck<'e, 's> {
    pub(super) tx: &'e Transaction<'s>,
    pub(super) issues: &'e mut IssueList,
}

impl IntegrityCheck<'_, '_> {
    /// Returns the record of a row; `None` if its MAC is wrong, which becomes an issue. `what` names the row.
    pub(super) fn verify_row<T: MacFields>(
        &mut self,
        row: WithMac<T>,
        what: impl FnOnce() -> String,
    ) -> Option<T> {
        let record = self.tx.row_mac.verify(row);
        if record.is_none() {
            self.issues.add(format!("{} was changed outside gatepass", what()));
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

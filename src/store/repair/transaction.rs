//! The transaction of a repair.

use std::ops::ControlFlow;

use super::report::RepairReport;
use crate::{
    domain::audit::AuditRecord,
    store::{
        error::StoreError,
        integrity::{check::check_tables, history::ObjectHistory},
        port::backend::{Access, SchemaRepair},
        row_mac::SummedTable,
        tx::{audit::AuditContext, store::Store, transaction::Transaction},
    },
};

impl Store {
    /// Removes from the schema what does not belong there, and creates indexes again, in a transaction of its own. A dry
    /// run only says what is wrong.
    ///
    /// # Errors
    /// [`StoreError::Schema`] if a table was changed, which can't be repaired; or if the store can't be written. Then
    /// nothing was changed.
    pub fn repair_schema(&self, dry_run: bool) -> Result<Vec<String>, StoreError> {
        if dry_run {
            return Ok([self.backend.check_schema()?, self.backend.check_integrity()?].concat());
        }
        let SchemaRepair { repaired, remaining } = self.backend.repair_schema()?;
        match remaining.is_empty() {
            true => Ok(repaired),
            false => Err(StoreError::Schema(remaining.join(", "))),
        }
    }

    /// Begins a repair. Until [`Transaction::finish_repair`], the transaction compares no sum.
    ///
    /// # Errors
    /// As for [`Store::begin`]. A store whose head was changed can't be repaired.
    pub fn begin_repair(&self) -> Result<Transaction<'_>, StoreError> {
        let mut transaction = self.begin(Access::Write)?;
        transaction.ignores_sums = true;
        Ok(transaction)
    }
}

impl Transaction<'_> {
    /// Makes every row authentic again, and revokes what may have been tampered with.
    ///
    /// # Errors
    /// An integrity error if the audit log is damaged, or if the store can't be written.
    pub fn repair(&mut self, context: &AuditContext<'_>) -> Result<RepairReport, StoreError> {
        let mut history = ObjectHistory::default();
        self.scan_audit(|record| -> Result<_, StoreError> {
            // A record that does not continue the one before it stays in the log, so that the check reports it.
            let _continues = history.add(record);
            Ok(ControlFlow::Continue(()))
        })?;
        let mut report = RepairReport::default();
        self.repair_accounts(&history, &mut report)?;
        self.repair_apps(context, &history, &mut report)?;
        self.repair_districts(&history, &mut report)?;
        self.repair_credentials(context, &history, &mut report)?;
        self.repair_indexes(&mut report)?;
        Ok(report)
    }

    /// Adds to the report which sums were wrong and what is still wrong. Records the repair, and sets the sums of the
    /// tables to those of the rows that verify.
    ///
    /// # Errors
    /// If the store can't be read or written.
    pub fn finish_repair(
        &mut self,
        context: &AuditContext<'_>,
        report: &mut RepairReport,
    ) -> Result<(), StoreError> {
        self.audit_store(context, Some(report.audit_fields()));
        self.flush()?;
        self.flush_counters()?;
        let (issues, sums) = check_tables(self)?;
        let is_wrong = |table: &SummedTable| !self.has_sum(*table, &sums);
        report.sums =
            SummedTable::ALL.into_iter().filter(is_wrong).map(SummedTable::rows).collect();
        report.issues = issues;
        self.replace_sums(&sums);
        Ok(())
    }

    /// Returns the newest audit record of an object; `None` if there is none.
    pub(super) fn newest_record(
        &mut self,
        history: &ObjectHistory,
        subject: &str,
    ) -> Result<Option<AuditRecord>, StoreError> {
        let Some(seq) = history.newest(subject) else { return Ok(None) };
        Ok(self.find_audit_record(seq)?.map(|logged| logged.record))
    }
}

//! The order of the checks.

use super::{
    context::IntegrityCheck,
    expected::ExpectedRows,
    issue::{IntegrityIssue, IssueList},
};
use crate::store::{
    error::StoreError,
    port::backend::Access,
    row_mac::{SummedTable, TableSums},
    tx::{store::Store, transaction::Transaction},
};

impl Store {
    /// Checks the whole store. Returns the issues found; none if the store is intact.
    ///
    /// # Errors
    /// If the store can't be read at all.
    pub fn check_integrity(&self) -> Result<Vec<IntegrityIssue>, StoreError> {
        Ok(self.check_and_sum()?.0)
    }

    /// Checks the whole store, and returns the sums over the rows of its tables as well.
    pub(in crate::store) fn check_and_sum(
        &self,
    ) -> Result<(Vec<IntegrityIssue>, TableSums), StoreError> {
        let mut issues = IssueList::default();
        let mut sums = TableSums::default();
        for line in [self.backend.check_schema()?, self.backend.check_integrity()?].concat() {
            issues.add(line);
        }
        match self.begin(Access::Read) {
            Ok(mut transaction) => {
                sums = IntegrityCheck::new(&mut transaction, &mut issues).run()?
            }
            Err(StoreError::Integrity(what)) => issues.add(what),
            Err(error) => return Err(error),
        }
        Ok((issues.into_issues(), sums))
    }
}

/// Checks the tables within a transaction. Returns the issues found and the sums over the rows.
pub(in crate::store) fn check_tables(
    tx: &mut Transaction<'_>,
) -> Result<(Vec<IntegrityIssue>, TableSums), StoreError> {
    let mut issues = IssueList::default();
    let sums = IntegrityCheck::new(tx, &mut issues).run()?;
    Ok((issues.into_issues(), sums))
}

/// Returns the rows that must exist according to the records of a transaction that verify.
pub(in crate::store) fn expected_rows(
    tx: &mut Transaction<'_>,
) -> Result<ExpectedRows, StoreError> {
    let mut issues = IssueList::default();
    let mut check = IntegrityCheck::new(tx, &mut issues);
    let checks: [Check<IntegrityCheck<'_, '_>>; 5] = [
        IntegrityCheck::check_accounts,
        IntegrityCheck::check_apps,
        IntegrityCheck::check_districts,
        IntegrityCheck::check_credentials,
        IntegrityCheck::check_messages,
    ];
    for run in checks {
        let checked = run(&mut check);
        check.issues.record_result(checked)?;
    }
    Ok(check.expected)
}

type Check<T> = fn(&mut T) -> Result<(), StoreError>;

impl IntegrityCheck<'_, '_> {
    /// Runs all checks. Later checks compare with the results of earlier ones. Returns the sums of the tables.
    fn run(mut self) -> Result<TableSums, StoreError> {
        let checks: [(Check<Self>, &[SummedTable]); 10] = [
            (Self::check_audit, &[]),
            (Self::check_accounts, &[SummedTable::Accounts]),
            (Self::check_apps, &[SummedTable::Apps]),
            (Self::check_districts, &[SummedTable::Districts]),
            (Self::check_credentials, &[SummedTable::Credentials]),
            (Self::check_secrets, &[SummedTable::Secrets]),
            (Self::check_unique_names, &[SummedTable::UniqueNames]),
            (Self::check_usage, &[SummedTable::LastUses, SummedTable::DailyUses]),
            (Self::check_messages, &[SummedTable::Messages]),
            (Self::check_counters, &[SummedTable::Counters]),
        ];
        for (check, tables) in checks {
            let checked = check(&mut self)
                .and_then(|()| tables.iter().try_for_each(|table| self.check_sum(*table)));
            self.issues.record_result(checked)?;
        }
        match self.name_rows() {
            // Reported already, by the check of the table that is damaged.
            Err(StoreError::Integrity(_)) => {}
            named => named?,
        }
        Ok(self.sums)
    }
}

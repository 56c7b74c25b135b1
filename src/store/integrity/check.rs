//! The order of the checks.

use super::{
    context::IntegrityCheck,
    expected::ExpectedRows,
    issue::{IntegrityIssue, IssueList},
    latest_audit::LatestAudit,
};
use crate::store::{error::StoreError, port::backend::Access, tx::store::Store};

impl Store {
    /// Checks the whole store. Returns the issues found; none if the store is intact.
    ///
    /// # Errors
    /// If the store can't be read at all.
    pub fn check_integrity(&self) -> Result<Vec<IntegrityIssue>, StoreError> {
        let mut issues = IssueList::default();
        for line in [self.backend.check_schema()?, self.backend.check_integrity()?].concat() {
            issues.add(line);
        }
        match self.begin(Access::Read) {
            Ok(mut transaction) => {
                IntegrityCheck { tx: &mut transaction, issues: &mut issues }.run()?
            }
            Err(StoreError::Integrity(what)) => issues.add(what),
            Err(error) => return Err(error),
        }
        Ok(issues.into_issues())
    }
}

impl IntegrityCheck<'_, '_> {
    /// Runs all checks. Later checks compare with the results of earlier ones.
    fn run(&mut self) -> Result<(), StoreError> {
        let mut latest = LatestAudit::default();
        let audit = self.check_audit(&mut latest);
        self.issues.record_result(audit)?;
        let accounts = self.check_accounts(&latest);
        self.issues.record_result(accounts)?;

        let mut expected = ExpectedRows::default();
        let apps = self.check_apps(&latest, &mut expected);
        self.issues.record_result(apps)?;
        let districts = self.check_districts(&latest, &mut expected);
        self.issues.record_result(districts)?;
        let credentials = self.check_credentials(&latest, &mut expected);
        self.issues.record_result(credentials)?;
        let secrets = self.check_secrets(&mut expected);
        self.issues.record_result(secrets)?;
        let unique_names = self.check_unique_names(&mut expected);
        self.issues.record_result(unique_names)?;
        let usage = self.check_usage(&expected);
        self.issues.record_result(usage)?;
        let messages = self.check_messages(&mut expected);
        self.issues.record_result(messages)?;
        let counters = self.check_counters(&mut expected);
        self.issues.record_result(counters)?;
        match self.name_rows() {
            // Reported already, by the check of the table that is damaged.
            Err(StoreError::Integrity(_)) => Ok(()),
            named => named,
        }
    }
}

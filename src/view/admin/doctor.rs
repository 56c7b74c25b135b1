//! The result of `doctor`.

use crate::{
    domain::directory::account::Account,
    ops::admin::doctor::DoctorReport,
    render::{Record, Value},
};

/// The files that `doctor` looked at.
pub struct InspectedFiles {
    /// The address of the store.
    pub store: String,
    /// The version of the store.
    pub version: i64,
    /// The path of the key file.
    pub key: String,
    /// The fingerprint of the master key.
    pub fingerprint: String,
    /// Sentences about files that other users can access.
    pub exposed: Vec<String>,
}

/// The result of `doctor`.
pub struct DoctorReportView<'a> {
    report: &'a DoctorReport,
    files: &'a InspectedFiles,
    accounts: Vec<NamedAccount<'a>>,
}

impl<'a> DoctorReportView<'a> {
    /// Creates the view of a report about these files.
    pub fn new(report: &'a DoctorReport, files: &'a InspectedFiles) -> Self {
        Self { report, files, accounts: report.accounts.iter().map(NamedAccount).collect() }
    }

    /// Returns the name and value of each line that says what was checked.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let InspectedFiles { store, version, key, fingerprint, .. } = self.files;
        let accounts = self.accounts.iter().map(|account| (account.0.id, &account.0.name));
        let accounts: Vec<String> = accounts.map(|(id, name)| format!("{id} ({name})")).collect();
        let mut details = vec![
            ("store", format!("{store} (version {version})")),
            ("key", format!("{key} ({fingerprint})")),
        ];
        if !accounts.is_empty() {
            let title = if accounts.len() == 1 { "account" } else { "accounts" };
            details.push((title, accounts.join(", ")));
        }
        details
    }

    /// Returns the problems found, first those of the files.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        let issues = self.report.issues.iter().map(|issue| issue.0.as_str());
        self.files.exposed.iter().map(String::as_str).chain(issues)
    }
}

impl Record for DoctorReportView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let InspectedFiles { store, version, key, fingerprint, .. } = self.files;
        field("schema", Value::Text("gatepass.doctor/v1"));
        field("verifies", Value::Bool(self.report.issues.is_empty()));
        field("problems", Value::List(self.problems().map(Value::Text).collect()));
        field(
            "advice",
            Value::List(self.report.advice.iter().map(|advice| Value::Text(advice)).collect()),
        );
        field("store", Value::Text(store));
        field("store_version", Value::Integer(*version));
        field("key_file", Value::Text(key));
        field("key_fingerprint", Value::Text(fingerprint));
        let accounts = self.accounts.iter().map(|account| account as &dyn Record);
        field("accounts", Value::Records(accounts.collect()));
    }
}

/// An account as an item of a report.
struct NamedAccount<'a>(&'a Account);

impl Record for NamedAccount<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("id", Value::Text(self.0.id.as_str()));
        field("name", Value::Text(self.0.name.as_str()));
    }
}

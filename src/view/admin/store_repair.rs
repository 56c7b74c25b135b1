//! The result of `store repair`.

use crate::{
    domain::credential::Credential,
    ops::admin::repair::RepairReport,
    render::{Record, Value},
};

/// The names of all fields, in order.
pub const STORE_REPAIR_FIELDS: &[&str] = &[
    "schema",
    "revoked",
    "deleted",
    "apps",
    "accounts",
    "districts",
    "objects",
    "names",
    "counters",
    "messages",
    "sums",
    "verifies",
    "problems",
    "dry_run",
];

/// The result of `store repair`.
pub struct StoreRepairView<'a> {
    report: &'a RepairReport,
    revoked: Vec<String>,
    deleted: Vec<String>,
    is_dry_run: bool,
}

impl<'a> StoreRepairView<'a> {
    /// Creates the view of a repair, or of one that a dry run did not make.
    pub fn new(report: &'a RepairReport, is_dry_run: bool) -> Self {
        let (deleted, revoked): (Vec<_>, Vec<_>) =
            report.revoked.iter().partition(|one| one.deleted.is_some());
        let ids = |all: Vec<&Credential>| all.into_iter().map(|one| one.id.to_string()).collect();
        Self { report, revoked: ids(revoked), deleted: ids(deleted), is_dry_run }
    }
}

impl Record for StoreRepairView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let RepairReport {
            apps, accounts, districts, names, counters, messages, sums, issues, ..
        } = self.report;
        field("schema", Value::Text("gatepass.store-repair/v1"));
        field("revoked", texts(self.revoked.iter().map(String::as_str)));
        field("deleted", texts(self.deleted.iter().map(String::as_str)));
        field("apps", texts(apps.iter().map(|app| app.id.as_str())));
        field("accounts", texts(accounts.iter().map(|account| account.id.as_str())));
        field("districts", texts(districts.iter().map(|district| district.id.as_str())));
        field("objects", texts(self.report.objects.iter().map(String::as_str)));
        field("names", count(*names));
        field("counters", count(*counters));
        field("messages", count(*messages));
        field("sums", texts(sums.iter().copied()));
        field("verifies", Value::Bool(issues.is_empty()));
        field("problems", texts(issues.iter().map(|issue| issue.0.as_str())));
        field("dry_run", Value::Bool(self.is_dry_run));
    }
}

fn texts<'a>(all: impl Iterator<Item = &'a str>) -> Value<'a> {
    Value::List(all.map(Value::Text).collect())
}

fn count<'a>(count: usize) -> Value<'a> {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

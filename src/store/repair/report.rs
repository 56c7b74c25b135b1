//! What a repair did.

use crate::{
    domain::{
        credential::Credential,
        directory::{account::Account, app::App, district::District},
    },
    store::integrity::issue::IntegrityIssue,
};

/// What a repair did, and what it could not do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepairReport {
    /// Credentials that were changed or replaced by an older version, and are revoked now, or deleted if they were.
    pub revoked: Vec<Credential>,
    /// Apps that were changed or replaced by an older version. They have no client secret and no webhook now.
    pub apps: Vec<App>,
    /// Accounts that are again as the audit log says.
    pub accounts: Vec<Account>,
    /// Districts that are again as the audit log says.
    pub districts: Vec<District>,
    /// The triggers, views, tables and indexes that were removed or created again, one sentence each.
    pub objects: Vec<String>,
    /// The number of unique names that were set or removed.
    pub names: usize,
    /// The number of counters that were set.
    pub counters: usize,
    /// The number of messages that were removed.
    pub messages: usize,
    /// The rows whose sum was wrong, such as `credentials`: some were removed, added, changed or replaced by older ones.
    pub sums: Vec<&'static str>,
    /// What is still wrong.
    pub issues: Vec<IntegrityIssue>,
}

impl RepairReport {
    /// Returns the fields of the audit record about the repair.
    pub(super) fn audit_fields(&self) -> String {
        let Self { revoked, apps, accounts, districts, names, counters, messages, .. } = self;
        format!(
            "{{\"credentials\":{},\"apps\":{},\"accounts\":{},\"districts\":{},\"names\":{names},\"counters\":{counters},\"messages\":{messages}}}",
            revoked.len(),
            apps.len(),
            accounts.len(),
            districts.len(),
        )
    }

    /// Returns whether there was nothing to repair.
    pub fn is_empty(&self) -> bool {
        *self == Self { issues: self.issues.clone(), ..Self::default() }
    }
}

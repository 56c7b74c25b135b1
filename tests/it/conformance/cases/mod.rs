//! What every backend must do. `every_case.rs` lists the cases.

pub(super) mod apps_and_districts;
pub(super) mod audit_log;
pub(super) mod expiry;
pub(super) mod init;
pub(super) mod lookups;
pub(super) mod messages;
pub(super) mod scans;
pub(super) mod secrets;
pub(super) mod tampering;
pub(super) mod tokens;
pub(super) mod transactions;
pub(super) mod unique_names;
pub(super) mod usage;
pub(super) mod values;
pub(super) mod writes;

//! Transactions: reads that verify each row, and writes that add MACs and audit records.

mod app_credentials;
pub(super) mod audit;
mod commit_doubt;
mod counters;
mod credentials;
pub(super) mod directory;
pub(super) mod ensure;
pub(super) mod messages;
mod names;
mod pending;
mod scan;
pub(super) mod store;
pub(super) mod transaction;
pub(super) mod usage;

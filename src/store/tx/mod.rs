//! Transactions: reads that verify each row, and writes that add MACs and audit records.

mod app_credentials;
pub(super) mod audit;
mod counters;
mod credentials;
pub(super) mod directory;
pub(super) mod ensure;
pub(super) mod messages;
mod names;
mod scan;
mod seen_seqs;
pub(super) mod store;
pub(super) mod transaction;
pub(super) mod usage;

//! Transactions: verified reads, and writes with their audit records.

pub(super) mod audit;
pub(super) mod credentials;
pub(super) mod directory;
pub(super) mod messages;
pub(super) mod names;
pub(super) mod scan;
pub(super) mod seen_seqs;
pub(super) mod tokens;
pub(super) mod transaction;
pub(super) mod usage;

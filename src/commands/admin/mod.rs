//! Administration: accounts, audit log, master key, integrity checks.

pub(super) mod account;
pub(super) mod audit;
pub(super) mod doctor;
pub(super) mod key;

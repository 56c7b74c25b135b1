//! Administration: accounts, audit log, master key, integrity checks, status.

pub(super) mod account;
pub(super) mod audit;
pub(super) mod doctor;
pub(super) mod key;
pub(super) mod status;

//! Accounts, apps and districts.

pub(super) mod account;
pub(super) mod app;
pub(super) mod connect;
pub(super) mod district;
mod references;

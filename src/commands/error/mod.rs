//! Errors of the command line: message, hint, code and exit code.

pub(crate) mod account;
pub(crate) mod app_or_district;
pub(crate) mod credential;
pub(crate) mod legacy;
pub(super) mod report;

//! Use cases for apps, districts and legacy keys.

pub mod client;
pub mod connect;
pub(super) mod delete_checks;
pub mod district;
pub mod legacy;
pub mod legacy_report;
pub mod registration;
pub mod summary;
pub mod webhook;

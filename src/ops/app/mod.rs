//! Use cases for apps, districts and legacy keys.

pub mod client;
pub mod client_secret;
pub mod connect;
pub(super) mod delete_checks;
pub mod district;
pub mod legacy_key;
pub mod legacy_policy;
pub mod legacy_report;
pub mod registration;
pub mod summary;
pub mod webhook;

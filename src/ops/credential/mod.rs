//! Use cases that create and change credentials.

pub mod changed;
pub mod confirm;
pub mod create;
pub mod delete;
pub mod edit;
pub mod grant_app;
pub mod grant_user;
pub mod issue;
pub mod overlap;
pub mod pickup;
pub mod reset;
pub mod revoke;
pub(super) mod rules;
pub mod usage;

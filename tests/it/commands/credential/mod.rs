//! Commands about credentials.

mod check;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod edit;
pub(super) mod grant_app;
pub(super) mod grant_user;
mod import;
pub(super) mod list;
mod narrowing;
pub(super) mod overlap;
pub(super) mod reset;
pub(super) mod reset_delivery;
pub(super) mod revoke;
pub(super) mod show;
pub(super) mod tokens;

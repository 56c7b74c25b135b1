//! Use cases that create, change and end credentials.

pub mod create;
pub mod delete;
pub mod edit;
pub mod grant_app;
pub mod grant_user;
pub mod overlap;
pub mod pickup;
pub mod reset;
pub mod revoke;
pub mod usage;

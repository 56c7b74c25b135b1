//! The endpoints for client programs of apps: tokens and introspection.

pub(super) mod client_api;
pub(super) mod introspect;

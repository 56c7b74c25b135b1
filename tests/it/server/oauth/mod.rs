//! The endpoints for client programs of apps.

pub(super) mod client_requests;
pub(super) mod introspection;
pub(super) mod openapi;
pub(super) mod tokens;

//! The endpoints for programs of apps: tokens and introspection.

pub(super) mod client_api;
pub(super) mod introspect;
pub(super) mod openapi;
pub(super) mod token_info;
mod token_list;

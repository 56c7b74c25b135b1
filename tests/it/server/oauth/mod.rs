//! The endpoints for the client programs of apps.

mod authentication;
mod client_requests;
mod introspection;
mod openapi;
mod token_list;
mod token_reset;

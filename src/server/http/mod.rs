//! HTTP: listeners, connections, requests, routes and responses.

pub(super) mod accept;
pub(super) mod body;
pub(super) mod caller;
pub(super) mod connection_limit;
pub(super) mod connection_timer;
pub(super) mod connections;
pub(super) mod error_style;
pub(super) mod handler;
pub(super) mod headers;
pub(super) mod listener;
pub(super) mod request_context;
pub(super) mod response;
pub(super) mod route;

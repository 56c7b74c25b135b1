//! HTTP: listeners, connections, requests and responses.

pub(super) mod caller;
pub(super) mod connection_timer;
pub(super) mod connections;
pub(super) mod headers;
pub mod listener;
pub(super) mod response;

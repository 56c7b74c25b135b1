//! Webhooks: signed HTTP requests (Standard Webhooks).

pub mod http;
pub(crate) mod resolve;
pub mod sign;

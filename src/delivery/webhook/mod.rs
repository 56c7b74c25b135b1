//! Webhooks: signed HTTP requests, as Standard Webhooks 1.0.0 defines them.

pub mod http;
mod resolve;
pub mod sign;

//! The integration tests: one binary, which runs gatepass in process unless the kernel matters.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod attacks;
mod commands;
mod conformance;
mod consistency;
mod lost_connections;
mod model;
mod outbox;
mod process;
mod proxies;
mod security;
mod server;
mod store;
mod support;
mod terminal;
mod tour;

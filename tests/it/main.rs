//! The integration tests: one binary, in process wherever the kernel does not matter.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod bad_input;
mod commands;
mod conformance;
mod consistency;
mod fuzz;
mod model;
mod outbox;
mod process;
mod proxies;
mod security;
mod server;
mod store;
mod support;
mod tour;
mod usage;

//! The integration tests: one binary, in process wherever the kernel does not matter.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod bad_input;
mod canary;
mod commands;
mod completions;
mod conformance;
mod fuzz;
mod generated;
mod layers;
mod model;
mod outbox;
mod pickup;
mod process;
mod proxies;
mod released;
mod schema;
mod schemas;
mod server;
mod sharing;
mod support;
mod tour;
mod uses;
mod webhook;

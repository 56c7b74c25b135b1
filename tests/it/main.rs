//! The integration tests: one binary, in process wherever the kernel does not matter.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod bad_input;
mod canary;
mod commands;
mod conformance;
mod layers;
mod schema;
mod support;

//! Integration tests: one binary, one module for each subject.

#![allow(clippy::unwrap_used, reason = "what can't be is a failure of the test, helpers included")]

mod conformance;
mod layers;
mod schema;
mod support;

//! Runs the server.

pub(super) mod worker;

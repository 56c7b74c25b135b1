//! Builds and runs the gate: its threads, and the router that leads each request to its handler.

mod build;
mod context;
mod control;
mod handlers;
pub(super) mod parts;
mod response_future;
mod router;
pub(super) mod run;
mod signals;
mod threads;
mod worker;

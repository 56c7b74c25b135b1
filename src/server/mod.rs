//! The gate: the authorization server that proxies query.
//!
//! Its threads:
//!
//! - Workers answer requests from memory, one thread for each core.
//! - The cache updater keeps that memory up to date with the store.
//! - The store lookup reads from the store what the cache can't answer.
//! - The client API worker runs the requests of apps, which may change the store.
//! - The webhook dispatcher sends messages to apps.
//! - The usage writer records which credentials were used, and ends overlaps.
//! - Control handles signals, health and metrics.
//! - The log writer runs on the calling thread.

mod cache;
mod decision;
mod gate;
mod http;
mod log;
mod oauth;
mod observe;
mod shutdown;
mod store_handle;
mod tasks;
mod unavailable;

pub use decision::reason_table::{ReasonRow, reason_rows};
pub use gate::{
    parts::{Gate, ReloadPolicy, ServicePhase},
    run::serve,
};
pub use http::{
    headers::{HEADERS, Header},
    listener::Listener,
};
pub use store_handle::OpenStore;

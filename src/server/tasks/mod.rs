//! Background threads that write to the store.

pub(super) mod client_api_worker;
pub(super) mod client_request;
pub(super) mod context;
pub(super) mod first_use;
mod reset_counts;
pub(super) mod usage;
pub(super) mod usage_writer;
pub(super) mod webhook_dispatcher;

//! Background threads that write to the store.

pub(super) mod client_api_worker;
pub(super) mod usage;
pub(super) mod webhook_dispatcher;

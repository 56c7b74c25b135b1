//! Start, reload, stop, and what may go wrong in between.

pub(super) mod freshness;
pub(super) mod hostile_clients;
pub(super) mod listening;
pub(super) mod service_manager;
pub(super) mod start_stop;
pub(super) mod store_failures;

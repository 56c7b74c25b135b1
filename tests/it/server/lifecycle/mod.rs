//! Starting, reloading and stopping a gate, and what may go wrong in between.

mod freshness;
mod hostile_clients;
mod listening;
mod scheduling;
mod service_manager;
mod start_stop;
mod store_failures;

//! Guarantees that must hold in any sequence of events.

mod debug_output;
mod memory;
mod pickup;
mod secret_leaks;
mod secret_scenarios;
mod token_isolation;
mod token_model;

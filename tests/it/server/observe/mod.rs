//! The log, and the listener for health and metrics.

mod log;
mod metrics;

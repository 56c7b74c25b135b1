//! The log, the audit log, and the listener for health and metrics.

mod audit_log;
mod log;
mod metrics;

//! Counters, metrics and health.

pub(super) mod cache_monitor;
pub(super) mod counters;
mod credential_counts;
pub(super) mod health;
pub(super) mod metrics;
pub(super) mod outbox_gauges;

//! Counters, metrics and health.

pub(super) mod counters;
pub(super) mod health;
pub(super) mod metrics;

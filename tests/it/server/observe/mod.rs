//! Log and metrics.

pub(super) mod log;
pub(super) mod metrics;

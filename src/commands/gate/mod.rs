//! The gate: running it, and configuring a proxy for it.

pub(super) mod proxy_config;
pub(super) mod serve;

//! The gate: running it, and configuring a proxy for it.

mod listeners;
pub(super) mod proxy_config;
pub(super) mod serve;

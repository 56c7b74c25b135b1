//! The gate as its callers, its proxies and its admins meet it: `gatepass serve` as a process.

mod agreement;
mod cast;
mod freshness;
mod introspect;
mod life;
mod listening;
mod log;
mod ops;
mod refusals;
mod service;
mod torture;
mod trouble;
mod wire;

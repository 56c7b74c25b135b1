//! The gate as its callers, its proxies and its admins meet it: `gatepass serve` as a process.

mod agreement;
mod campus;
mod cast;
mod errands;
mod freshness;
mod introspect;
mod legacy;
mod life;
mod limits;
mod listening;
mod log;
mod oauth;
mod openapi;
mod ops;
mod refusals;
mod service;
mod sunset;
mod tokens;
mod torture;
mod trouble;
mod wire;

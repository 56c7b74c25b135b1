//! The gate as its callers, its proxies and its admins meet it: `gatepass serve` as a process.

mod apps_fixture;
mod decision;
mod gate_fixture;
mod legacy_sunset;
mod lifecycle;
mod oauth;
mod observe;

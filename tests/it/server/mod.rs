//! `gatepass serve` as a process, as callers, proxies and admins see it.

mod apps_fixture;
mod decision;
mod gate_fixture;
mod legacy_sunset;
mod lifecycle;
mod oauth;
mod observe;
mod snapshot;

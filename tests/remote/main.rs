//! gatepass on a store behind a network that is slow and loses connections, run by an operator who knows what to do about
//! that.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test sets up this program by its environment, and a panic makes it fail"
)]

#[path = "../it/conformance/remote/backend.rs"]
mod backend;
#[path = "../it/conformance/remote/driver.rs"]
mod driver;
#[allow(dead_code, reason = "the tests of backends use the rest")]
#[path = "../it/conformance/remote/faults.rs"]
mod faults;
#[allow(dead_code, reason = "the tests of backends use the rest")]
#[path = "../it/conformance/remote/network.rs"]
mod network;
mod operator;
mod output;
mod setup;
#[path = "../it/conformance/remote/tables.rs"]
mod tables;

use std::process::ExitCode;

use gatepass::host;

use operator::Operator;
use setup::Setup;

fn main() -> anyhow::Result<ExitCode> {
    let setup = Setup::from_env();
    let exit = host::with_real_host(|arguments, host| Operator::new(setup, arguments).run(host))?;
    Ok(ExitCode::from(exit.code()))
}

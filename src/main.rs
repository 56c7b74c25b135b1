//! The program: builds the real host, runs, exits. An error here means that the program could not start.

use std::process::ExitCode;

use gatepass::{host, run};

fn main() -> anyhow::Result<ExitCode> {
    let exit = host::with_real_host(|arguments, host| run(&arguments, host))?;
    Ok(ExitCode::from(exit.code()))
}

//! The program: builds the real host, runs, exits.

use std::process::ExitCode;

use gatepass::{host, run};

fn main() -> ExitCode {
    let exit = host::with_real_host(|arguments, host| run(&arguments, host));
    ExitCode::from(exit.code())
}

//! The program: builds the real host, runs, exits. An error here means that the program could not start.

use std::{alloc::System, process::ExitCode};

use gatepass::{host, run};
use zeroizing_alloc::ZeroAlloc;

/// Wipes memory when it is freed: secrets pass through buffers of other libraries, such as those that write CSV.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> anyhow::Result<ExitCode> {
    let exit = host::with_real_host(|arguments, host| run(&arguments, host))?;
    Ok(ExitCode::from(exit.code()))
}

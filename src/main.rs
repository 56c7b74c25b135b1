//! The program: builds the real host, runs, exits. An error here means that the program could not start.

use std::{mem::ManuallyDrop, process::ExitCode};

use gatepass::{command_tree, host, run};

fn main() -> anyhow::Result<ExitCode> {
    let exit = host::with_real_host(|arguments, host| {
        let mut tree = ManuallyDrop::new(command_tree());
        run(&mut tree, &arguments, host)
    })?;
    Ok(ExitCode::from(exit.code()))
}

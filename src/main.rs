//! The program: builds the real host, runs, exits.

use std::{mem::ManuallyDrop, process::ExitCode};

use gatepass::{command_tree, host, run};

fn main() -> ExitCode {
    let exit = host::with_real_host(|arguments, host| {
        let mut tree = ManuallyDrop::new(command_tree());
        run(&mut tree, &arguments, host)
    });
    ExitCode::from(exit.code())
}

//! The program: builds the real host, runs, exits.

use std::{mem::ManuallyDrop, process::ExitCode};

use gatepass::{host, run, tree};

fn main() -> ExitCode {
    let exit = host::with_real_host(|arguments, host| {
        let mut tree = ManuallyDrop::new(tree());
        run(&mut tree, &arguments, host)
    });
    ExitCode::from(exit.code())
}

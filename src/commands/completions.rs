//! `completions`

use clap::{Args as ClapArgs, CommandFactory};
use clap_complete::Shell;

use super::{Args, Session};
use crate::exit::Exit;

/// Prints a completion script for a shell.
///
/// It completes subcommands and flags, and the names of credentials where one belongs.
#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.put(script(args.shell).as_bytes())?;
    Ok(Exit::Done)
}

/// The script for a shell.
pub fn script(shell: Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "gatepass", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

//! `completions`

use clap::{Args, Command};
use clap_complete::Shell;

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// Print a completion script for a shell
///
/// The script completes subcommands and flags. For bash, zsh and fish, it also completes values, such as the names of
/// credentials, apps and districts in the store.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Save the script for zsh
  $ gatepass completions zsh >_gatepass")]
pub struct CompletionsArgs {
    /// Shell
    shell: Shell,
}

/// Prints the script; `command` is the whole command line.
pub fn run(
    args: &CompletionsArgs,
    command: &mut Command,
    session: &mut Session<'_, '_>,
) -> Result<Exit, CommandError> {
    session.write_stdout(script(args.shell, command).as_bytes())?;
    Ok(Exit::Success)
}

/// Returns the script for a shell. Those for bash, zsh and fish ask gatepass at each completion; for the others, clap
/// generates one from `command`.
pub fn script(shell: Shell, command: &mut Command) -> String {
    match shell {
        Shell::Bash => include_str!("gatepass.bash").to_owned(),
        Shell::Zsh => include_str!("gatepass.zsh").to_owned(),
        Shell::Fish => include_str!("gatepass.fish").to_owned(),
        _ => {
            let mut script = Vec::new();
            clap_complete::generate(shell, command, "gatepass", &mut script);
            String::from_utf8_lossy(&script).into_owned()
        }
    }
}

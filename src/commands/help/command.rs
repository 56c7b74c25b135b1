//! `help`

use std::ffi::OsString;

use clap::Args;

/// The name of the subcommand.
pub const HELP: &str = "help";

/// Show the help of a command or a topic
///
/// The topics are options, references, formats, exit-codes, environment and files.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show how commands take credentials, apps and districts
  $ gatepass help references

  # Show the help of a command
  $ gatepass help app add")]
pub struct HelpArgs {
    /// Command or topic
    #[arg(value_name = "COMMAND")]
    pub words: Vec<OsString>,
}

//! `legacy`

use clap::{Args, Subcommand};

use super::{
    policy::{self, LegacyPolicyArgs},
    report::{self, LegacyReportArgs},
};
use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// Leads apps away from the keys that they had before there were tokens.
///
/// Such a key is imported with --legacy-key-file of app add or app edit, and opens all districts. Announce that these
/// keys end, limit them, then refuse them; the report tells who still depends on one.
#[derive(Debug, Args)]
pub struct LegacyArgs {
    #[command(subcommand)]
    command: LegacyCommand,
}

#[derive(Debug, Subcommand)]
enum LegacyCommand {
    Policy(LegacyPolicyArgs),
    Report(LegacyReportArgs),
}

pub fn run(args: &LegacyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        LegacyCommand::Policy(args) => policy::run(args, session),
        LegacyCommand::Report(args) => report::run(args, session),
    }
}

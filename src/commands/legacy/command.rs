//! `legacy`

use clap::{Args, Subcommand};

use super::{
    policy::{self, LegacyPolicyArgs},
    report::{self, LegacyReportArgs},
};
use crate::{
    commands::{
        args::subcommand::{Changes, Looks},
        error::CommandError,
        session::Session,
    },
    exit::Exit,
};

/// Phase out legacy API keys
///
/// A legacy key is an API key from before tokens. It covers everything that belongs to its app. Import it with
/// --legacy-key-file of app add or app edit. Then set a policy that announces the deprecation, limits legacy keys and
/// finally refuses them. The report lists the apps that still depend on one.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show the policy, and the apps that still depend on a legacy key
  $ gatepass legacy policy
  $ gatepass legacy report")]
pub struct LegacyArgs {
    #[command(subcommand)]
    command: LegacyCommand,
}

#[derive(Debug, Subcommand)]
enum LegacyCommand {
    Policy(Changes<LegacyPolicyArgs>),
    Report(Looks<LegacyReportArgs>),
}

pub fn run(args: &LegacyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        LegacyCommand::Policy(args) => policy::run(args, session),
        LegacyCommand::Report(args) => report::run(args, session),
    }
}

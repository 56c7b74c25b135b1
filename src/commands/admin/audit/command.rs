//! `audit`

use clap::{Args, Subcommand};

use super::{
    checkpoint::{self, AuditCheckpointArgs},
    list::{self, AuditListArgs},
    show::{self, AuditShowArgs},
    verify::{self, AuditVerifyArgs},
};
use crate::{
    commands::{args::subcommand::Looks, error::CommandError, session::Session},
    exit::Exit,
};

/// List, show and verify the audit log
///
/// The audit log has a record of every change. Each record is chained to the one before it and authenticated with the
/// master key.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List all changes
  $ gatepass audit list

  # Verify the whole audit log
  $ gatepass audit verify")]
pub struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// List changes, oldest first
    #[command(visible_alias = "ls")]
    List(Looks<AuditListArgs>),
    /// Show one record, or find out whether a change was made
    Show(Looks<AuditShowArgs>),
    /// Verify the whole audit log
    ///
    /// The error names the first record that fails.
    Verify(Looks<AuditVerifyArgs>),
    /// Print a checkpoint of the audit log, to keep elsewhere
    ///
    /// A checkpoint is one line, authenticated with the master key. audit verify --against proves later that the log
    /// still extends it, which an older copy of the store does not.
    Checkpoint(Looks<AuditCheckpointArgs>),
}

pub fn run(args: &AuditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        AuditCommand::List(args) => list::run(args, session),
        AuditCommand::Show(args) => show::run(args, session),
        AuditCommand::Verify(args) => verify::run(args, session),
        AuditCommand::Checkpoint(args) => checkpoint::run(args, session),
    }
}

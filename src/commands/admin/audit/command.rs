//! `audit`

use clap::{Args, Subcommand};

use super::{
    checkpoint,
    list::{self, AuditListArgs},
    verify::{self, AuditVerifyArgs},
};
use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// Lists and verifies the log of changes.
///
/// Each record is chained to the one before it and authenticated under the key.
#[derive(Debug, Args)]
pub struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Lists the changes, oldest first
    List(AuditListArgs),
    /// Verifies the whole log; names the first broken record
    Verify(AuditVerifyArgs),
    /// Prints where the log stands, as a sealed line to keep elsewhere
    Checkpoint,
}

pub fn run(args: &AuditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        AuditCommand::List(args) => list::run(args, session),
        AuditCommand::Verify(args) => verify::run(args, session),
        AuditCommand::Checkpoint => checkpoint::run(session),
    }
}

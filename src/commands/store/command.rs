//! `store`

use clap::{Args, Subcommand};

use super::migrate::{self, StoreMigrateArgs};
use crate::{
    commands::{args::subcommand::Changes, error::CommandError, session::Session},
    exit::Exit,
};

/// Migrate the store to the version that this gatepass requires
///
/// A new version of gatepass can require a new version of the store. All other commands leave an older store unchanged
/// and exit with 1.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Migrate the store after an upgrade of gatepass
  $ gatepass store migrate")]
pub struct StoreArgs {
    #[command(subcommand)]
    command: StoreCommand,
}

#[derive(Debug, Subcommand)]
enum StoreCommand {
    /// Migrate a store of an older version
    ///
    /// Checks the store like doctor and stops if it finds a problem. Keeps a copy of the old version beside the store,
    /// then migrates the store in one transaction. Does nothing if the store has the newest version.
    ///
    /// Stop all gates first: an older gate cannot read the migrated store, and nobody can write during the migration.
    Migrate(Changes<StoreMigrateArgs>),
}

pub fn run(args: &StoreArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        StoreCommand::Migrate(args) => migrate::run(args, session),
    }
}

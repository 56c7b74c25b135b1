//! `store`

use clap::{Args, Subcommand};

use super::{
    migrate::{self, StoreMigrateArgs},
    repair::{self, StoreRepairArgs},
};
use crate::{
    commands::{args::subcommand::Changes, error::CommandError, session::Session},
    exit::Exit,
};

/// Migrate the store to a new version, or repair it
///
/// A new version of gatepass can require a new version of the store. All other commands leave an older store unchanged
/// and exit with 1.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Migrate the store after an upgrade of gatepass
  $ gatepass store migrate

  # Show what a repair would change
  $ gatepass store repair --dry-run")]
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
    /// Repair a store that was changed outside gatepass
    ///
    /// Triggers, views, tables and indexes that do not belong to the store are removed, and missing indexes are created
    /// again. The audit log says how each record should be. Accounts and districts that differ from it are restored.
    /// Credentials that differ are revoked with the reason tampered. The log does not contain secrets, so gatepass
    /// cannot know whether those are the right ones. For the same reason, apps that differ lose their client secret and
    /// their webhook. Names and counters are set again. Messages that do not verify are removed.
    ///
    /// Problems that remain are listed, and the exit code is then 8. A row that is missing cannot be restored. If the
    /// audit log itself was changed, nothing can be repaired: restore a backup.
    Repair(Changes<StoreRepairArgs>),
}

pub fn run(args: &StoreArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        StoreCommand::Migrate(args) => migrate::run(args, session),
        StoreCommand::Repair(args) => repair::run(args, session),
    }
}

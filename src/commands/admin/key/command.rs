//! `key`

use clap::{Args, Subcommand};

use super::{
    export::{self, KeyExportArgs},
    import::{self, KeyImportArgs},
};
use crate::{
    commands::{args::subcommand::Changes, error::CommandError, session::Session},
    exit::Exit,
};

/// Back up and restore the master key
///
/// Without its key, a store cannot be read. Keep a copy of the key, but not in the same place as backups of the store.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Back up the master key
  $ gatepass key export --out master-key.backup")]
pub struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Copy the key to a new file or to stdout
    Export(Changes<KeyExportArgs>),
    /// Restore the key from a copy
    ///
    /// A key that does not belong to the store is refused, and an existing key file is never overwritten.
    Import(Changes<KeyImportArgs>),
}

pub fn run(args: &KeyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        KeyCommand::Export(args) => export::run(args, session),
        KeyCommand::Import(args) => import::run(args, session),
    }
}

//! `key`

use clap::{Args, Subcommand};

use super::{
    export::{self, KeyExportArgs},
    import::{self, KeyImportArgs},
};
use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// Copies the master key for escrow, and brings it back.
///
/// Without its key a store is worthless: nothing in it can be verified. Keep a copy where the store's copies are not.
#[derive(Debug, Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Copies the key, to a new file or to stdout
    Export(KeyExportArgs),
    /// Brings a copy back to where the key belongs
    Import(KeyImportArgs),
}

pub fn run(args: &KeyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        KeyCommand::Export(args) => export::run(args, session),
        KeyCommand::Import(args) => import::run(args, session),
    }
}

//! `district`

use clap::{Args, Subcommand};

use super::{
    add::{self, DistrictAddArgs},
    connect::{self, ConnectArgs},
    edit::{self, DistrictEditArgs},
    list::{self, DistrictListArgs},
    remove::{self, DistrictRemoveArgs},
    show::{self, DistrictShowArgs},
};
use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// Adds, lists, shows, changes, connects and removes districts.
///
/// A district decides which app sees what of it: each app that it lets in holds a token for it.
#[derive(Debug, Args)]
pub struct DistrictArgs {
    #[command(subcommand)]
    command: DistrictCommand,
}

#[derive(Debug, Subcommand)]
enum DistrictCommand {
    /// Adds a district
    Add(DistrictAddArgs),
    /// Lists districts
    List(DistrictListArgs),
    /// Shows one district
    Show(DistrictShowArgs),
    /// Changes a district; its id stays
    Edit(DistrictEditArgs),
    /// Removes a district; its name and external id are free again
    ///
    /// One with live tokens is removed only if they are to be revoked in the same transaction.
    Remove(DistrictRemoveArgs),
    Connect(ConnectArgs),
}

pub fn run(args: &DistrictArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        DistrictCommand::Add(args) => add::run(args, session),
        DistrictCommand::List(args) => list::run(args, session),
        DistrictCommand::Show(args) => show::run(args, session),
        DistrictCommand::Edit(args) => edit::run(args, session),
        DistrictCommand::Remove(args) => remove::run(args, session),
        DistrictCommand::Connect(args) => connect::run(args, session),
    }
}

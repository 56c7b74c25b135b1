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
    commands::{
        args::subcommand::{Changes, Looks},
        error::CommandError,
        session::Session,
    },
    exit::Exit,
};

/// Add, list, show, edit, connect and remove districts
///
/// A district decides which apps can use its data. Each of these apps has a token for the district.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Add a district and list all districts
  $ gatepass district add Ogdenville
  $ gatepass district list")]
pub struct DistrictArgs {
    #[command(subcommand)]
    command: DistrictCommand,
}

#[derive(Debug, Subcommand)]
enum DistrictCommand {
    /// Add a district
    #[command(visible_alias = "new")]
    Add(Changes<DistrictAddArgs>),
    /// List districts
    #[command(visible_alias = "ls")]
    List(Looks<DistrictListArgs>),
    /// Show a district
    Show(Looks<DistrictShowArgs>),
    /// Edit a district; its id stays the same
    Edit(Changes<DistrictEditArgs>),
    /// Remove a district; frees its name and external id
    ///
    /// A district with active tokens is removed only with --revoke-tokens.
    #[command(visible_alias = "rm")]
    Remove(Changes<DistrictRemoveArgs>),
    Connect(Changes<ConnectArgs>),
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

//! `district`

use clap::{Args, Subcommand};

use super::{Session, connect};
use crate::exit::Exit;

/// Shares what districts have with apps.
#[derive(Debug, Args)]
pub struct DistrictArgs {
    #[command(subcommand)]
    command: DistrictCommand,
}

#[derive(Debug, Subcommand)]
enum DistrictCommand {
    Connect(connect::ConnectArgs),
}

pub(super) fn run(args: &DistrictArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        DistrictCommand::Connect(args) => connect::run(args, session),
    }
}

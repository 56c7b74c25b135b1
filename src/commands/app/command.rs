//! `app`

use clap::{Args, Subcommand};

use super::{
    add::{self, AppAddArgs},
    edit::{self, AppEditArgs},
    list::{self, AppListArgs},
    remove::{self, AppRemoveArgs},
    reset::{self, AppResetArgs},
    show::{self, AppShowArgs},
};
use crate::{
    commands::{
        args::subcommand::{Changes, Looks},
        error::CommandError,
        session::Session,
    },
    exit::Exit,
};

/// Add, list, show, edit, reset and remove apps
///
/// An app is a program that another organization runs. It has one token for each district that shares data with it, and
/// can fetch its tokens with its client id and client secret.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Add an app and list all apps
  $ gatepass app add 'Math App'
  $ gatepass app list")]
pub struct AppArgs {
    #[command(subcommand)]
    command: AppCommand,
}

#[derive(Debug, Subcommand)]
enum AppCommand {
    /// Add an app; its client secret is shown once
    #[command(visible_alias = "new")]
    Add(Changes<AppAddArgs>),
    /// List apps
    #[command(visible_alias = "ls")]
    List(Looks<AppListArgs>),
    /// Show an app, but never its client secret
    Show(Looks<AppShowArgs>),
    /// Edit an app; its ids and client secret stay the same
    Edit(Changes<AppEditArgs>),
    /// Generate a new client secret, shown once
    ///
    /// The old client secret stops working immediately, unless --overlap keeps it valid, for at most 30 days.
    #[command(visible_alias = "rotate")]
    Reset(Changes<AppResetArgs>),
    /// Remove an app; frees its name
    ///
    /// An app with active tokens or an active legacy key is removed only with --revoke-tokens.
    #[command(visible_alias = "rm")]
    Remove(Changes<AppRemoveArgs>),
}

pub fn run(args: &AppArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        AppCommand::Add(args) => add::run(args, session),
        AppCommand::List(args) => list::run(args, session),
        AppCommand::Show(args) => show::run(args, session),
        AppCommand::Edit(args) => edit::run(args, session),
        AppCommand::Reset(args) => reset::run(args, session),
        AppCommand::Remove(args) => remove::run(args, session),
    }
}

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
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// Adds, lists, shows, changes, resets and removes apps.
///
/// An app is a program of somebody else. It holds one token for each district that shares something with it, and
/// authenticates with its client id and client secret where it asks for them.
#[derive(Debug, Args)]
pub struct AppArgs {
    #[command(subcommand)]
    command: AppCommand,
}

#[derive(Debug, Subcommand)]
enum AppCommand {
    /// Adds an app and shows its client secret once
    Add(AppAddArgs),
    /// Lists apps
    List(AppListArgs),
    /// Shows one app; never its client secret
    Show(AppShowArgs),
    /// Changes an app; its ids and its client secret stay
    Edit(AppEditArgs),
    /// Gives an app a new client secret, shown once
    ///
    /// The old one ends at once, unless --overlap lets it live on for a while: 30 days at most.
    Reset(AppResetArgs),
    /// Removes an app; its name is free again
    ///
    /// One with live tokens, or a live legacy key, is removed only if they are to be revoked in the same transaction.
    Remove(AppRemoveArgs),
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

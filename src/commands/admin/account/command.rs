//! `account`

use clap::{Args, Subcommand};

use super::{
    add::{self, AccountAddArgs},
    edit::{self, AccountEditArgs},
    list::{self, AccountListArgs},
    remove::{self, AccountRemoveArgs},
    show::{self, AccountShowArgs},
};
use crate::{
    commands::{
        args::subcommand::{Changes, Looks},
        error::CommandError,
        session::Session,
    },
    exit::Exit,
};

/// List, show, add, edit and remove accounts
///
/// A new store has one account. If there are several, commands that change something require --account.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List accounts
  $ gatepass account list

  # Refuse account passcodes, so that each caller is a named user
  $ gatepass account edit --require-user-passcode on")]
pub struct AccountArgs {
    #[command(subcommand)]
    command: AccountCommand,
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// List accounts
    #[command(visible_alias = "ls")]
    List(Looks<AccountListArgs>),
    /// Show an account
    Show(Looks<AccountShowArgs>),
    /// Add an account
    #[command(visible_alias = "new")]
    Add(Changes<AccountAddArgs>),
    /// Edit an account; its Account ID stays the same
    Edit(Changes<AccountEditArgs>),
    /// Remove an empty account
    #[command(visible_alias = "rm")]
    Remove(Changes<AccountRemoveArgs>),
}

pub fn run(args: &AccountArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        AccountCommand::List(args) => list::run(args, session),
        AccountCommand::Show(args) => show::run(args, session),
        AccountCommand::Add(args) => add::run(args, session),
        AccountCommand::Edit(args) => edit::run(args, session),
        AccountCommand::Remove(args) => remove::run(args, session),
    }
}

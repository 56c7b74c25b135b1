//! `account`

use clap::{Args, Subcommand};

use super::{
    add::{self, AccountAddArgs},
    edit::{self, AccountEditArgs},
    list,
    show::{self, AccountShowArgs},
};
use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
};

/// Lists, shows, adds and changes accounts.
///
/// A new store has one account. With several, commands that change something need --account.
#[derive(Debug, Args)]
pub struct AccountArgs {
    #[command(subcommand)]
    command: AccountCommand,
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// Lists the accounts
    List,
    /// Shows one account
    Show(AccountShowArgs),
    /// Adds an account
    Add(AccountAddArgs),
    /// Changes an account
    Edit(AccountEditArgs),
}

pub fn run(args: &AccountArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        AccountCommand::List => list::run(session),
        AccountCommand::Show(args) => show::run(args, session),
        AccountCommand::Add(args) => add::run(args, session),
        AccountCommand::Edit(args) => edit::run(args, session),
    }
}

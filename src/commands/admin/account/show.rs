//! `account show`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    domain::directory::{account::Account, reference::Reference},
    exit::Exit,
    ops::{AccountError, OpError},
    view::{AccountView, DryRun},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show the only account
  $ gatepass account show

  # Print only the Account ID
  $ gatepass account show --field id")]
pub struct AccountShowArgs {
    /// Account ID or name; required if there is more than one account
    #[arg(value_name = "ACCOUNT", value_parser = Reference::parse)]
    reference: Option<Reference>,
}

pub fn run(args: &AccountShowArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    args.reference.iter().for_each(|reference| session.use_account(reference));
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let mut accounts = read.accounts(session.account)?;
    let all = accounts.iter().map(|account| account.id).collect();
    match (accounts.pop(), accounts.is_empty()) {
        (Some(account), true) => {
            let slots_taken = read.tx.count_used_slots(account.key)?;
            show_account(session, &account, slots_taken, DryRun::No)?;
            Ok(Exit::Success)
        }
        _ => Err(OpError::from(AccountError::AccountRequired(all)).into()),
    }
}

/// Shows an account; `slots_taken` is the number of its passcodes that are not deleted.
///
/// # Errors
/// When the output can't be written.
pub fn show_account(
    session: &mut Session<'_, '_>,
    account: &Account,
    slots_taken: i64,
    dry_run: DryRun,
) -> Result<(), CommandError> {
    let view = AccountView { account, slots_taken, dry_run };
    session.show(&view, &view.details())
}

//! `account list`

use clap::Args;

use crate::{
    commands::{args::list::columns::ListColumns, error::CommandError, session::Session},
    exit::Exit,
    render::ListWriter,
    view::{AccountListSummary, AccountView, DryRun},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List accounts
  $ gatepass account list")]
pub struct AccountListArgs {
    #[command(flatten)]
    columns: ListColumns,
}

pub fn run(args: &AccountListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let style = args.columns.style(session)?;
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let mut writer = ListWriter::<AccountView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.accounts/v1",
        read.now.rfc3339_bytes(),
    )?;
    for account in &accounts {
        let slots_taken = read.tx.count_used_slots(account.key)?;
        writer.row(&AccountView { account, slots_taken, dry_run: DryRun::No })?;
    }
    let fit = writer.finish(&AccountListSummary { count: accounts.len() as i64 })?;
    session.end_list(&fit)?;
    Ok(Exit::Success)
}

//! `district list`

use std::ops::ControlFlow;

use clap::Args;

use crate::{
    commands::{args::list::columns::ListColumns, error::CommandError, session::Session},
    exit::Exit,
    ops::{AppOrDistrict, OpError},
    render::{Format, ListWriter, Shape},
    view::{ACCOUNT_COLUMN, DirectoryListSummary, DistrictView, DryRun},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List all districts as JSON
  $ gatepass district list --json")]
pub struct DistrictListArgs {
    /// Include removed ones
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    columns: ListColumns,
}

pub fn run(args: &DistrictListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let style = args.columns.style(session)?;
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let mut writer = ListWriter::<DistrictView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.districts/v1",
        read.now.rfc3339_bytes(),
    )?
    .hide(ACCOUNT_COLUMN, accounts.len() == 1);
    let mut listed = DirectoryListSummary::default();
    read.tx.scan_districts(|district| {
        let account = accounts.iter().find(|account| account.key == district.account);
        if let Some(account) = account
            && listed.count(district.removed.is_some(), args.all)
        {
            let view = DistrictView { district: &district, account, dry_run: DryRun::No };
            writer.row(&view).map_err(OpError::Output)?;
        }
        Ok::<_, OpError>(ControlFlow::Continue(()))
    })?;
    let fit = writer.finish(&listed)?;
    session.end_list(&fit)?;
    if style.shape == Shape::Rows(Format::Table) {
        session.message(&listed.text(AppOrDistrict::District))?;
    }
    Ok(Exit::Success)
}

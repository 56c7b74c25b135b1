//! `district list`

use std::ops::ControlFlow;

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
    ops::{AppOrDistrict, OpError, context::account_id},
    render::{Format, ListWriter, Shape},
    store::Mode,
    view::{DirectoryListSummary, DistrictView, DryRun},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List all districts as JSON
  $ gatepass district list --json")]
pub struct DistrictListArgs {
    /// Include removed ones
    #[arg(long)]
    all: bool,
}

pub fn run(args: &DistrictListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let style = session.style();
    let mut writer = ListWriter::<DistrictView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.districts/v1",
        read.now.rfc3339_bytes(),
    )?;
    let mut listed = DirectoryListSummary::default();
    read.tx.scan_districts(|district| {
        if let Some(account) = account_id(&accounts, district.account)
            && listed.count(district.removed.is_some(), args.all)
        {
            let view = DistrictView { district: &district, account, dry_run: DryRun::No };
            writer.row(&view).map_err(OpError::Output)?;
        }
        Ok::<_, OpError>(ControlFlow::Continue(()))
    })?;
    writer.finish(&listed)?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        session.message(&listed.text(AppOrDistrict::District))?;
    }
    Ok(Exit::Success)
}

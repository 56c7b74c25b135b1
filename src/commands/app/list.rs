//! `app list`

use clap::Args;

use crate::{
    commands::{args::list::columns::ListColumns, error::CommandError, session::Session},
    exit::Exit,
    ops::{AppOrDistrict, app::summary::AppSummary},
    render::{Format, ListWriter, Shape},
    view::{ACCOUNT_COLUMN, APP_FIELDS, AppView, DirectoryListSummary},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List all apps, including removed ones
  $ gatepass app list --all")]
pub struct AppListArgs {
    /// Include removed ones
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    columns: ListColumns,
}

pub fn run(args: &AppListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(APP_FIELDS)?;
    let style = args.columns.style(session)?;
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let mut writer = ListWriter::<AppView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.apps/v1",
        read.now.rfc3339_bytes(),
    )?
    .hide(ACCOUNT_COLUMN, accounts.len() == 1);
    let mut listed = DirectoryListSummary::default();
    for app in read.tx.apps()?.iter() {
        let account = accounts.iter().find(|account| account.key == app.account);
        let Some(account) = account else { continue };
        if listed.count(app.removed.is_some(), args.all) {
            let summary = AppSummary::load(&mut read.tx, app)?;
            writer.row(&AppView::new(app, &summary, account, read.now))?;
        }
    }
    let fit = writer.finish(&listed)?;
    session.end_list(&fit)?;
    if style.shape == Shape::Rows(Format::Table) {
        session.message(&listed.text(AppOrDistrict::App))?;
    }
    Ok(Exit::Success)
}

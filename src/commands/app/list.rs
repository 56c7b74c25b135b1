//! `app list`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
    ops::{AppOrDistrict, app::summary::AppSummary, context::account_id},
    render::{Format, ListWriter, Shape},
    store::Mode,
    view::{APP_FIELDS, AppView, DirectoryListSummary},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List all apps, including removed ones
  $ gatepass app list --all")]
pub struct AppListArgs {
    /// Include removed ones
    #[arg(long)]
    all: bool,
}

pub fn run(args: &AppListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(APP_FIELDS)?;
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let style = session.style();
    let mut writer = ListWriter::<AppView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.apps/v1",
        read.now.rfc3339_bytes(),
    )?;
    let mut listed = DirectoryListSummary::default();
    for app in read.tx.apps()?.iter() {
        let Some(account) = account_id(&accounts, app.account) else { continue };
        if listed.count(app.removed.is_some(), args.all) {
            let summary = AppSummary::load(&mut read.tx, app)?;
            writer.row(&AppView::new(app, &summary, account, read.now))?;
        }
    }
    writer.finish(&listed)?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        session.message(&listed.text(AppOrDistrict::App))?;
    }
    Ok(Exit::Success)
}

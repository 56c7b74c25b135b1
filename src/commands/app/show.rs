//! `app show`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    domain::directory::reference::Reference,
    exit::Exit,
    ops::{
        app::summary::AppSummary,
        query::{resolve::PartialIds, resolve_directory::resolve_app},
    },
    view::AppView,
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show an app
  $ gatepass app show 'Reading App'

  # Print only its client id
  $ gatepass app show 'Reading App' --field client_id")]
pub struct AppShowArgs {
    /// Id, client id or name
    ///
    /// The beginning of an id is enough if no other id begins with it.
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
}

pub fn run(args: &AppShowArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let app = resolve_app(&mut read.tx, &accounts, &args.reference, PartialIds::Allowed)?;
    let summary = AppSummary::load(&mut read.tx, &app)?;
    if let Some(account) = accounts.iter().find(|account| account.key == app.account) {
        let view = AppView::new(&app, &summary, account, read.now);
        session.show(&view, &view.details())?;
    }
    Ok(Exit::Success)
}

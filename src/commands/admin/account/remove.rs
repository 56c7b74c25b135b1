//! `account remove`

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Removal, Session},
    },
    domain::directory::reference::Reference,
    exit::Exit,
    ops::{DisplayNames, OpContext, admin::account::remove},
    render::Row,
    store::Mode,
    view::AccountView,
};

/// Remove an empty account
///
/// An account is empty if its credentials were deleted and its apps and districts were removed. The only account of a
/// store can't be removed.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Remove an account that was added by mistake
  $ gatepass account remove Staging")]
pub struct AccountRemoveArgs {
    /// Account ID or name
    #[arg(value_name = "ACCOUNT", value_parser = Reference::parse)]
    reference: Reference,
}

pub fn run(args: &AccountRemoveArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(AccountView::names())?;
    session.use_account(&args.reference);
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    if session.needs_confirmation() {
        let preview = remove(&OpContext { dry_run: true, ..context })?;
        let (name, id) = (preview.name.as_str(), &preview.id);
        let removal = Removal { noun: "account", name, id, revoked: &[] };
        removal.confirm(session, &DisplayNames::default())?;
    }
    let removed = remove(&context)?;
    let (name, id) = (removed.name.as_str(), &removed.id);
    let removal = Removal { noun: "account", name, id, revoked: &[] };
    let view = AccountView { account: &removed, slots_taken: 0, dry_run: session.dry_run(false) };
    removal.report(session, &view, &view.details())?;
    Ok(Exit::Success)
}

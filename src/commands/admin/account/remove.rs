//! `account remove`

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Removal, Session},
    },
    domain::directory::reference::Reference,
    exit::Exit,
    ops::{
        DisplayNames, OpContext,
        admin::account::{RemovedAccount, remove},
    },
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
        removal(&preview).confirm(session, &DisplayNames::default())?;
    }
    let removed = remove(&context)?;
    let (account, dry_run) = (&removed.account, session.dry_run(false));
    let view = AccountView { account, slots_taken: 0, dry_run };
    removal(&removed).report(session, &view, &view.details())?;
    Ok(Exit::Success)
}

fn removal(RemovedAccount { account, removed_before }: &RemovedAccount) -> Removal<'_> {
    Removal {
        noun: "account",
        name: account.name.as_str(),
        id: &account.id,
        revoked: &[],
        removed_before: removed_before.as_ref(),
    }
}

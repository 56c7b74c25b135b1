//! `app remove`

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Removal, Session},
    },
    domain::directory::reference::Reference,
    exit::Exit,
    ops::{OpContext, app::registration::remove},
    store::Mode,
    view::{APP_FIELDS, AppView},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Remove an app and revoke its tokens
  $ gatepass app remove 'Reading App' --revoke-tokens")]
pub struct AppRemoveArgs {
    /// Id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// Also revoke its active tokens and legacy key
    ///
    /// This happens in the same transaction.
    #[arg(long)]
    revoke_tokens: bool,
}

pub fn run(args: &AppRemoveArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(APP_FIELDS)?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let mut reference = args.reference.clone();
    if session.needs_confirmation() {
        let preview =
            remove(&OpContext { dry_run: true, ..context }, &reference, args.revoke_tokens)?;
        let (name, id) = (preview.app.name.as_str(), preview.app.id);
        let removal = Removal {
            noun: "app",
            name,
            id: &id,
            revoked: &preview.revoked,
            removed_before: preview.removed_before.as_ref(),
        };
        removal.confirm(session, &preview.names)?;
        reference = Reference::from_object_id(id);
    }
    let removed = remove(&context, &reference, args.revoke_tokens)?;
    let (name, id) = (removed.app.name.as_str(), removed.app.id);
    let removal = Removal {
        noun: "app",
        name,
        id: &id,
        revoked: &removed.revoked,
        removed_before: removed.removed_before.as_ref(),
    };
    let view = AppView::new(&removed.app, &removed.summary, &removed.account, removed.at)
        .in_dry_run(session.dry_run(false));
    removal.report(session, &view, &view.details())?;
    Ok(Exit::Success)
}

//! `district remove`

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Removal, Session},
    },
    domain::directory::reference::Reference,
    exit::Exit,
    ops::{OpContext, app::district::remove},
    render::Row,
    store::Mode,
    view::DistrictView,
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Remove a district and revoke its tokens
  $ gatepass district remove Springfield --revoke-tokens")]
pub struct DistrictRemoveArgs {
    /// Id, external id or name
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    reference: Reference,
    /// Also revoke its active tokens
    ///
    /// This happens in the same transaction.
    #[arg(long)]
    revoke_tokens: bool,
}

pub fn run(args: &DistrictRemoveArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(DistrictView::names())?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let mut reference = args.reference.clone();
    if session.needs_confirmation() {
        let preview =
            remove(&OpContext { dry_run: true, ..context }, &reference, args.revoke_tokens)?;
        let (name, id) = (preview.district.name.as_str(), preview.district.id);
        let removal = Removal {
            noun: "district",
            name,
            id: &id,
            revoked: &preview.revoked,
            removed_before: preview.removed_before.as_ref(),
        };
        removal.confirm(session, &preview.names)?;
        reference = Reference::from_object_id(id);
    }
    let removed = remove(&context, &reference, args.revoke_tokens)?;
    let (name, id) = (removed.district.name.as_str(), removed.district.id);
    let removal = Removal {
        noun: "district",
        name,
        id: &id,
        revoked: &removed.revoked,
        removed_before: removed.removed_before.as_ref(),
    };
    let view = DistrictView {
        district: &removed.district,
        account: &removed.account,
        dry_run: session.dry_run(false),
    };
    removal.report(session, &view, &view.details())?;
    Ok(Exit::Success)
}

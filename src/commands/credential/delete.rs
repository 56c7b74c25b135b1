//! `delete`

use clap::{ArgGroup, Args};

use crate::{
    commands::{error::CommandError, session::Session},
    domain::{credential::lifetime::parse_duration, directory::reference::Reference},
    exit::Exit,
    ops::{
        OpContext,
        credential::delete::{DeleteSelection, delete},
    },
    store::sqlite::Mode,
    view::CREDENTIAL_FIELDS,
};

/// Ends credentials at once and takes them off the list; their names and places are free again.
///
/// Several are deleted in one transaction, all or none. There is no way back.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true).args(["references", "expired"]))]
pub struct DeleteArgs {
    /// Ids, names, users' e-mail addresses or APP/DISTRICT
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    references: Vec<Reference>,
    /// All that have expired, of every kind
    #[arg(long)]
    expired: bool,
    /// With --expired, only those that expired at least so long ago, such as 30d
    // clap does not enforce `requires` if a reference is given, because --expired conflicts with it.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    #[arg(requires = "expired", conflicts_with = "references")]
    older_than: Option<i64>,
}

pub fn run(args: &DeleteArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(CREDENTIAL_FIELDS)?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let mut selection = if args.expired {
        DeleteSelection::Expired { older_than: args.older_than.unwrap_or_default() }
    } else {
        DeleteSelection::Named(args.references.clone())
    };
    let partial_ids = session.partial_ids();
    if session.needs_confirmation() {
        let (affected, _) =
            delete(&OpContext { dry_run: true, ..context }, &selection, partial_ids)?;
        selection = DeleteSelection::Named(session.confirm_all("Delete", &store, &affected)?);
    }
    let (deleted, account) = delete(&context, &selection, partial_ids)?;
    session.show_changed("Deleted", &store, &deleted, &account)?;
    Ok(Exit::Success)
}

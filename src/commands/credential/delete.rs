//! `delete`

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::time::parse_duration,
        error::CommandError,
        session::{Picker, Session},
    },
    domain::{
        credential::{Credential, Deletion},
        directory::{id::CredentialId, reference::Reference},
        duration::Duration,
    },
    exit::Exit,
    ops::{
        OpContext,
        credential::delete::{DeleteSelection, delete},
    },
    store::Mode,
    view::CREDENTIAL_FIELDS,
};

/// Delete credentials; frees their names and slots
///
/// Their secrets stop working immediately, and only list --all still lists them. This can't be undone. Either all of
/// the credentials are deleted or none.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").multiple(true)
    .args(["references", "expired", "revoked"]))]
#[command(after_long_help = "Examples:
  # Delete a passcode
  $ gatepass delete globex

  # Delete all credentials that expired at least 30 days ago
  $ gatepass delete --expired --older-than 30d --yes

  # Delete all revoked credentials
  $ gatepass delete --revoked --yes")]
pub struct DeleteArgs {
    /// Ids, names, users' e-mail addresses or APP/DISTRICT; prompted for if omitted
    ///
    /// At a terminal, the beginning of an id is enough if no other id begins with it. The reference - stands
    /// for those on stdin, one on each line; they need --yes.
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    references: Vec<Reference>,
    /// All expired credentials, of every kind
    #[arg(long, conflicts_with = "references")]
    expired: bool,
    /// All revoked credentials, of every kind
    #[arg(long, conflicts_with = "references")]
    revoked: bool,
    /// With --expired or --revoked, only those that ended at least this long ago, e.g. 30d
    ///
    /// Takes a number and h, d or w, or a number of days.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    #[arg(requires = "which", conflicts_with = "references")]
    older_than: Option<Duration>,
}

const PICKER: Picker = Picker { verb: "Delete", states: &[] };

pub fn run(args: &DeleteArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(CREDENTIAL_FIELDS)?;
    let mut selection = if args.expired || args.revoked {
        DeleteSelection::Ended {
            expired: args.expired,
            revoked: args.revoked,
            older_than: args.older_than.unwrap_or_default(),
        }
    } else {
        DeleteSelection::Named(session.references_or_pick(&args.references, PICKER)?)
    };
    let store = session.open_store(Mode::Write)?;
    if matches!(&selection, DeleteSelection::Named(references) if references.is_empty()) {
        return session.show_no_change(&store);
    }
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let partial_ids = session.partial_ids();
    if session.needs_confirmation() {
        let preview = OpContext { dry_run: true, ..context };
        let affected = delete(&preview, &selection, partial_ids)?;
        let mut confirmed = session.confirm_all("Delete", "", affected.changed)?;
        confirmed.extend(affected.unchanged.iter().map(|one| Reference::from_id(one.id)));
        selection = DeleteSelection::Named(confirmed);
    }
    let deleted = delete(&context, &selection, partial_ids)?;
    for (id, Deletion { at, by }) in deleted.unchanged.iter().filter_map(deletion) {
        session.notice(&format!("{id} was already deleted at {at} by {by}."))?;
    }
    session.show_changed("Deleted", deleted.changed)?;
    Ok(Exit::Success)
}

fn deletion(credential: &Credential) -> Option<(CredentialId, &Deletion)> {
    Some((credential.id, credential.deleted.as_ref()?))
}

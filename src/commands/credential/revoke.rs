//! `revoke`

use clap::Args;

use crate::{
    commands::{
        args::words::one_of,
        error::CommandError,
        session::{Picker, Session},
    },
    domain::{
        credential::{RevocationReason, State},
        directory::reference::Reference,
    },
    exit::Exit,
    ops::{OpContext, credential::revoke::revoke},
    store::Mode,
    view::CREDENTIAL_FIELDS,
};

/// Revoke credentials but keep them listed
///
/// Their secrets stop working immediately. The list shows who revoked them, when and why. This can't be undone: delete
/// a revoked credential, then create or grant it again. Either all of the credentials are revoked or none.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Revoke a passcode that was leaked
  $ gatepass revoke globex --reason key-compromise

  # Revoke a token without confirmation
  $ gatepass revoke 'Reading App/Springfield' --yes")]
pub struct RevokeArgs {
    /// Ids, names, users' e-mail addresses or APP/DISTRICT; prompted for if omitted
    ///
    /// At a terminal, the beginning of an id is enough if no other id begins with it. The reference - stands
    /// for those on stdin, one on each line; they need --yes.
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    references: Vec<Reference>,
    /// Reason to record
    #[arg(long, value_name = "REASON", value_parser = one_of(&RevocationReason::SELECTABLE, RevocationReason::as_str))]
    reason: Option<RevocationReason>,
}

const PICKER: Picker =
    Picker { verb: "Revoke", states: &[State::Active, State::Expiring, State::Expired] };

pub fn run(args: &RevokeArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(CREDENTIAL_FIELDS)?;
    let mut references = session.references_or_pick(&args.references, PICKER)?;
    let store = session.open_store(Mode::Write)?;
    if references.is_empty() {
        return session.show_no_change(&store);
    }
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let partial_ids = session.partial_ids();
    if session.needs_confirmation() {
        let preview = OpContext { dry_run: true, ..context };
        let affected = revoke(&preview, &references, partial_ids, args.reason)?;
        references = session.confirm_all("Revoke", "", affected)?;
    }
    let revoked = revoke(&context, &references, partial_ids, args.reason)?;
    session.show_changed("Revoked", revoked)?;
    Ok(Exit::Success)
}

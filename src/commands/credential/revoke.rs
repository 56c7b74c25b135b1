//! `revoke`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    domain::{credential::RevocationReason, directory::reference::Reference},
    exit::Exit,
    ops::{OpContext, credential::revoke::revoke},
    store::sqlite::Mode,
    view::CREDENTIAL_FIELDS,
};

/// Ends credentials at once and keeps them listed as revoked, with who, when and why.
///
/// Several are revoked in one transaction, all or none. There is no way back: delete, then create or grant again.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Ids, names, users' e-mail addresses or APP/DISTRICT
    #[arg(value_name = "REFERENCE", required = true, value_parser = Reference::parse)]
    references: Vec<Reference>,
    /// Why: key-compromise, superseded, no-longer-needed or privilege-withdrawn
    #[arg(long, value_name = "REASON", value_parser = parse_reason)]
    reason: Option<RevocationReason>,
}

pub fn run(args: &RevokeArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(CREDENTIAL_FIELDS)?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let partial_ids = session.partial_ids();
    let mut references = args.references.clone();
    if session.needs_confirmation() {
        let (affected, _) =
            revoke(&OpContext { dry_run: true, ..context }, &references, partial_ids, args.reason)?;
        references = session.confirm_all("Revoke", &store, &affected)?;
    }
    let (revoked, account) = revoke(&context, &references, partial_ids, args.reason)?;
    session.show_changed("Revoked", &store, &revoked, &account)?;
    Ok(Exit::Success)
}

fn parse_reason(text: &str) -> Result<RevocationReason, String> {
    let reason = RevocationReason::SELECTABLE.into_iter().find(|reason| reason.as_str() == text);
    reason.ok_or_else(|| {
        let words: Vec<&str> =
            RevocationReason::SELECTABLE.iter().map(|reason| reason.as_str()).collect();
        format!("a reason is one of {}", words.join(", "))
    })
}

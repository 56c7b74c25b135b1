//! `grant-app`

use clap::Args;

use crate::{
    commands::{
        args::token_terms::{PICKUP_ENDPOINT, TokenTermsArgs},
        error::CommandError,
        issue::{IssueArgs, IssueKind, Quantity, show_pending_pickup},
        session::Session,
    },
    domain::directory::{name::Note, reference::Reference},
    exit::Exit,
    ops::credential::grant_app::{GrantAppRequest, grant_app, grant_for_pickup},
    store::sqlite::Mode,
    view::{CREDENTIAL_FIELDS, SECRET_DELIVERY_FIELDS},
};

/// Makes the token of an app for a district, and shows its secret once.
///
/// The token is good for that district alone, and for what the scopes name. A pair has one token at a time: an expired
/// one is replaced; what a good one is good for is changed with edit --scope.
#[derive(Debug, Args)]
pub struct GrantAppArgs {
    /// The app: its name, id or client id
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    app: Reference,
    /// The district: its name, id or external id
    #[arg(long, value_name = "DISTRICT", value_parser = Reference::parse)]
    district: Reference,
    #[command(flatten)]
    terms: TokenTermsArgs,
    /// A free text, shown in lists
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Make no secret: the app makes it when it first asks for it, and nobody else sees it
    #[arg(long, conflicts_with_all = ["out", "copy"])]
    pickup: bool,
    #[command(flatten)]
    issue: IssueArgs,
}

pub fn run(args: &GrantAppArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    if args.pickup {
        session.check_field(&[CREDENTIAL_FIELDS, SECRET_DELIVERY_FIELDS].concat())?;
    } else {
        args.issue.check(session, Quantity::One)?;
    }
    // Before any prompt: without a store there is no app and no district.
    let store = session.open_store(Mode::Write)?;
    let request = GrantAppRequest {
        app: args.app.clone(),
        district: args.district.clone(),
        settings: args.terms.settings(args.note.clone(), session)?,
    };
    if !args.pickup {
        return args.issue.issue(session, &store, IssueKind::New, |context, entropy, sink| {
            Ok(grant_app(context, request, entropy, sink)?.into())
        });
    }
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let pending = grant_for_pickup(&context, request, session.host.entropy)?;
    show_pending_pickup(session, &store, &pending)?;
    session.message(&format!("It has no secret yet: the app gets it from {PICKUP_ENDPOINT}."))?;
    Ok(Exit::Success)
}

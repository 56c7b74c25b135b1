//! `grant-app`

use clap::Args;

use crate::{
    commands::{
        args::token_terms::{PICKUP_ENDPOINT, TokenTermsArgs},
        error::CommandError,
        issue::{IssueArgs, Quantity, ShowExisting, show_pending_pickup},
        session::Session,
    },
    domain::directory::{name::Note, reference::Reference},
    exit::Exit,
    ops::{
        IssueOutcome,
        credential::grant_app::{GrantAppRequest, grant_app, grant_for_pickup},
    },
    store::Mode,
    view::{CREDENTIAL_FIELDS, SECRET_DELIVERY_FIELDS},
};

/// Create the token of an app for a district
///
/// The token is valid for this district and these scopes only. Its secret is shown once, or fetched by the app with
/// --pickup.
///
/// An app and a district have one token at a time. An expired one is replaced. To change the scopes of a valid one, use
/// edit --scope.
#[derive(Debug, Args)]
#[command(after_long_help = r"Examples:
  # Create a token; the app fetches the secret
  $ gatepass grant-app Roster --district Springfield \
      --scope read:students --days 365 --pickup

  # In a script, make sure that the token exists
  $ gatepass grant-app Roster --district Springfield \
      --scope read:students --days 365 --pickup --if-missing

  # Create a token with two scopes and its own rate limit
  $ gatepass grant-app Roster --district Springfield \
      --scope read:students,read:grades --limit 600/min --days 365")]
pub struct GrantAppArgs {
    /// App: id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    app: Reference,
    /// District: id, external id or name
    #[arg(long, value_name = "DISTRICT", value_parser = Reference::parse)]
    district: Reference,
    #[command(flatten)]
    terms: TokenTermsArgs,
    /// A note, shown in lists
    ///
    /// Takes 1 to 500 characters.
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Let the app fetch the secret, so that nobody else sees it
    ///
    /// gatepass generates the secret when the app first calls GET /oauth/tokens.
    #[arg(long, conflicts_with_all = ["out", "copy"])]
    pickup: bool,
    /// Do nothing if the app has a valid token for the district
    ///
    /// The command then succeeds without a secret and creates no file for --out. It does not compare the scopes. A
    /// revoked token is a conflict.
    #[arg(long)]
    if_missing: bool,
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
        if_missing: args.if_missing,
    };
    if !args.pickup {
        return args.issue.issue(session, &store, |context, entropy, sink| {
            grant_app(context, request, entropy, sink)
        });
    }
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let pending = match grant_for_pickup(&context, request, session.host.entropy)? {
        IssueOutcome::Issued(pending) => pending,
        IssueOutcome::Existing(existing) => {
            existing.show_existing(session)?;
            return Ok(Exit::Success);
        }
    };
    show_pending_pickup(session, &pending)?;
    session.message(&format!(
        "The token has no secret yet. The app fetches it from {PICKUP_ENDPOINT}."
    ))?;
    Ok(Exit::Success)
}

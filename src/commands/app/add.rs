//! `app add`

use clap::Args;

use crate::{
    commands::{
        args::{legacy_key::LegacyKeyArgs, name::parse_name, new_store::NewStoreArgs},
        error::CommandError,
        issue::{IssueArgs, Quantity, ShowOnce},
        session::Session,
    },
    domain::{
        credential::{CredentialKind, rate_limit::RateLimit},
        directory::name::Name,
    },
    exit::Exit,
    ops::{
        IssueOutcome,
        app::{
            client_secret::IssuedApp,
            registration::{AddAppRequest, add},
        },
    },
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Add an app and show its client secret
  $ gatepass app add 'Math App'

  # Write the client secret to a file, and set the rate limit of its tokens
  $ gatepass app add 'Math App' --limit 600/min --out math.secret

  # Add an app together with its legacy key
  $ gatepass app add 'Math App' --legacy-key-file old.key")]
pub struct AppAddArgs {
    /// Name
    ///
    /// Takes 1 to 100 characters. The name is unique among the apps of the account, regardless of case.
    #[arg(value_parser = parse_name)]
    name: Name,
    /// Rate limit of each of its tokens
    ///
    /// Takes requests per minute, 1/min to 1000000/min.
    #[arg(long, value_name = "N/min", default_value = "1200/min", value_parser = RateLimit::parse)]
    limit: RateLimit,
    #[command(flatten)]
    legacy: LegacyKeyArgs,
    /// Do nothing if an app of that name exists
    ///
    /// The command then succeeds without a client secret, creates no file for --out and imports no legacy key. It does
    /// not compare the rate limit.
    #[arg(long)]
    if_missing: bool,
    #[command(flatten)]
    issue: IssueArgs,
    #[command(flatten)]
    new_store: NewStoreArgs,
}

pub fn run(args: &AppAddArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    args.issue.check_for(session, &IssuedApp::field_names(), Quantity::One)?;
    let legacy = args.legacy.read(session)?;
    let (name, legacy) = (args.name.clone(), legacy.as_ref());
    let if_missing = args.if_missing;
    let request = AddAppRequest { name, limit: args.limit, legacy, if_missing };
    let store = session.open_or_init(args.new_store)?;
    let mut new = None;
    let exit = args.issue.issue(session, &store, |context, entropy, sink| {
        let outcome = add(context, request, entropy, sink)?;
        if let (IssueOutcome::Issued(issued), Some(_)) = (&outcome, legacy) {
            new = Some((issued.account.clone(), issued.app.created_at));
        }
        Ok(outcome)
    })?;
    if let Some((account, at)) = new {
        session.warn_if_refused(CredentialKind::Legacy, &account, at)?;
    }
    Ok(exit)
}

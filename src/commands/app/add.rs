//! `app add`

use clap::Args;

use crate::{
    commands::{
        args::legacy_key::LegacyKeyArgs,
        error::CommandError,
        issue::{IssueArgs, IssueKind, Quantity, ShowOnce},
        session::Session,
    },
    domain::{credential::rate_limit::RateLimit, directory::name::Name},
    exit::Exit,
    ops::app::{
        client_secret::IssuedApp,
        registration::{AddAppRequest, add},
    },
};

#[derive(Debug, Args)]
pub struct AppAddArgs {
    /// What you call it, unique among the account's apps in any case of letters
    #[arg(value_parser = Name::parse)]
    name: Name,
    /// How many requests a minute each of its tokens is good for
    #[arg(long, value_name = "N/min", default_value = "1200/min", value_parser = RateLimit::parse)]
    limit: RateLimit,
    #[command(flatten)]
    legacy: LegacyKeyArgs,
    #[command(flatten)]
    issue: IssueArgs,
}

pub fn run(args: &AppAddArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    args.issue.check_for(session, &IssuedApp::field_names(), Quantity::One)?;
    let legacy = args.legacy.read(session)?;
    let (name, legacy) = (args.name.clone(), legacy.as_ref());
    let request = AddAppRequest { name, limit: args.limit, legacy };
    let store = session.open_or_init()?;
    args.issue.issue(session, &store, IssueKind::New, |context, entropy, sink| {
        Ok(add(context, request, entropy, sink)?.into())
    })
}

//! `app edit`

use clap::{ArgGroup, Args};

use super::webhook::WebhookArgs;
use crate::{
    commands::{args::legacy_key::LegacyKeyArgs, error::CommandError, session::Session},
    domain::{
        credential::rate_limit::RateLimit,
        directory::{name::Name, reference::Reference},
    },
    exit::Exit,
    ops::app::registration::{EditAppRequest, edit},
    store::Mode,
    view::AppView,
};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "limit", "legacy_key_file", "webhook", "no_webhook", "rotate_webhook_key"]))]
#[command(after_long_help = "Examples:
  # Set up a webhook and show its signing key
  $ gatepass app edit Roster --webhook https://roster.example/hook

  # Import the legacy key of an app
  $ gatepass app edit Roster --legacy-key-file old.key")]
pub struct AppEditArgs {
    /// Id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// New name
    ///
    /// Takes 1 to 100 characters.
    #[arg(long, value_parser = Name::parse)]
    name: Option<Name>,
    /// Rate limit of each of its tokens, e.g. 200/min
    ///
    /// Takes requests per minute, 1/min to 1000000/min.
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse)]
    limit: Option<RateLimit>,
    #[command(flatten)]
    legacy: LegacyKeyArgs,
    #[command(flatten)]
    webhook: WebhookArgs,
}

pub fn run(args: &AppEditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    if args.webhook.is_given() {
        let request = EditAppRequest { name: args.name.clone(), limit: args.limit, legacy: None };
        return args.webhook.apply(session, &args.reference, request);
    }
    args.webhook.check_no_new_key(session)?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let legacy = args.legacy.read(session)?;
    let (name, legacy) = (args.name.clone(), legacy.as_ref());
    let request = EditAppRequest { name, limit: args.limit, legacy };
    let context = session.op_context(&store, &actor);
    let edited = edit(&context, &args.reference, request, session.host.entropy)?;
    let view = AppView::new(&edited.app, &edited.summary, edited.account.id, edited.at);
    session.show(&view, &view.details())?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

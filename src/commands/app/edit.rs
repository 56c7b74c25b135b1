//! `app edit`

use clap::{ArgGroup, Args};

use super::webhook::WebhookArgs;
use crate::{
    commands::{
        args::{legacy_key::LegacyKeyArgs, name::parse_name},
        error::CommandError,
        session::Session,
    },
    domain::{
        credential::{CredentialKind, rate_limit::RateLimit},
        directory::{app::App, name::Name, reference::Reference},
    },
    exit::Exit,
    ops::{
        app::registration::{EditAppRequest, edit},
        query::{
            narrowed::count_narrowed_by_app, resolve::PartialIds, resolve_directory::resolve_app,
        },
    },
    render::text::escape,
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
    #[arg(long, value_parser = parse_name)]
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
    confirm_limit(args, session)?;
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
    let view = AppView::new(&edited.app, &edited.summary, &edited.account, edited.at)
        .in_dry_run(session.dry_run(false));
    session.show(&view, &view.details())?;
    if legacy.is_some() {
        session.warn_if_refused(CredentialKind::Legacy, &edited.account, edited.at)?;
    }
    session.report_dry_run()?;
    Ok(Exit::Success)
}

/// Prompts for a confirmation if a new limit allows tokens of the app fewer requests.
fn confirm_limit(args: &AppEditArgs, session: &mut Session<'_, '_>) -> Result<(), CommandError> {
    let Some(limit) = args.limit.filter(|_| session.needs_confirmation()) else { return Ok(()) };
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let before = resolve_app(&mut read.tx, &accounts, &args.reference, PartialIds::Rejected)?;
    let Some(account) = accounts.iter().find(|account| account.key == before.account) else {
        return Ok(());
    };
    let after = App { limit, ..before.clone() };
    let narrowed = count_narrowed_by_app(&mut read, account, &before, &after)?;
    let (name, id, old) = (escape(before.name.as_str()), before.id, before.limit);
    let question = format!("Change the limit of app {name} ({id}) from {old} to {limit}?");
    session.confirm_narrowing(&question, narrowed)
}

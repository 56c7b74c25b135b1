//! `app`

pub(super) mod deliver;
pub(super) mod webhook;

use clap::{ArgGroup, Args, Subcommand};

use super::{
    Session,
    app::webhook::WebhookArgs,
    args::legacy_key::LegacyKeyArgs,
    issue::{issue_args::IssueArgs, show_once::IssueKind},
    session::removal::{Removal, show_app},
};
use crate::{
    domain::{
        credential::{Overlap, rate_limit::RateLimit},
        directory::{name::Name, reference::Reference},
    },
    exit::Exit,
    ops::{
        AppOrDistrict, OpContext,
        app::{
            client_secret::{IssuedApp, reset},
            registration::{AddAppRequest, EditAppRequest, add, edit, remove},
            summary::AppSummary,
        },
        context::account_id,
        query::{resolve::PartialIds, resolve_directory::resolve_app},
        secret_sink::AfterCommit,
    },
    render::{Format, ListWriter, Shape, text::escape},
    store::sqlite::Mode,
    view::{APP_FIELDS, AppView, DirectoryListSummary},
};

/// Adds, lists, shows, changes, resets and removes apps.
///
/// An app is a program of somebody else. It holds one token for each district that shares something with it, and
/// authenticates with its client id and client secret where it asks for them.
#[derive(Debug, Args)]
pub struct AppArgs {
    #[command(subcommand)]
    command: AppCommand,
}

#[derive(Debug, Subcommand)]
enum AppCommand {
    /// Adds an app and shows its client secret once
    Add(AppAddArgs),
    /// Lists apps
    List(AppListArgs),
    /// Shows one app; never its client secret
    Show(AppShowArgs),
    /// Changes an app; its ids and its client secret stay
    Edit(AppEditArgs),
    /// Gives an app a new client secret, shown once
    ///
    /// The old one ends at once, unless --overlap lets it live on for a while: 30 days at most.
    Reset(AppResetArgs),
    /// Removes an app; its name is free again
    ///
    /// One with live tokens, or a live legacy key, is removed only if they are to be revoked in the same transaction.
    Remove(AppRemoveArgs),
}

#[derive(Debug, Args)]
struct AppAddArgs {
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

#[derive(Debug, Args)]
struct AppListArgs {
    /// Those that were removed, too
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Args)]
struct AppShowArgs {
    /// Its id, client id, name, or the beginning of its id
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "limit", "legacy_key_file", "webhook", "no_webhook", "rotate_webhook_key"]))]
struct AppEditArgs {
    /// Its id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// A new name
    #[arg(long, value_parser = Name::parse)]
    name: Option<Name>,
    /// How many requests a minute each of its tokens is good for, such as 200/min
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse)]
    limit: Option<RateLimit>,
    #[command(flatten)]
    legacy: LegacyKeyArgs,
    #[command(flatten)]
    webhook: WebhookArgs,
}

#[derive(Debug, Args)]
struct AppResetArgs {
    /// Its id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// Let the old client secret live on so long, such as 12h, 7d or 2w
    #[arg(long, value_name = "DURATION", value_parser = Overlap::parse)]
    overlap: Option<i64>,
    #[command(flatten)]
    issue: IssueArgs,
}

#[derive(Debug, Args)]
struct AppRemoveArgs {
    /// Its id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// Revoke what of its tokens is live, and its legacy key
    #[arg(long)]
    revoke_tokens: bool,
}

pub(super) fn run(args: &AppArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        AppCommand::Add(args) => {
            args.issue.check_for(session, &issued_fields(), false)?;
            let legacy = args.legacy.read(session)?;
            let (name, legacy) = (args.name.clone(), legacy.as_ref());
            let order = AddAppRequest { name, limit: args.limit, legacy };
            let store = session.open_or_init()?;
            args.issue.issue(session, &store, IssueKind::New, |desk, entropy, delivery| {
                Ok(add(desk, order, entropy, delivery)?.into())
            })
        }
        AppCommand::List(args) => list(args, session),
        AppCommand::Show(args) => show(args, session),
        AppCommand::Edit(args) => edit_app(args, session),
        AppCommand::Reset(args) => reset_app(args, session),
        AppCommand::Remove(args) => remove_app(args, session),
    }
}

fn issued_fields() -> Vec<&'static str> {
    <IssuedApp as super::issue::show_once::ShowOnce>::field_names()
}

fn list(args: &AppListArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(APP_FIELDS)?;
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let accounts = look.accounts(session.account)?;
    let style = session.style();
    let out = &mut *session.host.stdout;
    let mut writer = ListWriter::<AppView<'static>>::new(
        out,
        &style,
        "gatepass.apps/v1",
        look.now.rfc3339_bytes(),
    )?;
    let mut listed = DirectoryListSummary::default();
    for app in look.tx.apps()?.iter() {
        let Some(account) = account_id(&accounts, app.account) else { continue };
        if listed.count(app.removed.is_some(), args.all) {
            let holds = AppSummary::load(&look.tx, app)?;
            writer.row(&AppView::new(app, &holds, account, look.now))?;
        }
    }
    writer.finish(&listed)?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        writeln!(session.host.stderr, "{}", listed.text(AppOrDistrict::App))?;
    }
    Ok(Exit::Success)
}

fn show(args: &AppShowArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let accounts = look.accounts(session.account)?;
    let app = resolve_app(&look.tx, &accounts, &args.reference, PartialIds::Allowed)?;
    let account = accounts.into_iter().find(|account| account.key == app.account);
    drop(look);
    match account {
        Some(account) => show_app(session, &store, &app, &account),
        None => Ok(()),
    }?;
    Ok(Exit::Success)
}

fn edit_app(args: &AppEditArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    if args.webhook.is_given() {
        let edits = EditAppRequest { name: args.name.clone(), limit: args.limit, legacy: None };
        return args.webhook.apply(session, &args.reference, edits);
    }
    args.webhook.check_no_new_key(session)?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let legacy = args.legacy.read(session)?;
    let (name, legacy) = (args.name.clone(), legacy.as_ref());
    let edits = EditAppRequest { name, limit: args.limit, legacy };
    let desk = session.op_context(&store, &actor);
    let (app, account) = edit(&desk, &args.reference, edits, session.host.entropy)?;
    show_app(session, &store, &app, &account)?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

fn reset_app(args: &AppResetArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    args.issue.check_for(session, &issued_fields(), false)?;
    let store = session.open_store(Mode::Write)?;
    let overlap = Overlap { seconds: args.overlap, until_used: false };
    let reference = &args.reference;
    if session.needs_confirmation() {
        let actor = session.actor();
        let desk = OpContext { dry_run: true, ..session.op_context(&store, &actor) };
        let trial = reset(&desk, reference, overlap, session.host.entropy, &mut AfterCommit)?;
        let verb =
            if overlap.is_none() { "End the present client secret and reset" } else { "Reset" };
        session.confirm(&format!(
            "{verb} {} ({})?",
            escape(trial.app.name.as_str()),
            trial.app.id
        ))?;
    }
    args.issue.issue(session, &store, IssueKind::Reset, |desk, entropy, delivery| {
        Ok(reset(desk, reference, overlap, entropy, delivery)?.into())
    })
}

fn remove_app(args: &AppRemoveArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(APP_FIELDS)?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let desk = session.op_context(&store, &actor);
    if session.needs_confirmation() {
        let trial =
            remove(&OpContext { dry_run: true, ..desk }, &args.reference, args.revoke_tokens)?;
        let (name, id) = (trial.app.name.as_str(), trial.app.id);
        let removal = Removal { kind: AppOrDistrict::App, name, id, revoked: &trial.revoked };
        removal.confirm(session, &trial.names)?;
    }
    let removed = remove(&desk, &args.reference, args.revoke_tokens)?;
    let (name, id) = (removed.app.name.as_str(), removed.app.id);
    let removal = Removal { kind: AppOrDistrict::App, name, id, revoked: &removed.revoked };
    let now = session.now(&store)?;
    let view = AppView::new(&removed.app, &removed.summary, removed.account.id, now);
    removal.report(session, &view, &view.details())?;
    Ok(Exit::Success)
}

//! `app`

use clap::{ArgGroup, Args, Subcommand};

use super::{
    Session,
    fresh::Made,
    issue::IssueArgs,
    legacy_key::LegacyKeyArgs,
    party::{Listed, Removal, footer, show_app},
    view::{APP_FIELDS, AppView},
    webhook::WebhookArgs,
};
use crate::{
    domain::{lifetime::Overlap, limit::Limit, name::Name, reference::Reference},
    exit::Exit,
    ops::{
        Desk, Party,
        app::{Edits, IssuedApp, Order, add, edit, remove, reset},
        delivery::AfterCommit,
        holds::Holds,
        look::account_id,
        parties::resolve_app,
        resolve::Prefixes,
    },
    render::{Format, ListWriter, Shape, text::escape},
    store::sqlite::Mode,
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
    Add(AddArgs),
    /// Lists apps
    List(ListArgs),
    /// Shows one app; never its client secret
    Show(ShowArgs),
    /// Changes an app; its ids and its client secret stay
    Edit(EditArgs),
    /// Gives an app a new client secret, shown once
    ///
    /// The old one ends at once, unless --overlap lets it live on for a while: 30 days at most.
    Reset(ResetArgs),
    /// Removes an app; its name is free again
    ///
    /// One with live tokens, or a live legacy key, is removed only if they are to be revoked in the same transaction.
    Remove(RemoveArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// What you call it, unique among the account's apps in any case of letters
    #[arg(value_parser = Name::parse)]
    name: Name,
    /// How many requests a minute each of its tokens is good for
    #[arg(long, value_name = "N/min", default_value = "1200/min", value_parser = Limit::parse)]
    limit: Limit,
    #[command(flatten)]
    legacy: LegacyKeyArgs,
    #[command(flatten)]
    issue: IssueArgs,
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Those that were removed, too
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// Its id, client id, name, or the beginning of its id
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "limit", "legacy_key_file", "webhook", "no_webhook", "rotate_webhook_key"]))]
struct EditArgs {
    /// Its id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// A new name
    #[arg(long, value_parser = Name::parse)]
    name: Option<Name>,
    /// How many requests a minute each of its tokens is good for, such as 200/min
    #[arg(long, value_name = "N/min", value_parser = Limit::parse)]
    limit: Option<Limit>,
    #[command(flatten)]
    legacy: LegacyKeyArgs,
    #[command(flatten)]
    webhook: WebhookArgs,
}

#[derive(Debug, Args)]
struct ResetArgs {
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
struct RemoveArgs {
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
            let order = Order { name, limit: args.limit, legacy };
            let store = session.open_or_make()?;
            args.issue.issue(session, &store, Made::New, |desk, entropy, delivery| {
                Ok(add(desk, order, entropy, delivery)?.into())
            })
        }
        AppCommand::List(args) => list(args, session),
        AppCommand::Show(args) => show(args, session),
        AppCommand::Edit(args) => change(args, session),
        AppCommand::Reset(args) => renew(args, session),
        AppCommand::Remove(args) => take_away(args, session),
    }
}

fn issued_fields() -> Vec<&'static str> {
    <IssuedApp as super::fresh::Fresh>::fields()
}

fn list(args: &ListArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(APP_FIELDS)?;
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let accounts = look.accounts(session.account)?;
    let style = session.style();
    let out = &mut *session.host.stdout;
    let mut writer =
        ListWriter::<AppView<'static>>::new(out, &style, "gatepass.apps/v1", look.now.stamp())?;
    let mut listed = Listed::default();
    for app in look.tx.apps()?.iter() {
        let Some(account) = account_id(&accounts, app.account) else { continue };
        if listed.takes(app.removed.is_some(), args.all) {
            let holds = Holds::of(&look.tx, app)?;
            writer.row(&AppView::new(app, &holds, account, look.now))?;
        }
    }
    writer.finish(&listed)?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        writeln!(session.host.stderr, "{}", footer(&listed, Party::App))?;
    }
    Ok(Exit::Done)
}

fn show(args: &ShowArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let accounts = look.accounts(session.account)?;
    let app = resolve_app(&look.tx, &accounts, &args.reference, Prefixes::Taken)?;
    let account = accounts.into_iter().find(|account| account.key == app.account);
    drop(look);
    match account {
        Some(account) => show_app(session, &store, &app, &account),
        None => Ok(()),
    }?;
    Ok(Exit::Done)
}

fn change(args: &EditArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    if args.webhook.is_asked_for() {
        let edits = Edits { name: args.name.clone(), limit: args.limit, legacy: None };
        return args.webhook.change(session, &args.reference, edits);
    }
    args.webhook.check_keyless(session)?;
    let store = session.open(Mode::Write)?;
    let actor = session.actor();
    let legacy = args.legacy.read(session)?;
    let (name, legacy) = (args.name.clone(), legacy.as_ref());
    let edits = Edits { name, limit: args.limit, legacy };
    let desk = session.desk(&store, &actor);
    let (app, account) = edit(&desk, &args.reference, edits, session.host.entropy)?;
    show_app(session, &store, &app, &account)?;
    session.talk_of_dry_run()?;
    Ok(Exit::Done)
}

fn renew(args: &ResetArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    args.issue.check_for(session, &issued_fields(), false)?;
    let store = session.open(Mode::Write)?;
    let overlap = Overlap { seconds: args.overlap, until_used: false };
    let reference = &args.reference;
    if session.must_ask() {
        let actor = session.actor();
        let desk = Desk { dry_run: true, ..session.desk(&store, &actor) };
        let trial = reset(&desk, reference, overlap, session.host.entropy, &mut AfterCommit)?;
        let verb =
            if overlap.is_none() { "End the present client secret and reset" } else { "Reset" };
        session.confirm(&format!(
            "{verb} {} ({})?",
            escape(trial.app.name.as_str()),
            trial.app.id
        ))?;
    }
    args.issue.issue(session, &store, Made::Reset, |desk, entropy, delivery| {
        Ok(reset(desk, reference, overlap, entropy, delivery)?.into())
    })
}

fn take_away(args: &RemoveArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(APP_FIELDS)?;
    let store = session.open(Mode::Write)?;
    let actor = session.actor();
    let desk = session.desk(&store, &actor);
    if session.must_ask() {
        let trial = remove(&Desk { dry_run: true, ..desk }, &args.reference, args.revoke_tokens)?;
        let (name, id) = (trial.app.name.as_str(), trial.app.id);
        let removal = Removal { party: Party::App, name, id, revoked: &trial.revoked };
        removal.confirm(session, &trial.names)?;
    }
    let removed = remove(&desk, &args.reference, args.revoke_tokens)?;
    let (name, id) = (removed.app.name.as_str(), removed.app.id);
    let removal = Removal { party: Party::App, name, id, revoked: &removed.revoked };
    let now = session.now(&store)?;
    let view = AppView::new(&removed.app, &removed.holds, removed.account.id, now);
    removal.tell(session, &view, &view.details())?;
    Ok(Exit::Done)
}

//! `district`

use std::ops::ControlFlow;

use clap::{ArgGroup, Args, Subcommand};

use super::{
    Session, connect,
    party::{Listed, Removal, footer},
    view::DistrictView,
};
use crate::{
    domain::{
        account::Account,
        district::{District, ExternalId},
        name::Name,
        reference::Reference,
    },
    exit::Exit,
    ops::{
        Desk, OpError, Party,
        district::{Edits, Order, add, edit, remove, tokens_of},
        look::account_id,
        parties::resolve_district,
        resolve::Prefixes,
    },
    render::{Format, ListWriter, Row, Shape},
    store::sqlite::Mode,
};

/// Adds, lists, shows, changes, connects and removes districts.
///
/// A district decides which app sees what of it: each app that it lets in holds a token for it.
#[derive(Debug, Args)]
pub struct DistrictArgs {
    #[command(subcommand)]
    command: DistrictCommand,
}

#[derive(Debug, Subcommand)]
enum DistrictCommand {
    /// Adds a district
    Add(AddArgs),
    /// Lists districts
    List(ListArgs),
    /// Shows one district
    Show(ShowArgs),
    /// Changes a district; its id stays
    Edit(EditArgs),
    /// Removes a district; its name and external id are free again
    ///
    /// One with live tokens is removed only if they are to be revoked in the same transaction.
    Remove(RemoveArgs),
    Connect(connect::ConnectArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// What it is called, unique among the account's districts in any case of letters
    #[arg(value_parser = Name::parse)]
    name: Name,
    /// What another system calls it, such as its number there
    #[arg(long, value_name = "ID", value_parser = ExternalId::parse)]
    external_id: Option<ExternalId>,
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Those that were removed, too
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// Its id, name, external id, or the beginning of its id
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    reference: Reference,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "external_id", "no_external_id"]))]
struct EditArgs {
    /// Its id, name or external id
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    reference: Reference,
    /// A new name
    #[arg(long, value_parser = Name::parse)]
    name: Option<Name>,
    /// What another system calls it
    #[arg(long, value_name = "ID", value_parser = ExternalId::parse)]
    external_id: Option<ExternalId>,
    /// Take the external id away
    #[arg(long, conflicts_with = "external_id")]
    no_external_id: bool,
}

#[derive(Debug, Args)]
struct RemoveArgs {
    /// Its id, name or external id
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    reference: Reference,
    /// Revoke what of its tokens is live
    #[arg(long)]
    revoke_tokens: bool,
}

pub(super) fn run(args: &DistrictArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        DistrictCommand::Add(args) => {
            session.check_field(DistrictView::names())?;
            let order = Order { name: args.name.clone(), external_id: args.external_id.clone() };
            let store = session.open_or_make()?;
            let actor = session.actor();
            let desk = session.desk(&store, &actor);
            let (district, account) = add(&desk, order, session.host.entropy)?;
            present(session, &district, &account)?;
            session.talk_of_dry_run()?;
            Ok(Exit::Done)
        }
        DistrictCommand::List(args) => list(args, session),
        DistrictCommand::Show(args) => show(args, session),
        DistrictCommand::Edit(args) => change(args, session),
        DistrictCommand::Remove(args) => take_away(args, session),
        DistrictCommand::Connect(args) => connect::run(args, session),
    }
}

fn list(args: &ListArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let accounts = look.accounts(session.account)?;
    let style = session.style();
    let out = &mut *session.host.stdout;
    let mut writer = ListWriter::<DistrictView<'static>>::new(
        out,
        &style,
        "gatepass.districts/v1",
        look.now.stamp(),
    )?;
    let mut listed = Listed::default();
    look.tx.scan_districts(|district| {
        if let Some(account) = account_id(&accounts, district.account)
            && listed.takes(district.removed.is_some(), args.all)
        {
            let view = DistrictView { district: &district, account };
            writer.row(&view).map_err(OpError::Output)?;
        }
        Ok::<_, OpError>(ControlFlow::Continue(()))
    })?;
    writer.finish(&listed)?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        writeln!(session.host.stderr, "{}", footer(&listed, Party::District))?;
    }
    Ok(Exit::Done)
}

fn show(args: &ShowArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let accounts = look.accounts(session.account)?;
    let district = resolve_district(&look.tx, &accounts, &args.reference, Prefixes::Taken)?;
    let account = account_id(&accounts, district.account).unwrap_or(accounts[0].id);
    let view = DistrictView { district: &district, account };
    let mut details = view.details();
    details.push(("tokens", tokens_of(&look.tx, &district)?.len().to_string()));
    session.show(&view, &details)?;
    Ok(Exit::Done)
}

fn change(args: &EditArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(DistrictView::names())?;
    let store = session.open(Mode::Write)?;
    let actor = session.actor();
    let external_id = match args.no_external_id {
        true => Some(None),
        false => args.external_id.clone().map(Some),
    };
    let edits = Edits { name: args.name.clone(), external_id };
    let (district, account) = edit(&session.desk(&store, &actor), &args.reference, edits)?;
    present(session, &district, &account)?;
    session.talk_of_dry_run()?;
    Ok(Exit::Done)
}

fn take_away(args: &RemoveArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(DistrictView::names())?;
    let store = session.open(Mode::Write)?;
    let actor = session.actor();
    let desk = session.desk(&store, &actor);
    if session.must_ask() {
        let trial = remove(&Desk { dry_run: true, ..desk }, &args.reference, args.revoke_tokens)?;
        let (name, id) = (trial.district.name.as_str(), trial.district.id);
        let removal = Removal { party: Party::District, name, id, revoked: &trial.revoked };
        removal.confirm(session, &trial.names)?;
    }
    let removed = remove(&desk, &args.reference, args.revoke_tokens)?;
    let (name, id) = (removed.district.name.as_str(), removed.district.id);
    let removal = Removal { party: Party::District, name, id, revoked: &removed.revoked };
    let view = DistrictView { district: &removed.district, account: removed.account.id };
    removal.tell(session, &view, &view.details())?;
    Ok(Exit::Done)
}

fn present(
    session: &mut Session<'_, '_>,
    district: &District,
    account: &Account,
) -> anyhow::Result<()> {
    let view = DistrictView { district, account: account.id };
    session.show(&view, &view.details())
}

//! `district`

pub(super) mod connect;

use std::ops::ControlFlow;

use clap::{ArgGroup, Args, Subcommand};

use super::{Session, session::removal::Removal};
use crate::{
    domain::directory::{
        account::Account,
        district::{District, ExternalId},
        name::Name,
        reference::Reference,
    },
    exit::Exit,
    ops::{
        AppOrDistrict, OpContext, OpError,
        app::district::{
            AddDistrictRequest, EditDistrictRequest, add, edit, list_district_tokens, remove,
        },
        context::account_id,
        query::{resolve::PartialIds, resolve_directory::resolve_district},
    },
    render::{Format, ListWriter, Row, Shape},
    store::sqlite::Mode,
    view::{DirectoryListSummary, DistrictView},
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
    Add(DistrictAddArgs),
    /// Lists districts
    List(DistrictListArgs),
    /// Shows one district
    Show(DistrictShowArgs),
    /// Changes a district; its id stays
    Edit(DistrictEditArgs),
    /// Removes a district; its name and external id are free again
    ///
    /// One with live tokens is removed only if they are to be revoked in the same transaction.
    Remove(DistrictRemoveArgs),
    Connect(connect::ConnectArgs),
}

#[derive(Debug, Args)]
struct DistrictAddArgs {
    /// What it is called, unique among the account's districts in any case of letters
    #[arg(value_parser = Name::parse)]
    name: Name,
    /// What another system calls it, such as its number there
    #[arg(long, value_name = "ID", value_parser = ExternalId::parse)]
    external_id: Option<ExternalId>,
}

#[derive(Debug, Args)]
struct DistrictListArgs {
    /// Those that were removed, too
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Args)]
struct DistrictShowArgs {
    /// Its id, name, external id, or the beginning of its id
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    reference: Reference,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "external_id", "no_external_id"]))]
struct DistrictEditArgs {
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
struct DistrictRemoveArgs {
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
            let order = AddDistrictRequest {
                name: args.name.clone(),
                external_id: args.external_id.clone(),
            };
            let store = session.open_or_init()?;
            let actor = session.actor();
            let desk = session.op_context(&store, &actor);
            let (district, account) = add(&desk, order, session.host.entropy)?;
            show_district(session, &district, &account)?;
            session.report_dry_run()?;
            Ok(Exit::Success)
        }
        DistrictCommand::List(args) => list(args, session),
        DistrictCommand::Show(args) => show(args, session),
        DistrictCommand::Edit(args) => edit_district(args, session),
        DistrictCommand::Remove(args) => remove_district(args, session),
        DistrictCommand::Connect(args) => connect::run(args, session),
    }
}

fn list(args: &DistrictListArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let accounts = look.accounts(session.account)?;
    let style = session.style();
    let out = &mut *session.host.stdout;
    let mut writer = ListWriter::<DistrictView<'static>>::new(
        out,
        &style,
        "gatepass.districts/v1",
        look.now.rfc3339_bytes(),
    )?;
    let mut listed = DirectoryListSummary::default();
    look.tx.scan_districts(|district| {
        if let Some(account) = account_id(&accounts, district.account)
            && listed.count(district.removed.is_some(), args.all)
        {
            let view = DistrictView { district: &district, account };
            writer.row(&view).map_err(OpError::Output)?;
        }
        Ok::<_, OpError>(ControlFlow::Continue(()))
    })?;
    writer.finish(&listed)?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        writeln!(session.host.stderr, "{}", listed.text(AppOrDistrict::District))?;
    }
    Ok(Exit::Success)
}

fn show(args: &DistrictShowArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let accounts = look.accounts(session.account)?;
    let district = resolve_district(&look.tx, &accounts, &args.reference, PartialIds::Allowed)?;
    let account = account_id(&accounts, district.account).unwrap_or(accounts[0].id);
    let view = DistrictView { district: &district, account };
    let mut details = view.details();
    details.push(("tokens", list_district_tokens(&look.tx, &district)?.len().to_string()));
    session.show(&view, &details)?;
    Ok(Exit::Success)
}

fn edit_district(args: &DistrictEditArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(DistrictView::names())?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let external_id = match args.no_external_id {
        true => Some(None),
        false => args.external_id.clone().map(Some),
    };
    let edits = EditDistrictRequest { name: args.name.clone(), external_id };
    let (district, account) = edit(&session.op_context(&store, &actor), &args.reference, edits)?;
    show_district(session, &district, &account)?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

fn remove_district(
    args: &DistrictRemoveArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    session.check_field(DistrictView::names())?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let desk = session.op_context(&store, &actor);
    if session.needs_confirmation() {
        let trial =
            remove(&OpContext { dry_run: true, ..desk }, &args.reference, args.revoke_tokens)?;
        let (name, id) = (trial.district.name.as_str(), trial.district.id);
        let removal = Removal { kind: AppOrDistrict::District, name, id, revoked: &trial.revoked };
        removal.confirm(session, &trial.names)?;
    }
    let removed = remove(&desk, &args.reference, args.revoke_tokens)?;
    let (name, id) = (removed.district.name.as_str(), removed.district.id);
    let removal = Removal { kind: AppOrDistrict::District, name, id, revoked: &removed.revoked };
    let view = DistrictView { district: &removed.district, account: removed.account.id };
    removal.report(session, &view, &view.details())?;
    Ok(Exit::Success)
}

fn show_district(
    session: &mut Session<'_, '_>,
    district: &District,
    account: &Account,
) -> anyhow::Result<()> {
    let view = DistrictView { district, account: account.id };
    session.show(&view, &view.details())
}

//! `district add`

use clap::Args;

use super::show::show_district;
use crate::{
    commands::{
        args::{name::parse_name, new_store::NewStoreArgs},
        error::CommandError,
        session::Session,
    },
    domain::directory::{district::ExternalId, name::Name},
    exit::Exit,
    ops::app::district::{AddDistrictRequest, AddedDistrict, add},
    render::Row,
    view::DistrictView,
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Add a district that another system knows as 0608
  $ gatepass district add Ogdenville --external-id 0608")]
pub struct DistrictAddArgs {
    /// Name
    ///
    /// Takes 1 to 100 characters. The name is unique among the districts of the account, regardless of case.
    #[arg(value_parser = parse_name)]
    name: Name,
    /// External ID
    ///
    /// The id of the district in another system, such as 0607. It is unique in the account.
    #[arg(long, value_name = "ID", value_parser = ExternalId::parse)]
    external_id: Option<ExternalId>,
    /// Do nothing if a district of that name exists
    ///
    /// If --external-id is given and differs from that of the district, the command fails.
    #[arg(long)]
    if_missing: bool,
    #[command(flatten)]
    new_store: NewStoreArgs,
}

pub fn run(args: &DistrictAddArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(DistrictView::names())?;
    let request = AddDistrictRequest {
        name: args.name.clone(),
        external_id: args.external_id.clone(),
        if_missing: args.if_missing,
    };
    let store = session.open_or_init(args.new_store)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let AddedDistrict { district, account, created } =
        add(&context, request, session.host.entropy)?;
    show_district(session, &district, &account, session.dry_run(created))?;
    if !created {
        session.message(&format!("{} already exists ({}).", district.name, district.id))?;
    }
    session.report_dry_run()?;
    Ok(Exit::Success)
}

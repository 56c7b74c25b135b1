//! `district edit`

use clap::{ArgGroup, Args};

use super::show::show_district;
use crate::{
    commands::{args::name::parse_name, error::CommandError, session::Session},
    domain::directory::{district::ExternalId, name::Name, reference::Reference},
    exit::Exit,
    ops::app::district::{EditDistrictRequest, edit},
    render::Row,
    store::Mode,
    view::DistrictView,
};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "external_id", "no_external_id"]))]
#[command(after_long_help = "Examples:
  # Rename a district
  $ gatepass district edit Springfield --name 'Springfield Unified'")]
pub struct DistrictEditArgs {
    /// Id, external id or name
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    reference: Reference,
    /// New name
    ///
    /// Takes 1 to 100 characters.
    #[arg(long, value_parser = parse_name)]
    name: Option<Name>,
    /// New external ID
    ///
    /// The id of the district in another system, such as 0607. It is unique in the account.
    #[arg(long, value_name = "ID", value_parser = ExternalId::parse)]
    external_id: Option<ExternalId>,
    /// Remove the external ID
    #[arg(long, conflicts_with = "external_id")]
    no_external_id: bool,
}

pub fn run(args: &DistrictEditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(DistrictView::names())?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let external_id = match args.no_external_id {
        true => Some(None),
        false => args.external_id.clone().map(Some),
    };
    let request = EditDistrictRequest { name: args.name.clone(), external_id };
    let context = session.op_context(&store, &actor);
    let (district, account) = edit(&context, &args.reference, request)?;
    show_district(session, &district, &account, session.dry_run(false))?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

//! `district add`

use clap::Args;

use super::show::show_district;
use crate::{
    commands::{error::CommandError, session::Session},
    domain::directory::{district::ExternalId, name::Name},
    exit::Exit,
    ops::app::district::{AddDistrictRequest, add},
    render::Row,
    view::DistrictView,
};

#[derive(Debug, Args)]
pub struct DistrictAddArgs {
    /// What it is called, unique among the account's districts in any case of letters
    #[arg(value_parser = Name::parse)]
    name: Name,
    /// What another system calls it, such as its number there
    #[arg(long, value_name = "ID", value_parser = ExternalId::parse)]
    external_id: Option<ExternalId>,
}

pub fn run(args: &DistrictAddArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(DistrictView::names())?;
    let request =
        AddDistrictRequest { name: args.name.clone(), external_id: args.external_id.clone() };
    let store = session.open_or_init()?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let (district, account) = add(&context, request, session.host.entropy)?;
    show_district(session, &district, &account)?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

//! `district show`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    domain::directory::{account::Account, district::District, reference::Reference},
    exit::Exit,
    ops::{
        app::district::list_district_tokens,
        query::{resolve::PartialIds, resolve_directory::resolve_district},
    },
    view::{DistrictView, DryRun},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show a district by name or by external id
  $ gatepass district show Springfield
  $ gatepass district show 0607")]
pub struct DistrictShowArgs {
    /// Id, external id or name
    ///
    /// The beginning of an id is enough if no other id begins with it.
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    reference: Reference,
}

pub fn run(args: &DistrictShowArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let district = resolve_district(&mut read.tx, &accounts, &args.reference, PartialIds::Allowed)?;
    let account = accounts.iter().find(|account| account.key == district.account);
    let account = account.unwrap_or(&accounts[0]);
    let view = DistrictView { district: &district, account, dry_run: DryRun::No };
    let mut details = view.details();
    details.push(("tokens", list_district_tokens(&mut read.tx, &district)?.len().to_string()));
    session.show(&view, &details)?;
    Ok(Exit::Success)
}

/// Shows a district after a change.
///
/// # Errors
/// When the output can't be written.
pub fn show_district(
    session: &mut Session<'_, '_>,
    district: &District,
    account: &Account,
    dry_run: DryRun,
) -> Result<(), CommandError> {
    let view = DistrictView { district, account, dry_run };
    session.show(&view, &view.details())
}

//! `account edit`

use clap::{ArgGroup, Args};

use super::show::show_account;
use crate::{
    commands::{
        args::account::{OnOff, parse_region},
        error::CommandError,
        session::Session,
    },
    domain::directory::{
        account::{AccountId, Region},
        name::Name,
    },
    exit::Exit,
    ops::admin::account::{EditAccountRequest, edit},
    render::Row,
    store::Mode,
    view::AccountView,
};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "region", "require_user_passcode"]))]
#[command(after_long_help = "Examples:
  # Rename the only account
  $ gatepass account edit --name Production")]
pub struct AccountEditArgs {
    /// Account ID; required if there is more than one account
    #[arg(value_name = "ACCOUNT_ID", value_parser = AccountId::parse)]
    id: Option<AccountId>,
    /// New name
    ///
    /// Takes 1 to 100 characters.
    #[arg(long, value_parser = Name::parse)]
    name: Option<Name>,
    /// Region of its API: eu1, in1, sg1, us1, aps3 or mec1
    #[arg(long, value_name = "REGION", value_parser = parse_region)]
    region: Option<Region>,
    /// Refuse account passcodes, so that each caller is a named user
    #[arg(long, value_name = "ON_OFF")]
    require_user_passcode: Option<OnOff>,
}

pub fn run(args: &AccountEditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(AccountView::names())?;
    session.account = args.id.or(session.account);
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let request = EditAccountRequest {
        name: args.name.clone(),
        region: args.region,
        require_user_passcode: args.require_user_passcode.map(OnOff::is_on),
    };
    let (account, used_slots) = edit(&session.op_context(&store, &actor), request)?;
    show_account(session, &account, used_slots)?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

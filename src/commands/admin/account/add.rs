//! `account add`

use clap::Args;

use super::show::show_account;
use crate::{
    commands::{
        args::{
            name::parse_account_name,
            new_store::NewStoreArgs,
            words::{OnOff, one_of},
        },
        error::CommandError,
        session::Session,
    },
    domain::directory::{
        account::{AccountId, Region},
        name::Name,
    },
    exit::Exit,
    ops::admin::account::{AddAccountRequest, add},
    render::Row,
    view::AccountView,
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Add an account for an API in India
  $ gatepass account add Staging --region in1")]
pub struct AccountAddArgs {
    /// Name
    ///
    /// Takes 1 to 100 characters. The name is unique in the store, regardless of case.
    #[arg(value_parser = parse_account_name)]
    name: Name,
    /// Account ID, e.g. 948-4KK-444Z; generated if omitted
    #[arg(long, value_name = "ACCOUNT_ID", value_parser = AccountId::parse_typed)]
    id: Option<AccountId>,
    /// Region of its API
    #[arg(long, value_name = "REGION", default_value = "eu1", value_parser = one_of(&Region::ALL, Region::as_str))]
    region: Region,
    /// Refuse account passcodes, so that each caller is a named user
    #[arg(long, value_name = "ON_OFF", default_value = "off")]
    require_user_passcode: OnOff,
    #[command(flatten)]
    new_store: NewStoreArgs,
}

pub fn run(args: &AccountAddArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(AccountView::names())?;
    let request = AddAccountRequest {
        id: args.id,
        name: args.name.clone(),
        region: args.region,
        require_user_passcode: args.require_user_passcode.is_on(),
    };
    let (store, first) = session.open_or_init_with(args.new_store, Some(request.clone()))?;
    let account = match first {
        Some(first) => first,
        None => {
            let actor = session.actor();
            add(&session.op_context(&store, &actor), request, session.host.entropy)?
        }
    };
    // An Account ID that was given is known even in a dry run.
    show_account(session, &account, 0, session.dry_run(args.id.is_none()))?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

//! `account edit`

use clap::{ArgGroup, Args};

use super::show::show_account;
use crate::{
    commands::{
        args::{
            name::parse_account_name,
            words::{OnOff, one_of},
        },
        error::CommandError,
        session::Session,
    },
    domain::directory::{account::Region, name::Name, reference::Reference},
    exit::Exit,
    ops::{
        OpContext,
        admin::account::{EditAccountRequest, EditedAccount, edit},
        query::narrowed::count_narrowed_by_account,
    },
    render::{Row, text::escape},
    store::{Mode, Store},
    view::AccountView,
};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "region", "require_user_passcode"]))]
#[command(after_long_help = "Examples:
  # Rename the only account
  $ gatepass account edit --name Production")]
pub struct AccountEditArgs {
    /// Account ID or name; required if there is more than one account
    #[arg(value_name = "ACCOUNT", value_parser = Reference::parse)]
    reference: Option<Reference>,
    /// New name
    ///
    /// Takes 1 to 100 characters. The name is unique in the store, regardless of case.
    #[arg(long, value_parser = parse_account_name)]
    name: Option<Name>,
    /// Region of its API
    #[arg(long, value_name = "REGION", value_parser = one_of(&Region::ALL, Region::as_str))]
    region: Option<Region>,
    /// Refuse account passcodes, so that each caller is a named user
    #[arg(long, value_name = "ON_OFF")]
    require_user_passcode: Option<OnOff>,
}

pub fn run(args: &AccountEditArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(AccountView::names())?;
    args.reference.iter().for_each(|reference| session.use_account(reference));
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let request = EditAccountRequest {
        name: args.name.clone(),
        region: args.region,
        require_user_passcode: args.require_user_passcode.map(OnOff::is_on),
    };
    let context = session.op_context(&store, &actor);
    if session.needs_confirmation() {
        let preview = edit(&OpContext { dry_run: true, ..context }, request.clone())?;
        confirm(&preview, session, &store)?;
    }
    let edited = edit(&context, request)?;
    show_account(session, &edited.after, edited.used_slots, session.dry_run(false))?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

/// Prompts for a confirmation if the account will refuse requests that it accepts now.
fn confirm(
    preview: &EditedAccount,
    session: &mut Session<'_, '_>,
    store: &Store,
) -> Result<(), CommandError> {
    let EditedAccount { before, after, .. } = preview;
    let narrowed = count_narrowed_by_account(&mut session.begin_read(store)?, before, after)?;
    let mut changes = Vec::new();
    if before.require_user_passcode != after.require_user_passcode {
        changes.push("refuse account passcodes".to_owned());
    }
    if before.region != after.region {
        let (old, new) = (before.region.as_str(), after.region.as_str());
        changes.push(format!("move from region {old} to {new}"));
    }
    let (name, changes) = (escape(before.name.as_str()), changes.join(", "));
    session.confirm_narrowing(&format!("Edit account {name} ({}): {changes}?", before.id), narrowed)
}

//! `account`

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use crate::{
    commands::Session,
    domain::directory::{
        account::{Account, AccountId, Region},
        name::Name,
    },
    exit::Exit,
    ops::{
        AccountError, OpError,
        admin::account::{AddAccountRequest, EditAccountRequest, add, edit},
    },
    render::{ListWriter, Row},
    store::sqlite::Mode,
    view::{AccountListSummary, AccountView},
};

/// Lists, shows, adds and changes accounts.
///
/// A new store has one account. With several, commands that change something need --account.
#[derive(Debug, Args)]
pub struct AccountArgs {
    #[command(subcommand)]
    command: AccountCommand,
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// Lists the accounts
    List,
    /// Shows one account
    Show {
        /// Its Account ID; needed when there are several
        #[arg(value_name = "ACCOUNT_ID", value_parser = AccountId::parse)]
        id: Option<AccountId>,
    },
    /// Adds an account
    Add(AccountAddArgs),
    /// Changes an account
    Edit(AccountEditArgs),
}

#[derive(Debug, Args)]
struct AccountAddArgs {
    /// What you call it
    #[arg(value_parser = Name::parse)]
    name: Name,
    /// Its Account ID, if it has one; else one is made
    #[arg(long, value_name = "ACCOUNT_ID", value_parser = AccountId::parse)]
    id: Option<AccountId>,
    /// Where its API runs: eu1, in1, sg1, us1, aps3 or mec1
    #[arg(long, value_name = "REGION", default_value = "eu1", value_parser = parse_region)]
    region: Region,
    /// Whether to refuse account passcodes, so that every caller is a named user
    #[arg(long, value_name = "ON_OFF", default_value = "off")]
    require_user_passcode: OnOff,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("edits").required(true).multiple(true)
    .args(["name", "region", "require_user_passcode"]))]
struct AccountEditArgs {
    /// Its Account ID; needed when there are several
    #[arg(value_name = "ACCOUNT_ID", value_parser = AccountId::parse)]
    id: Option<AccountId>,
    /// A new name
    #[arg(long, value_parser = Name::parse)]
    name: Option<Name>,
    /// Where its API runs: eu1, in1, sg1, us1, aps3 or mec1
    #[arg(long, value_name = "REGION", value_parser = parse_region)]
    region: Option<Region>,
    /// Whether to refuse account passcodes, so that every caller is a named user
    #[arg(long, value_name = "ON_OFF")]
    require_user_passcode: Option<OnOff>,
}

/// Whether something is to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::commands) enum OnOff {
    On,
    Off,
}

pub(in crate::commands) fn run(
    args: &AccountArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    match &args.command {
        AccountCommand::List => list(session),
        AccountCommand::Show { id } => show(*id, session),
        AccountCommand::Add(args) => {
            session.check_field(AccountView::names())?;
            let order = AddAccountRequest {
                id: args.id,
                name: args.name.clone(),
                region: args.region,
                require_user_passcode: args.require_user_passcode == OnOff::On,
            };
            let (store, founded) = session.open_or_init_with(Some(order.clone()))?;
            let actor = session.actor();
            let account = match founded {
                Some(first) => first,
                None => add(&session.op_context(&store, &actor), order, session.host.entropy)?,
            };
            show_account(session, &account, 0)?;
            session.report_dry_run()?;
            Ok(Exit::Success)
        }
        AccountCommand::Edit(args) => {
            session.check_field(AccountView::names())?;
            session.account = args.id.or(session.account);
            let store = session.open_store(Mode::Write)?;
            let actor = session.actor();
            let edits = EditAccountRequest {
                name: args.name.clone(),
                region: args.region,
                require_user_passcode: args.require_user_passcode.map(|demand| demand == OnOff::On),
            };
            let account = edit(&session.op_context(&store, &actor), edits)?;
            let places = session.begin_read(&store)?.tx.count_used_slots(account.key)?;
            show_account(session, &account, places)?;
            session.report_dry_run()?;
            Ok(Exit::Success)
        }
    }
}

fn list(session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let style = session.style();
    let accounts = look.accounts(session.account)?;
    let now = look.now.rfc3339_bytes();
    let out = &mut *session.host.stdout;
    let mut writer =
        ListWriter::<AccountView<'static>>::new(out, &style, "gatepass.accounts/v1", now)?;
    for account in &accounts {
        writer
            .row(&AccountView { account, slots_taken: look.tx.count_used_slots(account.key)? })?;
    }
    writer.finish(&AccountListSummary { count: accounts.len() as i64 })?;
    session.host.stdout.flush()?;
    Ok(Exit::Success)
}

fn show(id: Option<AccountId>, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let mut accounts = look.accounts(id.or(session.account))?;
    let all = accounts.iter().map(|account| account.id).collect();
    match (accounts.pop(), accounts.is_empty()) {
        (Some(account), true) => {
            let places = look.tx.count_used_slots(account.key)?;
            show_account(session, &account, places)
        }
        _ => Err(OpError::from(AccountError::AccountRequired(all)).into()),
    }
}

fn show_account(
    session: &mut Session<'_, '_>,
    account: &Account,
    places: i64,
) -> anyhow::Result<Exit> {
    let view = AccountView { account, slots_taken: places };
    session.show(&view, &view.details())?;
    Ok(Exit::Success)
}

/// Reads the word for a region.
pub(in crate::commands) fn parse_region(text: &str) -> Result<Region, String> {
    Region::parse(text).ok_or_else(|| {
        let words: Vec<&str> = Region::ALL.iter().map(|region| region.as_str()).collect();
        format!("a region is one of {}", words.join(", "))
    })
}

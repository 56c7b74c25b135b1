//! `legacy policy`

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::time::parse_start,
        error::{CliError, CommandError},
        session::Session,
    },
    domain::{
        credential::rate_limit::RateLimit, directory::account::Account, instant::Instant,
        legacy::parse_link,
    },
    exit::Exit,
    ops::{
        AccountError, OpContext, OpError,
        app::legacy_policy::{PolicyChange, PolicyEdits, UpdatedPolicy, set_policy},
        query::narrowed::count_narrowed_by_account,
    },
    render::{Row, text::escape},
    store::{Mode, Store},
    view::LegacyPolicyView,
};

/// Show or set when legacy keys are deprecated, limited and refused
///
/// Without flags, the command shows the policy. The first policy needs --announce, --limit-from, --limit and --sunset.
/// Later, you can change each of them on its own. A date means the start of that day in UTC; RFC 3339 instants work
/// too.
///
/// A policy that refuses or limits existing legacy keys, now or later, needs confirmation. So does --clear, because legacy
/// keys then work indefinitely.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("change").multiple(true)
    .args(["announce", "limit_from", "limit", "sunset", "link", "no_link"]))]
#[command(after_long_help = r"Examples:
  # Show the policy
  $ gatepass legacy policy

  # Announce the deprecation, then limit and finally refuse legacy keys
  $ gatepass legacy policy --announce 2027-01-01 \
      --limit-from 2027-04-01 --limit 200/min --sunset 2027-10-01")]
pub struct LegacyPolicyArgs {
    /// Start of the deprecation notice in responses, e.g. 2027-01-31
    ///
    /// Takes a date, which means the start of that day in UTC, or an RFC 3339 instant.
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    announce: Option<Instant>,
    /// Start of the rate limit, e.g. 2027-01-31
    ///
    /// Takes a date, which means the start of that day in UTC, or an RFC 3339 instant.
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    limit_from: Option<Instant>,
    /// Rate limit of each legacy key, e.g. 200/min
    ///
    /// Takes requests per minute, 1/min to 1000000/min.
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse)]
    limit: Option<RateLimit>,
    /// Date from which legacy keys are refused, e.g. 2027-01-31
    ///
    /// Takes a date, which means the start of that day in UTC, or an RFC 3339 instant.
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    sunset: Option<Instant>,
    /// URL of instructions for developers
    ///
    /// Responses to requests with a legacy key link to it.
    #[arg(long, value_name = "URL", value_parser = parse_link)]
    link: Option<String>,
    /// Remove the link
    #[arg(long, conflicts_with = "link")]
    no_link: bool,
    /// Remove the policy
    ///
    /// Legacy keys then work without limit or sunset.
    #[arg(long, conflicts_with = "change")]
    clear: bool,
}

pub fn run(args: &LegacyPolicyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match args.policy_change() {
        None if session.global.dry_run => {
            let why = "without a change, there is nothing to try with --dry-run";
            Err(CliError::usage("usage", why).into())
        }
        None => show_policy(session),
        Some(change) => change_policy(change, session),
    }
}

impl LegacyPolicyArgs {
    /// Returns the change, or `None` if no flag is given.
    fn policy_change(&self) -> Option<PolicyChange> {
        if self.clear {
            return Some(PolicyChange::Clear);
        }
        let edits = PolicyEdits {
            announced_at: self.announce,
            limited_at: self.limit_from,
            limit: self.limit,
            sunset_at: self.sunset,
            link: if self.no_link { Some(None) } else { self.link.clone().map(Some) },
        };
        Some(edits).filter(|edits| !edits.is_empty()).map(PolicyChange::Set)
    }
}

fn show_policy(session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let mut accounts = read.accounts(session.account)?;
    let all = accounts.iter().map(|account| account.id).collect();
    match (accounts.pop(), accounts.is_empty()) {
        (Some(account), true) => write_policy(session, &account, read.now, false),
        _ => Err(OpError::from(AccountError::AccountRequired(all)).into()),
    }
}

fn change_policy(
    change: PolicyChange,
    session: &mut Session<'_, '_>,
) -> Result<Exit, CommandError> {
    session.check_field(LegacyPolicyView::names())?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    if session.needs_confirmation() {
        let preview = set_policy(&OpContext { dry_run: true, ..context }, change.clone())?;
        confirm(&preview, &change, session, &store)?;
    }
    let changed = set_policy(&context, change.clone())?;
    write_policy(session, &changed.after, changed.now, session.global.dry_run)?;
    match change {
        PolicyChange::Set(edits) => warn_if_past(session, &edits, changed.now)?,
        PolicyChange::Clear if changed.before.legacy.is_none() => {
            let account = account_text(&changed.before);
            session.notice(&format!(
                "There is no legacy key policy for {account}; nothing was changed."
            ))?;
        }
        PolicyChange::Clear => {}
    }
    session.report_dry_run()?;
    Ok(Exit::Success)
}

/// Prompts for a confirmation if requests that are accepted now will be refused or limited, or if the policy is removed.
fn confirm(
    preview: &UpdatedPolicy,
    change: &PolicyChange,
    session: &mut Session<'_, '_>,
    store: &Store,
) -> Result<(), CommandError> {
    let UpdatedPolicy { before, after, now } = preview;
    let account = account_text(before);
    let Some(policy) = after.legacy.as_ref().filter(|_| *change != PolicyChange::Clear) else {
        if before.legacy.is_none() {
            return Ok(());
        }
        return session
            .confirm(&format!("Accept the legacy keys of {account} without limit or sunset?"));
    };
    let narrowed = count_narrowed_by_account(&mut session.begin_read(store)?, before, after)?;
    let question = match policy.sunset_at {
        sunset if sunset <= *now => format!("Refuse the legacy keys of {account} from now on?"),
        sunset => format!(
            "Limit the legacy keys of {account} from {}, and refuse them from {sunset}?",
            policy.limited_at
        ),
    };
    session.confirm_narrowing(&question, narrowed)
}

fn account_text(account: &Account) -> String {
    format!("account {} ({})", escape(account.name.as_str()), account.id)
}

/// Warns of dates in the past. They are allowed, because the policy may have been announced before it is set here.
fn warn_if_past(
    session: &mut Session<'_, '_>,
    edits: &PolicyEdits,
    now: Instant,
) -> Result<(), CommandError> {
    for (flag, at) in [
        ("--announce", edits.announced_at),
        ("--limit-from", edits.limited_at),
        ("--sunset", edits.sunset_at),
    ] {
        if let Some(at) = at.filter(|at| *at <= now) {
            session.notice(&format!("warning: {flag} {at} is not in the future"))?;
        }
    }
    Ok(())
}

fn write_policy(
    session: &mut Session<'_, '_>,
    account: &Account,
    now: Instant,
    is_dry_run: bool,
) -> Result<Exit, CommandError> {
    let view = LegacyPolicyView { account, now, is_dry_run };
    session.show(&view, &view.details())?;
    Ok(Exit::Success)
}

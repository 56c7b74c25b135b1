//! `legacy policy`

use clap::{ArgGroup, Args};

use crate::{
    commands::{args::time::parse_start, error::CommandError, session::Session},
    domain::{
        credential::rate_limit::RateLimit, directory::account::Account, instant::Instant,
        legacy::parse_link,
    },
    exit::Exit,
    ops::{
        AccountError, OpContext, OpError,
        app::legacy_policy::{PolicyChange, PolicyEdits, UpdatedPolicy, set_policy},
    },
    render::{Row, text::escape},
    store::Mode,
    view::LegacyPolicyView,
};

/// Show or set when legacy keys are deprecated, limited and refused
///
/// Without flags, the command shows the policy. The first policy needs --announce, --limit-from, --limit and --sunset.
/// Later, you can change each of them on its own. A date means the start of that day in UTC; RFC 3339 instants work
/// too.
///
/// An earlier sunset needs confirmation, because requests are refused sooner. So does --clear, because legacy keys then
/// work indefinitely.
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
    /// Date from which responses announce the deprecation
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    announce: Option<Instant>,
    /// Date from which legacy keys are rate-limited
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    limit_from: Option<Instant>,
    /// Rate limit of each legacy key, e.g. 200/min
    ///
    /// Takes requests per minute, 1/min to 1000000/min.
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse)]
    limit: Option<RateLimit>,
    /// Date from which legacy keys are refused
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
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let mut accounts = read.accounts(session.account)?;
    let all = accounts.iter().map(|account| account.id).collect();
    match (accounts.pop(), accounts.is_empty()) {
        (Some(account), true) => write_policy(session, &account, read.now),
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
        if let Some(question) = question(&preview, &change) {
            session.confirm(&question)?;
        }
    }
    let changed = set_policy(&context, change.clone())?;
    write_policy(session, &changed.after, changed.now)?;
    if let PolicyChange::Set(edits) = change {
        warn_if_past(session, &edits, changed.now)?;
    }
    session.report_dry_run()?;
    Ok(Exit::Success)
}

/// Returns the question to confirm an earlier sunset or the removal of the policy; `None` for any other change.
fn question(preview: &UpdatedPolicy, change: &PolicyChange) -> Option<String> {
    let account =
        format!("account {} ({})", escape(preview.before.name.as_str()), preview.before.id);
    match preview.new_sunset() {
        Some(sunset) if sunset <= preview.now => {
            Some(format!("Refuse the legacy keys of {account} from now on?"))
        }
        Some(sunset) => Some(format!(
            "Refuse the legacy keys of {account} earlier than announced, from {sunset}?"
        )),
        None if *change == PolicyChange::Clear => {
            Some(format!("Allow the legacy keys of {account} without limit or sunset?"))
        }
        None => None,
    }
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
            writeln!(session.host.stderr, "warning: {flag} {at} is not in the future")?;
        }
    }
    Ok(())
}

fn write_policy(
    session: &mut Session<'_, '_>,
    account: &Account,
    now: Instant,
) -> Result<Exit, CommandError> {
    let view = LegacyPolicyView { account, now };
    session.show(&view, &view.details())?;
    Ok(Exit::Success)
}

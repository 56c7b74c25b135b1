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
    render::Row,
    store::sqlite::Mode,
    view::LegacyPolicyView,
};

/// Shows or sets when legacy keys are announced to end, when they are limited, and when they end.
///
/// A first policy says all of it; later each part can be moved alone. A date is its beginning, UTC. A sunset that comes
/// sooner than it was has to be confirmed, because calls end with it; so has --clear, because they may go on for ever.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("change").multiple(true)
    .args(["announce", "limit_from", "limit", "sunset", "link", "no_link"]))]
pub struct LegacyPolicyArgs {
    /// From when on every answer to such a key tells that it is deprecated: a date or an RFC 3339 instant
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    announce: Option<Instant>,
    /// From when on such keys are limited
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    limit_from: Option<Instant>,
    /// To how many requests a minute each is limited, such as 200/min
    #[arg(long, value_name = "N/min", value_parser = RateLimit::parse)]
    limit: Option<RateLimit>,
    /// When such keys end
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    sunset: Option<Instant>,
    /// Where the programmers of apps read what to do; every answer tells it
    #[arg(long, value_name = "URL", value_parser = parse_link)]
    link: Option<String>,
    /// Take the link away
    #[arg(long, conflicts_with = "link")]
    no_link: bool,
    /// Take the policy away: such keys are good without limit and without end
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
    let read = session.begin_read(&store)?;
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

/// Returns the question to confirm a change that ends keys sooner or lets them last forever; `None` for any other.
fn question(preview: &UpdatedPolicy, change: &PolicyChange) -> Option<String> {
    let id = preview.before.id;
    match preview.new_sunset() {
        Some(sunset) if sunset <= preview.now => {
            Some(format!("End the legacy keys of {id} at once?"))
        }
        Some(sunset) => {
            Some(format!("End the legacy keys of {id} sooner than was told, at {sunset}?"))
        }
        None if *change == PolicyChange::Clear => {
            Some(format!("Let the legacy keys of {id} be good without limit and without end?"))
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

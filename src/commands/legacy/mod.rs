//! `legacy`

use clap::{ArgGroup, Args, Subcommand};

use super::Session;
use crate::{
    domain::{
        credential::{
            lifetime::{LifetimeError, parse_date_or_time},
            rate_limit::RateLimit,
        },
        directory::account::Account,
        instant::{DAY, Instant},
        legacy::parse_link,
        usage::RETENTION_DAYS,
    },
    exit::Exit,
    ops::{
        AccountError, OpContext, OpError,
        app::{
            legacy_policy::{PolicyChange, PolicyEdits, set_policy},
            legacy_report::{LegacyReportTotals, legacy_report},
        },
    },
    render::{Bar, Format, ListWriter, Row, Shape, bars, text::escape},
    store::sqlite::Mode,
    view::{LegacyAppView, LegacyPolicyView, LegacyReportSummary},
};

/// Leads apps away from the keys that they had before there were tokens.
///
/// Such a key is imported with --legacy-key-file of app add or app edit, and opens all districts. Announce that these
/// keys end, limit them, then refuse them; the report tells who still depends on one.
#[derive(Debug, Args)]
pub struct LegacyArgs {
    #[command(subcommand)]
    command: LegacyCommand,
}

#[derive(Debug, Subcommand)]
enum LegacyCommand {
    Policy(LegacyPolicyArgs),
    Report(LegacyReportArgs),
}

/// Shows or sets when legacy keys are announced to end, when they are limited, and when they end.
///
/// A first policy says all of it; later each part can be moved alone. A date is its beginning, UTC. A sunset that comes
/// sooner than it was has to be confirmed, because calls end with it; so has --clear, because they may go on for ever.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("change").multiple(true)
    .args(["announce", "limit_from", "limit", "sunset", "link", "no_link"]))]
struct LegacyPolicyArgs {
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

/// Tells which apps still depend on their legacy keys, and who blocks the sunset.
///
/// An app blocks it if it used its key within the last 7 days, or has no token for some district. At a terminal a bar
/// for each day stands below the table.
#[derive(Debug, Args)]
struct LegacyReportArgs {
    /// How many days to look back, today included: 1 to 400
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = parse_days)]
    days: u32,
}

pub(super) fn run(args: &LegacyArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        LegacyCommand::Policy(args) => match args.policy_change() {
            None => show_policy(session),
            Some(wanted) => change_policy(wanted, session),
        },
        LegacyCommand::Report(args) => report(args, session),
    }
}

impl LegacyPolicyArgs {
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

fn show_policy(session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let mut accounts = look.accounts(session.account)?;
    let all = accounts.iter().map(|account| account.id).collect();
    match (accounts.pop(), accounts.is_empty()) {
        (Some(account), true) => write_policy(session, &account, look.now),
        _ => Err(OpError::from(AccountError::AccountRequired(all)).into()),
    }
}

fn change_policy(wanted: PolicyChange, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    session.check_field(LegacyPolicyView::names())?;
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let desk = session.op_context(&store, &actor);
    if session.needs_confirmation() {
        let trial = set_policy(&OpContext { dry_run: true, ..desk }, wanted.clone())?;
        let id = trial.before.id;
        match trial.new_sunset() {
            Some(sunset) if sunset <= trial.now => {
                session.confirm(&format!("End the legacy keys of {id} at once?"))?;
            }
            Some(sunset) => {
                let question =
                    format!("End the legacy keys of {id} sooner than was told, at {sunset}?");
                session.confirm(&question)?;
            }
            None if wanted == PolicyChange::Clear => session.confirm(&format!(
                "Let the legacy keys of {id} be good without limit and without end?"
            ))?,
            None => {}
        }
    }
    let changed = set_policy(&desk, wanted.clone())?;
    write_policy(session, &changed.after, changed.now)?;
    if let PolicyChange::Set(edits) = wanted {
        warn_if_past(session, &edits, changed.now)?;
    }
    session.report_dry_run()?;
    Ok(Exit::Success)
}

/// What is over may be meant so, as when a policy that others know of already is written down here.
fn warn_if_past(
    session: &mut Session<'_, '_>,
    edits: &PolicyEdits,
    now: Instant,
) -> anyhow::Result<()> {
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
) -> anyhow::Result<Exit> {
    let view = LegacyPolicyView { account, now };
    session.show(&view, &view.details())?;
    Ok(Exit::Success)
}

fn report(args: &LegacyReportArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let style = session.style();
    let is_table = style.shape == Shape::Rows(Format::Table);
    let shows_bars = is_table && session.host.terminal.stdout;
    let mut counts: Vec<(String, Vec<u64>)> = Vec::new();
    let mut blocking = Vec::new();
    let mut writer = ListWriter::<LegacyAppView<'static>>::new(
        session.host.stdout,
        &style,
        "gatepass.legacy-report/v1",
        look.now.rfc3339_bytes(),
    )?;
    let totals = legacy_report(&look, session.account, args.days, |dependent| {
        let name = dependent.app.name.as_str();
        if shows_bars {
            counts.push((name.to_owned(), dependent.uses_by_day.clone()));
        }
        if is_table && dependent.blocks_sunset() {
            blocking.push(name.to_owned());
        }
        writer.row(&LegacyAppView::new(dependent)).map_err(OpError::Output)
    })?;
    writer.finish(&LegacyReportSummary { totals, days: args.days })?;
    if shows_bars && !counts.is_empty() {
        let title = bars_title(args.days, look.now);
        let each = |(label, counts): &(String, Vec<u64>)| Bar {
            label: escape(label).into_owned(),
            counts: counts.clone(),
        };
        let text = bars(&title, &counts.iter().map(each).collect::<Vec<_>>(), style.width);
        session.host.stdout.write_all(text.as_bytes())?;
    }
    session.host.stdout.flush()?;
    if is_table {
        writeln!(session.host.stderr, "{}", report_footer(&totals, &blocking, args.days))?;
    }
    Ok(Exit::Success)
}

fn bars_title(days: u32, now: Instant) -> String {
    let first = now.plus(-i64::from(days - 1) * DAY);
    let date = |instant: Instant| instant.to_string()[..10].to_owned();
    format!("Calls by day, {} to {}", date(first), date(now))
}

/// What is said on stderr below the table.
fn report_footer(totals: &LegacyReportTotals, blocking: &[String], days: u32) -> String {
    let LegacyReportTotals { listed, .. } = totals;
    let apps = if *listed == 1 { "app has" } else { "apps have" };
    let names: Vec<_> = blocking.iter().map(|name| escape(name)).collect();
    let blocked = match (listed, names.as_slice()) {
        (0, _) => String::new(),
        (_, []) => "; nobody blocks the sunset".to_owned(),
        (_, [one]) => format!("; {one} blocks the sunset"),
        (_, many) => format!("; {} of them block the sunset: {}", many.len(), many.join(", ")),
    };
    let recent = if *listed == 0 { String::new() } else { format!("; RECENT: {days} days") };
    format!("{listed} {apps} a legacy key{blocked}{recent}")
}

fn parse_start(text: &str) -> Result<Instant, LifetimeError> {
    parse_date_or_time(text, Instant::start_of)
}

fn parse_days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| (1..=RETENTION_DAYS as u32).contains(days));
    days.ok_or_else(|| format!("days are a whole number from 1 to {RETENTION_DAYS}"))
}

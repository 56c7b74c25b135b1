//! `check`

use clap::Args;

use crate::{
    commands::{
        args::time::parse_duration,
        error::{CliError, CommandError},
        session::Session,
    },
    domain::{
        duration::{Duration, time_left},
        instant::Instant,
    },
    exit::Exit,
    ops::query::check::{CheckLevel, CheckReport, CheckThresholds, check},
    render::text::escape,
    store::Mode,
    view::CheckView,
};

/// Report expired and soon-to-expire credentials
///
/// This command is for cron and monitoring. It prints one line and exits like a monitoring plugin: with 0 if there is
/// nothing to do, 1 for a warning, 2 if critical, and 3 if the check failed. With --quiet, it prints nothing on success.
///
/// It also warns of credentials that were used in the last 30 days, but that the policy of their account refuses. A
/// record or a sum that does not verify is critical. With --json, the output lists the first 100 of the credentials.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Report credentials that expire within 30 days
  $ gatepass check

  # Print nothing unless a credential expires within 14 days
  $ gatepass check --quiet --warn 14 --crit 3

  # List the credentials that expire soon as JSON
  $ gatepass check --json

  # Also check the integrity of the whole store, such as once a day
  $ gatepass check --deep")]
pub struct CheckArgs {
    /// Warn about credentials that expire within this time, e.g. 14d [default: 30d]
    ///
    /// Takes a number and h, d or w, or a number of days. It must not be shorter than that of --crit.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    warn: Option<Duration>,
    /// Be critical if credentials expire within this time, e.g. 3d [default: 7d]
    ///
    /// Credentials that have expired are always critical. Takes a number and h, d or w, or a number of days.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    crit: Option<Duration>,
    /// Also check the integrity of the whole store
    ///
    /// Reads every record, as gatepass doctor does. Without it, only the records that the report is about are verified.
    #[arg(long)]
    deep: bool,
}

impl CheckArgs {
    /// Returns the thresholds.
    ///
    /// # Errors
    /// A usage error if no credential could be a warning.
    fn thresholds(&self) -> Result<CheckThresholds, CliError> {
        match (self.warn, self.crit) {
            (Some(warn), Some(crit)) if warn < crit => Err(CliError::Usage {
                code: "bad_thresholds",
                message: format!("--warn ({warn}) is shorter than --crit ({crit})"),
                hint: Some(format!(
                    "to warn before it is critical: --warn {} --crit {}",
                    crit.short(),
                    warn.short()
                )),
            }),
            (warn, crit) => Ok(CheckThresholds {
                warning: warn.unwrap_or(Duration::days(30)),
                critical: crit.unwrap_or(Duration::days(7)),
            }),
        }
    }
}

pub fn run(args: &CheckArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let thresholds = args.thresholds()?;
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let mut report = check(&mut read, session.account, thresholds)?;
    let now = read.now;
    drop(read);
    if args.deep {
        report.issues.extend(store.check_integrity()?);
    }
    let level = report.level();
    if !session.global.quiet || level != CheckLevel::Ok {
        let line = plugin_line(&report, thresholds, now);
        session.show_ignoring_closed_pipe(&CheckView { report: &report }, &line)?;
    }
    // For monitoring plugins, 1 is a warning and 2 is critical.
    Ok(match level {
        CheckLevel::Ok => Exit::Success,
        CheckLevel::Warning => Exit::Failed,
        CheckLevel::Critical => Exit::Usage,
    })
}

/// Returns the line of a monitoring plugin. Graphs are drawn of what follows the `|`, so it never changes.
fn plugin_line(report: &CheckReport, thresholds: CheckThresholds, now: Instant) -> String {
    let CheckReport { expired, critical, warning, refused_by_policy, .. } = report;
    let mut line = format!("{}: ", report.level().as_str());
    if let Some(first) = report.issues.first() {
        line.push_str(&format!("the store failed verification: {}", escape(&first.0)));
        if report.issues.len() > 1 {
            line.push_str(&format!(" and {} more", report.issues.len() - 1));
        }
        line.push_str(" (see gatepass doctor); ");
    }
    line.push_str(&format!(
        "{expired} expired, {critical} within {}, {warning} more within {}",
        thresholds.critical, thresholds.warning,
    ));
    if let Some((name, expiry)) = &report.next {
        let left = time_left(expiry.since(now));
        line.push_str(&format!("; next: {} in {left}", escape(name)));
    }
    if *refused_by_policy > 0 {
        line.push_str(&format!("; {refused_by_policy} in use, but refused by their account"));
    }
    line.push_str(&format!(" | expired={expired} critical={critical} warning={warning}"));
    line
}

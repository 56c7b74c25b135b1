//! `check`

use clap::Args;

use crate::{
    commands::{args::time::parse_duration, error::CommandError, session::Session},
    domain::duration::{Duration, time_left},
    exit::Exit,
    ops::query::check::{CheckReport, check},
    render::{Shape, text::escape},
    store::Mode,
    view::CheckView,
};

/// Report expired and soon-to-expire credentials
///
/// This command is for cron and monitoring. It prints one line and exits like a monitoring plugin: with 0 if nothing
/// expires soon, 1 for a warning, 2 if critical, and 3 if the check failed. With --quiet, it prints nothing on success.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Report credentials that expire within 30 days
  $ gatepass check

  # Print nothing unless a credential expires within 14 days
  $ gatepass check --quiet --warn 14 --crit 3")]
pub struct CheckArgs {
    /// Warn about credentials that expire within this time, e.g. 30d
    ///
    /// Takes a number and h, d or w, or a number of days.
    #[arg(long, value_name = "DURATION", default_value = "30", value_parser = parse_duration)]
    warn: Duration,
    /// Be critical if credentials expire within this time, e.g. 7d
    ///
    /// Credentials that have expired are always critical. Takes a number and h, d or w, or a number of days.
    #[arg(long, value_name = "DURATION", default_value = "7", value_parser = parse_duration)]
    crit: Duration,
}

pub fn run(args: &CheckArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let report = check(&mut read, session.account, args.warn, args.crit)?;
    let level = level(&report);
    let next = report.next.as_ref().map(|(name, expiry)| {
        format!("; next: {} in {}", escape(name), time_left(expiry.since(read.now)))
    });
    let CheckReport { expired, critical, warning, .. } = report;
    let line = format!(
        "{}: {expired} expired, {critical} within {}, {warning} more within {}{} | expired={expired} \
         critical={critical} warning={warning}",
        level.word,
        args.crit,
        args.warn,
        next.unwrap_or_default(),
    );
    if session.shape != Shape::Handles || level.exit != Exit::Success {
        session
            .show_ignoring_closed_pipe(&CheckView { report: &report, level: level.word }, &line)?;
    }
    Ok(level.exit)
}

/// The result, in the words and exit codes of monitoring plugins.
struct CheckLevel {
    word: &'static str,
    exit: Exit,
}

fn level(report: &CheckReport) -> CheckLevel {
    match report {
        CheckReport { expired: 0, critical: 0, warning: 0, .. } => {
            CheckLevel { word: "OK", exit: Exit::Success }
        }
        // For monitoring plugins, 1 is a warning and 2 is critical.
        CheckReport { expired: 0, critical: 0, .. } => {
            CheckLevel { word: "WARNING", exit: Exit::Failed }
        }
        _ => CheckLevel { word: "CRITICAL", exit: Exit::Usage },
    }
}

//! `check`

use clap::Args;

use crate::{
    commands::{args::time::parse_days, error::CommandError, session::Session},
    exit::Exit,
    ops::query::check::{CheckReport, check},
    render::{Shape, text::escape},
    store::sqlite::Mode,
    view::{CheckView, duration_text},
};

/// Tells cron and monitoring what has expired and what soon will.
///
/// Prints one line and exits as monitoring plugins do: 0 fine, 1 warning, 2 critical, 3 could not tell. With -q it is
/// silent when all is well.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Warn of what expires within so many days
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = parse_days)]
    warn: u32,
    /// Call critical what expires within so many days, or has expired
    #[arg(long, value_name = "DAYS", default_value = "7", value_parser = parse_days)]
    crit: u32,
}

pub fn run(args: &CheckArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    let read = session.begin_read(&store)?;
    let report = check(&read, session.account, args.warn, args.crit)?;
    let level = level(&report);
    let next = report.next.as_ref().map(|(name, expiry)| {
        format!("; next: {} in {}", escape(name), duration_text(expiry.since(read.now)))
    });
    let CheckReport { expired, critical, warning, .. } = report;
    let line = format!(
        "{}: {expired} expired, {critical} within {} days, {warning} more within {} days{} | expired={expired} \
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

//! `check`

use clap::Args;

use crate::{
    commands::Session,
    exit::Exit,
    ops::query::check::{CheckReport, check},
    render::{Shape, text::escape},
    store::sqlite::Mode,
    view::{CheckView, duration_text},
};

/// How far ahead one can look: a hundred years.
const MAX_DAYS: u32 = 36_500;

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

pub(in crate::commands) fn run(
    args: &CheckArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let outlook = check(&look, session.account, args.warn, args.crit)?;
    let level = level(&outlook);
    let next = outlook.next.as_ref().map(|(owner, end)| {
        format!("; next: {} in {}", escape(owner), duration_text(end.since(look.now)))
    });
    let CheckReport { expired, critical, warning, .. } = outlook;
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
            .show_ignoring_closed_pipe(&CheckView { report: &outlook, level: level.word }, &line)?;
    }
    Ok(level.exit)
}

/// Reads a number of days to look ahead.
pub(in crate::commands) fn parse_days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| *days <= MAX_DAYS);
    days.ok_or_else(|| format!("days are a whole number from 0 to {MAX_DAYS}"))
}

struct CheckLevel {
    word: &'static str,
    exit: Exit,
}

fn level(outlook: &CheckReport) -> CheckLevel {
    match outlook {
        CheckReport { expired: 0, critical: 0, warning: 0, .. } => {
            CheckLevel { word: "OK", exit: Exit::Success }
        }
        // Monitoring plugins call 1 a warning and 2 critical.
        CheckReport { expired: 0, critical: 0, .. } => {
            CheckLevel { word: "WARNING", exit: Exit::Failed }
        }
        _ => CheckLevel { word: "CRITICAL", exit: Exit::Usage },
    }
}

//! `legacy report`

use clap::Args;

use crate::{
    commands::{
        args::{list::columns::ListColumns, time::parse_report_days},
        error::CommandError,
        session::Session,
    },
    domain::{
        duration::Duration,
        instant::{DAY, Instant},
    },
    exit::Exit,
    ops::{
        OpError,
        app::legacy_report::{LegacyReportTotals, legacy_report},
    },
    render::{Bar, Format, ListWriter, Shape, bars, text::escape},
    view::{ACCOUNT_COLUMN, LegacyAppView, LegacyReportSummary},
};

/// Report which apps still depend on legacy keys
///
/// An app blocks the sunset if it used its key within the last 7 days, or if a district has no token for it yet. At a
/// terminal, a chart of the requests per day follows the table.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Report which apps used their legacy keys within the last 90 days
  $ gatepass legacy report --days 90")]
pub struct LegacyReportArgs {
    /// Number of days to look back, including today (1–400)
    #[arg(long, value_name = "N", default_value = "30", value_parser = parse_report_days)]
    days: Duration,
    #[command(flatten)]
    columns: ListColumns,
}

pub fn run(args: &LegacyReportArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let style = args.columns.style(session)?;
    let store = session.open_to_view()?;
    // The parser takes only whole days.
    let days = args.days.whole_days().unwrap_or(1);
    let mut read = session.begin_read(&store)?;
    let shows_accounts = read.accounts(session.account)?.len() > 1;
    let is_table = style.shape == Shape::Rows(Format::Table);
    let shows_bars = is_table && session.host.terminal.stdout;
    let mut calls: Vec<Bar> = Vec::new();
    let mut blocking = Vec::new();
    let mut writer = ListWriter::<LegacyAppView<'static>>::new(
        session.host.stdout,
        &style,
        "gatepass.legacy-report/v1",
        read.now.rfc3339_bytes(),
    )?
    .hide(ACCOUNT_COLUMN, !shows_accounts);
    let totals = legacy_report(&mut read, session.account, days, |dependent| {
        let name = dependent.app.name.as_str();
        if shows_bars {
            let label = escape(name).into_owned();
            calls.push(Bar { label, counts: dependent.uses_by_day.clone() });
        }
        if is_table && dependent.blocks_sunset() {
            blocking.push(name.to_owned());
        }
        writer.row(&LegacyAppView::new(dependent)).map_err(OpError::Output)
    })?;
    let fit = writer.finish(&LegacyReportSummary { totals, days })?;
    if !calls.is_empty() {
        let text = bars(&bars_title(days, read.now), &calls, style.width);
        session.host.stdout.write_all(text.as_bytes())?;
    }
    session.end_list(&fit)?;
    if is_table {
        session.message(&footer(&totals, &blocking, days))?;
    }
    Ok(Exit::Success)
}

fn bars_title(days: u32, now: Instant) -> String {
    let first = now.plus(-i64::from(days - 1) * DAY);
    let date = |instant: Instant| instant.to_string()[..10].to_owned();
    format!("Calls by day, {} to {}", date(first), date(now))
}

/// Returns the line on stderr below the table.
fn footer(totals: &LegacyReportTotals, blocking: &[String], days: u32) -> String {
    let LegacyReportTotals { listed, .. } = totals;
    let apps = if *listed == 1 { "app has" } else { "apps have" };
    let names: Vec<_> = blocking.iter().map(|name| escape(name)).collect();
    let blocked = match (listed, names.as_slice()) {
        (0, _) => String::new(),
        (_, []) => "; no app blocks the sunset".to_owned(),
        (_, [one]) => format!("; {one} blocks the sunset"),
        (_, many) => format!("; {} of them block the sunset: {}", many.len(), many.join(", ")),
    };
    let noun = if days == 1 { "day" } else { "days" };
    let recent = match listed {
        0 => String::new(),
        _ => format!("; RECENT covers {days} {noun}"),
    };
    format!("{listed} {apps} a legacy key{blocked}{recent}")
}

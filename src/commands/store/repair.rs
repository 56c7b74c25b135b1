//! `store repair`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
    ops::{
        admin::repair::{RepairReport, repair},
        context::OpContext,
    },
    render::text::escape,
    store::Mode,
    view::{STORE_REPAIR_FIELDS, StoreRepairView},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show what a repair would change
  $ gatepass store repair --dry-run

  # Repair the store without a confirmation
  $ gatepass store repair --yes")]
pub struct StoreRepairArgs {}

pub fn run(_: &StoreRepairArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(STORE_REPAIR_FIELDS)?;
    let store = session.open_store(Mode::Repair)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    if session.needs_confirmation() {
        let preview = repair(OpContext { dry_run: true, ..context })?;
        if !preview.is_empty() {
            session.message(&escape_lines(lines(&preview)))?;
            session.confirm("Repair the store?")?;
        }
    }
    let report = repair(context)?;
    let view = StoreRepairView::new(&report, session.global.dry_run);
    let mut text = lines(&report);
    text.extend(report.issues.iter().map(|issue| format!("problem: {}", issue.0)));
    text.push(result(&report));
    session.show_ignoring_closed_pipe(&view, &escape_lines(text))?;
    session.report_dry_run()?;
    Ok(if report.issues.is_empty() { Exit::Success } else { Exit::Integrity })
}

fn escape_lines(lines: Vec<String>) -> String {
    let escaped: Vec<_> = lines.iter().map(|line| escape(line)).collect();
    escaped.join("\n")
}

/// Returns a line for each change.
fn lines(report: &RepairReport) -> Vec<String> {
    let RepairReport { objects, revoked, apps, accounts, districts, .. } = report;
    let RepairReport { names, counters, messages, .. } = report;
    let objects = objects.iter().map(|object| format!("schema: {object}"));
    let credentials = revoked.iter().map(|one| {
        let verb = if one.deleted.is_some() { "deleted" } else { "revoked" };
        format!("{verb}: {} {}", one.kind().noun(), one.id)
    });
    let apps = apps
        .iter()
        .map(|app| format!("without client secret and webhook: app {} ({})", app.id, app.name));
    let accounts =
        accounts.iter().map(|one| format!("restored: account {} ({})", one.id, one.name));
    let districts =
        districts.iter().map(|one| format!("restored: district {} ({})", one.id, one.name));
    let counts = [
        (names, "names set or removed"),
        (counters, "counters set"),
        (messages, "messages removed"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| **count > 0);
    let counts = counts.map(|(count, what)| format!("{what}: {count}"));
    let sums = report.sums.iter().map(|rows| format!("sum computed again: {rows}"));
    objects
        .chain(credentials)
        .chain(apps)
        .chain(accounts)
        .chain(districts)
        .chain(counts)
        .chain(sums)
        .collect()
}

fn result(report: &RepairReport) -> String {
    match (report.issues.len(), report.is_empty()) {
        (0, true) => "Nothing to repair".to_owned(),
        (0, false) => "No problems remain".to_owned(),
        (1, _) => "1 problem remains: restore a backup".to_owned(),
        (many, _) => format!("{many} problems remain: restore a backup"),
    }
}

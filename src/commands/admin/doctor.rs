//! `doctor`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
    ops::admin::doctor::doctor,
    render::{Shape, text::escape},
    store::sqlite::Mode,
    view::DoctorReportView,
};

/// Check the integrity of store, key and audit log
///
/// Checks every record against its MAC, its related records and its last audit record. The exit code is 8 if a check
/// fails. Advice alone is not a failure.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Check everything
  $ gatepass doctor

  # In a cron job, print nothing unless there is a problem
  $ gatepass doctor --quiet")]
pub struct DoctorArgs {}

pub fn run(_: &DoctorArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    // Fails here if the store was never initialized; the use case would report damage.
    drop(session.begin_read(&store)?);
    let report = doctor(&store, session.host.clock.as_ref())?;
    let mut lines: Vec<String> =
        report.issues.iter().map(|issue| format!("problem: {}", issue.0)).collect();
    lines.extend(report.advice.iter().map(|advice| format!("advice: {advice}")));
    let result = match report.issues.len() {
        0 => "No problems found".to_owned(),
        1 => "1 problem: keep the file as it is and restore a backup".to_owned(),
        many => format!("{many} problems: keep the file as it is and restore a backup"),
    };
    lines.push(result);
    let text: Vec<String> = lines.iter().map(|line| escape(line).into_owned()).collect();
    if session.shape != Shape::Handles || !report.issues.is_empty() {
        session
            .show_ignoring_closed_pipe(&DoctorReportView { report: &report }, &text.join("\n"))?;
    }
    Ok(if report.issues.is_empty() { Exit::Success } else { Exit::Integrity })
}

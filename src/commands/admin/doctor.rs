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

/// Examines store, key and log: every record against its seal, its neighbours and its last audit record.
///
/// Exits 8 when something does not verify. Advice alone is no failure.
#[derive(Debug, Args)]
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
        0 => "all of it verifies".to_owned(),
        1 => "1 problem: keep the file as it is and restore a copy of it".to_owned(),
        many => format!("{many} problems: keep the file as it is and restore a copy of it"),
    };
    lines.push(result);
    let text: Vec<String> = lines.iter().map(|line| escape(line).into_owned()).collect();
    if session.shape != Shape::Handles || !report.issues.is_empty() {
        session
            .show_ignoring_closed_pipe(&DoctorReportView { report: &report }, &text.join("\n"))?;
    }
    Ok(if report.issues.is_empty() { Exit::Success } else { Exit::Integrity })
}

//! `doctor`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
    ops::admin::doctor::doctor,
    render::text::escape,
    store::{IntegrityIssue, Mode},
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
    let report = doctor(&store, session.host.clock.as_ref())?;
    let is_intact = report.issues.is_empty();
    let lines = match is_intact {
        true => advice_lines(&report.advice),
        false => problem_lines(&report.issues),
    };
    if !session.global.quiet || !is_intact {
        session
            .show_ignoring_closed_pipe(&DoctorReportView { report: &report }, &lines.join("\n"))?;
    }
    Ok(if is_intact { Exit::Success } else { Exit::Integrity })
}

fn advice_lines(advice: &[String]) -> Vec<String> {
    let advice = advice.iter().map(|advice| escape(&format!("advice: {advice}")).into_owned());
    advice.chain(["No problems found".to_owned()]).collect()
}

/// Returns a line for each issue of a damaged store, and one that says what to do.
pub fn problem_lines(issues: &[IntegrityIssue]) -> Vec<String> {
    let problems = issues.iter().map(|issue| escape(&format!("problem: {}", issue.0)).into_owned());
    let result = match issues.len() {
        1 => "1 problem: keep the store as it is and restore a backup".to_owned(),
        many => format!("{many} problems: keep the store as it is and restore a backup"),
    };
    problems.chain([result]).collect()
}

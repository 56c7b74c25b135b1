//! `doctor`

use std::{fs, path::Path};

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Session, read_master_key},
    },
    domain::store_address::StoreAddress,
    exit::Exit,
    keys::{KeyError, Keys, MasterKey, PathRules, UnsafePath, file},
    ops::admin::doctor::doctor,
    render::{self, Format, Shape, Style, text::escape},
    store::{IntegrityIssue, LockWait, MarkState, Mode, STORE_VERSION, Store, StoreError},
    view::{DoctorReportView, InspectedFiles},
};

/// Check the integrity of store, key and audit log
///
/// Checks every record against its MAC, its related records and its last audit record. The exit code is 8 if a check
/// fails, and 7 if other users have access to the store or to its key. Advice alone is not a failure.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Check everything
  $ gatepass doctor

  # In a cron job, print nothing unless there is a problem
  $ gatepass doctor --quiet")]
pub struct DoctorArgs {}

pub fn run(_: &DoctorArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let (store, files) = open_inspected(session)?;
    session.report_immutable(&store)?;
    let mut report = doctor(&store, session.host.clock.as_ref())?;
    if report.issues.is_empty() {
        report.advice.extend(mark_advice(&store, session)?);
    }
    let exit = match (report.issues.is_empty(), files.exposed.is_empty()) {
        (false, _) => Exit::Integrity,
        (true, false) => Exit::Refused,
        (true, true) => Exit::Success,
    };
    let exposed = files.exposed.iter().map(|problem| format!("problem: {}", escape(problem)));
    let mut lines: Vec<String> = exposed.collect();
    match report.issues.is_empty() {
        true => lines.extend(advice_lines(&report.advice)),
        false => lines.extend(problem_lines(
            &report.issues,
            "keep a copy of the store, then restore a backup or run gatepass store repair",
        )),
    }
    if exit == Exit::Success {
        lines.push("No problems found".to_owned());
    }
    if !session.global.quiet || exit != Exit::Success {
        let view = DoctorReportView::new(&report, &files);
        let mut text = Vec::new();
        if session.shape == Shape::Rows(Format::Table) {
            let style = Style { colour: false, ..session.style() };
            render::details(&mut text, &style, &view.details())?;
        }
        let text = String::from_utf8_lossy(&text).into_owned() + &lines.join("\n");
        session.show_ignoring_closed_pipe(&view, &text)?;
    }
    Ok(exit)
}

/// Opens the store to check it, also if other users have access to it or to its key: that is a problem to report, and no
/// reason not to look for others.
fn open_inspected(session: &Session<'_, '_>) -> Result<(Store, InspectedFiles), CommandError> {
    let mut exposed = Vec::new();
    let master = inspect_key(session, &mut exposed)?;
    let open = |mode| session.open_store_with(mode, LockWait::UntilTimeout, Keys::derive(&master));
    let store = match open(Mode::View) {
        Err(StoreError::Unsafe(why)) if why.is_exposed() => {
            exposed.push(with_hint(&why));
            open(Mode::Inspect)?
        }
        Err(StoreError::Schema(_)) => open(Mode::Inspect)?,
        opened => opened?,
    };
    let files = InspectedFiles {
        store: session.config.store.to_string(),
        version: STORE_VERSION,
        key: session.config.key.path.display().to_string(),
        fingerprint: master.fingerprint(),
        exposed,
    };
    Ok((store, files))
}

/// Returns advice about the history mark, without which an older copy of the store goes unnoticed.
fn mark_advice(store: &Store, session: &Session<'_, '_>) -> Result<Option<String>, StoreError> {
    let Some((path, state)) = store.mark()? else {
        return Ok(Some(
            "this machine keeps no history mark, since HOME is not set (set history-mark in the configuration)".to_owned(),
        ));
    };
    let directory = path.parent().unwrap_or(&path).display();
    Ok(match state {
        MarkState::Missing => Some(format!(
            "there is no history mark of this store in {directory} yet; the next change writes it"
        )),
        MarkState::Invalid => Some(format!(
            "the history mark {} cannot be read; the next change writes it again if it can",
            path.display()
        )),
        MarkState::Valid(_) if is_beside(&path, &session.config.store) => Some(format!(
            "the history marks in {directory} are beside the store: a backup may replace both at once (set history-mark in the configuration)"
        )),
        MarkState::Valid(_) => None,
    })
}

fn is_beside(mark: &Path, store: &StoreAddress) -> bool {
    let StoreAddress::Sqlite(store) = store;
    let directory = |path: &Path| path.parent().and_then(|parent| fs::canonicalize(parent).ok());
    directory(store)
        .is_some_and(|store| directory(mark).is_some_and(|mark| mark.starts_with(store)))
}

/// Reads the master key, even if other users can read it.
fn inspect_key(
    session: &Session<'_, '_>,
    exposed: &mut Vec<String>,
) -> Result<MasterKey, CommandError> {
    match read_master_key(&session.config) {
        Err(KeyError::Unsafe(why)) if why.is_exposed() => {
            exposed.push(with_hint(&why));
            Ok(file::read(&session.config.key.path, PathRules::Inspected)?)
        }
        Err(KeyError::Missing { .. }) if !session.store_exists()? => {
            Err(StoreError::Missing(session.config.store.clone()).into())
        }
        read => Ok(read?),
    }
}

fn with_hint(why: &UnsafePath) -> String {
    let hint = why.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
    format!("{why}{hint}")
}

fn advice_lines(advice: &[String]) -> impl Iterator<Item = String> {
    advice.iter().map(|advice| escape(&format!("advice: {advice}")).into_owned())
}

/// Returns a line for each issue of a damaged store, and one that says what to do.
pub fn problem_lines(issues: &[IntegrityIssue], what_to_do: &str) -> Vec<String> {
    let problems = issues.iter().map(|issue| escape(&format!("problem: {}", issue.0)).into_owned());
    let count = match issues.len() {
        1 => "1 problem".to_owned(),
        many => format!("{many} problems"),
    };
    problems.chain([format!("{count}: {what_to_do}")]).collect()
}

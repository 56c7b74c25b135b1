//! Runs the console blocks of README.md, docs/guide.md and the calls of apps, and compares what they print with what the
//! documents show: now, on a leap day in another time zone, and on a store behind a network.

mod line;
mod remote;
mod remote_cases;
mod stage;
mod text;
mod times;

use gatepass::domain::instant::{DAY, Instant};

use line::matches_line;
use stage::{Clock, Run};
use text::Text;
use times::Times;

const README: &str = include_str!("../../../README.md");

const GUIDE: &str = include_str!("../../../docs/guide.md");

/// Every call that apps can make.
const CALLS: &str = include_str!("../../fixtures/calls.md");

#[test]
fn the_readme_runs_as_written() {
    run_document(README, Clock::Running);
}

#[test]
fn the_guide_runs_as_written() {
    run_document(GUIDE, Clock::Running);
}

#[test]
fn the_calls_of_apps_run_as_written() {
    run_document(CALLS, Clock::Running);
}

#[test]
fn the_readme_runs_as_written_on_another_day() {
    let (text, run) = run_document(README, leap_day());
    assert_dates_matter(&text, &run, 5);
}

#[test]
fn the_guide_runs_as_written_on_another_day() {
    let (text, run) = run_document(GUIDE, leap_day());
    assert_dates_matter(&text, &run, 30);
}

#[test]
fn the_calls_of_apps_run_as_written_on_another_day() {
    let (text, run) = run_document(CALLS, leap_day());
    assert_dates_matter(&text, &run, 6);
}

#[test]
#[should_panic(expected = "but it prints:\n{\"message\":\"Invalid client credentials\"} 401")]
fn a_wrong_status_in_a_document_is_noticed() {
    run_document(&CALLS.replace("credentials\"} 401", "credentials\"} 400"), Clock::Running);
}

/// A stopped clock, so that all dates are known to the second, in a time zone where the next day has begun.
fn leap_day() -> Clock {
    let instant = Instant::parse_rfc3339("2028-02-29T12:34:56Z").unwrap();
    Clock::Stopped(instant, "Pacific/Kiritimati")
}

/// Runs the console blocks of a text, and panics unless they print what the text shows.
fn run_document(text: &str, clock: Clock) -> (Text, Run) {
    let text = Text::read(text);
    assert!(text.steps.len() > 10, "the text has too few console blocks");
    let run = Run::of(&text, clock);
    compare(&text, &run).unwrap_or_else(|complaint| panic!("{complaint}"));
    (text, run)
}

/// Compares what the commands of a text printed with what the text shows.
fn compare(text: &Text, run: &Run) -> Result<(), String> {
    let times = Times { written: text.written, started: run.started, ended: run.ended };
    let typed = text.typed_dates();
    assert_eq!(run.outputs.len(), text.steps.len());
    for (step, printed) in text.steps.iter().zip(&run.outputs) {
        let matches =
            |expected: &str, printed: &str| matches_line(expected, printed, &times, &typed);
        if !is_as_shown(printed, &step.expected, matches) {
            return Err(format!(
                "$ {}\nshould print:\n{}\nbut it prints:\n{}\n(the text is as of {}, the run as of {})",
                step.command,
                step.expected.join("\n"),
                printed.join("\n"),
                text.written,
                run.started,
            ));
        }
    }
    Ok(())
}

/// Returns whether a command printed what the text shows. If a change was made whose outcome was unknown, lines may be
/// missing.
fn is_as_shown(
    printed: &[String],
    expected: &[String],
    matches: impl Fn(&str, &str) -> bool,
) -> bool {
    let mut expected = expected.iter();
    let may_lack_lines = printed.iter().any(|line| line == remote::MADE);
    let mut printed = printed.iter().filter(|line| *line != remote::MADE);
    match may_lack_lines {
        true => printed.all(|line| expected.any(|expected| matches(expected, line))),
        false => {
            printed.all(|line| expected.next().is_some_and(|expected| matches(expected, line)))
                && expected.next().is_none()
        }
    }
}

/// Asserts that each date and number of days in a text is compared: the run must not match the text if one of them is
/// wrong by a day, or is replaced by the one that the run printed.
fn assert_dates_matter(text: &Text, run: &Run, least: usize) {
    let mut tried = 0;
    for (at, (step, printed)) in text.steps.iter().zip(&run.outputs).enumerate() {
        for (number, (expected, printed)) in step.expected.iter().zip(printed).enumerate() {
            for mistake in mistakes(expected, printed) {
                let mut wrong = text.clone();
                wrong.steps[at].expected[number].clone_from(&mistake);
                assert!(compare(&wrong, run).is_err(), "not noticed: {mistake}");
                tried += 1;
            }
        }
    }
    assert!(tried >= least, "only {tried} mistakes were tried");
}

/// Returns a line of a text with one mistake, for each mistake that must be noticed.
fn mistakes(expected: &str, printed: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (at, _) in expected.char_indices() {
        let (before, rest) = expected.split_at(at);
        let date =
            rest.get(..10).and_then(|date| Instant::parse_rfc3339(&format!("{date}T00:00:00Z")));
        if let Some(date) = date {
            let next = date.plus(DAY).to_string();
            mistakes.push(format!("{before}{}{}", &next[..10], &rest[10..]));
            if !printed.contains(&rest[..10]) {
                mistakes.push(printed.to_owned());
            }
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (days, after) = rest.split_at(digits);
        let is_unit = |unit: &str| !unit.starts_with(char::is_alphanumeric);
        if before.ends_with(' ') && after.strip_prefix(" d").is_some_and(is_unit) {
            let days: u32 = days.parse().unwrap();
            mistakes.push(format!("{before}{}{after}", days + 1));
            mistakes.push(format!("{before}{}{after}", days - 1));
        }
    }
    mistakes
}

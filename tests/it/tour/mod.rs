//! README.md is true: its console blocks run as they stand there, and its tables are the program's own. So do the calls
//! that apps can make. They run twice: now, and on a leap day in another time zone.

mod line;
mod stage;
mod text;
mod times;

use gatepass::{
    domain::{
        decision::Reason,
        instant::{DAY, Instant},
    },
    exit::Exit,
};

use line::fits;
use stage::{Clock, Run};
use text::Text;
use times::Times;

const README: &str = include_str!("../../../README.md");

/// Every call that apps can make.
const CALLS: &str = include_str!("../../fixtures/calls.md");

#[test]
fn the_tour_goes_as_it_is_told() {
    play(README, Clock::Running);
}

#[test]
fn the_calls_of_apps_go_as_they_are_told() {
    play(CALLS, Clock::Running);
}

#[test]
fn the_tour_goes_as_it_is_told_on_another_day() {
    let (text, run) = play(README, leap_day());
    assert_dates_matter(&text, &run, 30);
}

#[test]
fn the_calls_of_apps_go_as_they_are_told_on_another_day() {
    let (text, run) = play(CALLS, leap_day());
    assert_dates_matter(&text, &run, 6);
}

/// What is told wrongly is caught.
#[test]
#[should_panic(expected = "and it says:\n{\"message\":\"Invalid client credentials\"} 401")]
fn a_call_that_goes_otherwise_is_noticed() {
    play(&CALLS.replace("credentials\"} 401", "credentials\"} 400"), Clock::Running);
}

/// A clock that stands still, so that all dates are known to the second, at a place where the next day has begun.
fn leap_day() -> Clock {
    let instant = Instant::parse_rfc3339("2028-02-29T12:34:56Z").unwrap();
    Clock::Stopped(instant, "Pacific/Kiritimati")
}

/// Runs the console blocks of a text as they stand there.
fn play(text: &str, clock: Clock) -> (Text, Run) {
    let text = Text::read(text);
    assert!(text.steps.len() > 10, "the tour was not found");
    let run = Run::of(&text, clock);
    compare(&text, &run).unwrap_or_else(|complaint| panic!("{complaint}"));
    (text, run)
}

/// Holds what the commands of a text printed against what the text shows.
fn compare(text: &Text, run: &Run) -> Result<(), String> {
    let times = Times { written: text.written, started: run.started, ended: run.ended };
    let typed = text.typed_dates();
    assert_eq!(run.outputs.len(), text.steps.len());
    for (step, said) in text.steps.iter().zip(&run.outputs) {
        let mut lines = said.iter().zip(&step.expected);
        let is_told = said.len() == step.expected.len()
            && lines.all(|(said, expected)| fits(expected, said, &times, &typed));
        if !is_told {
            return Err(format!(
                "$ {}\nis told to say:\n{}\nand it says:\n{}\n(the text is as of {}, the run as of {})",
                step.command,
                step.expected.join("\n"),
                said.join("\n"),
                text.written,
                run.started,
            ));
        }
    }
    Ok(())
}

/// Each date and number of days in a text is compared: the run disagrees with a text in which one of them is wrong by a
/// day, and with one in which a line is written out as the run printed it.
fn assert_dates_matter(text: &Text, run: &Run, least: usize) {
    let mut tried = 0;
    for (at, (step, said)) in text.steps.iter().zip(&run.outputs).enumerate() {
        for (number, (expected, said)) in step.expected.iter().zip(said).enumerate() {
            for mistake in mistakes(expected, said) {
                let mut wrong = text.clone();
                wrong.steps[at].expected[number].clone_from(&mistake);
                assert!(compare(&wrong, run).is_err(), "it was not noticed: {mistake}");
                tried += 1;
            }
        }
    }
    assert!(tried >= least, "only {tried} mistakes were tried");
}

/// A line of a text with one mistake in it, each that is to be noticed.
fn mistakes(expected: &str, said: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (at, _) in expected.char_indices() {
        let (before, rest) = expected.split_at(at);
        let date =
            rest.get(..10).and_then(|date| Instant::parse_rfc3339(&format!("{date}T00:00:00Z")));
        if let Some(date) = date {
            let next = date.plus(DAY).to_string();
            mistakes.push(format!("{before}{}{}", &next[..10], &rest[10..]));
            if !said.contains(&rest[..10]) {
                mistakes.push(said.to_owned());
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

#[test]
fn the_table_of_exit_codes_is_the_programs() {
    for (code, meaning) in Exit::MEANINGS {
        let code = if code.parse::<u8>().is_ok() { code.to_owned() } else { format!("`{code}`") };
        assert!(README.contains(&format!("| {code} | {meaning} |")), "{code}: {meaning}");
    }
}

#[test]
fn every_variable_is_told() {
    use gatepass::config::env::{EXTERNAL_VARIABLES, GATEPASS_VARIABLES};
    for variable in GATEPASS_VARIABLES
        .iter()
        .chain(EXTERNAL_VARIABLES)
        .filter(|variable| variable.name != "HOME")
    {
        assert!(README.contains(variable.name), "{}", variable.name);
    }
}

#[test]
fn every_reason_is_told() {
    for reason in Reason::ALL {
        assert!(README.contains(&format!("`{}`", reason.as_str())), "{}", reason.as_str());
    }
}

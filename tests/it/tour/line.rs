//! Compares a line of output with the line that a text shows.

use std::collections::HashSet;

use gatepass::domain::instant::Instant;

use super::times::Times;

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `2026-11-22T07:48:33Z`
    Stamp,
    /// `2026-11-22T07:48:33`, with a fraction of a second behind it
    Fraction,
    /// `2026-11-22`, the start of that day
    Date,
    /// `1795333713`, in seconds since the epoch
    Epoch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// A character that must be the same.
    Char(char),
    /// `…`, which matches anything.
    Any,
    /// An id with this prefix, if any, and of this length.
    Id(&'a str, usize),
    /// An Account ID.
    Account,
    /// An instant, compared by its distance from the start of the run.
    Moment(Form, Instant),
    /// `90 d`, with the spaces before it: they depend on the number of digits.
    Days(i64),
}

/// Returns whether a line of output is as the text shows it. `…` matches anything, each id and Account ID any other, and
/// each date and number of days the one with the same relation to the run. Dates in `typed` match only themselves,
/// since a command contains them.
pub fn matches_line(expected: &str, actual: &str, times: &Times, typed: &HashSet<&str>) -> bool {
    let (expected, actual) = (tokens(expected.trim_end(), typed), tokens(actual.trim_end(), typed));
    let (mut from, mut to) = (0, 0);
    // The position of the last `…`, and how far it reaches.
    let mut open = None;
    while to < actual.len() {
        match expected.get(from) {
            Some(Token::Any) => {
                open = Some((from, to));
                from += 1;
            }
            Some(token) if same(*token, actual[to], times) => (from, to) = (from + 1, to + 1),
            _ => {
                let Some((any, reached)) = open else { return false };
                open = Some((any, reached + 1));
                (from, to) = (any + 1, reached + 1);
            }
        }
    }
    expected[from..].iter().all(|token| *token == Token::Any)
}

fn same(expected: Token<'_>, actual: Token<'_>, times: &Times) -> bool {
    match (expected, actual) {
        (Token::Moment(form, expected), Token::Moment(other, actual)) => {
            form == other && times.agree(expected, actual)
        }
        (Token::Days(expected), Token::Days(actual)) => times.agree_on_days(expected, actual),
        _ => expected == actual,
    }
}

fn tokens<'a>(line: &'a str, typed: &HashSet<&str>) -> Vec<Token<'a>> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-:".contains(c);
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let token = days(run, after).or_else(|| id(run)).or_else(|| moment(run, after, typed));
        if let Some((Token::Days(_), _)) = token {
            let spaces = tokens.iter().rev().take_while(|token| **token == Token::Char(' '));
            tokens.truncate(tokens.len() - spaces.count());
        }
        let length = token.map_or(0, |(_, length)| length);
        tokens.extend(token.map(|(token, _)| token));
        tokens.extend(run[length..].chars().map(|c| match c {
            '…' => Token::Any,
            c => Token::Char(c),
        }));
        rest = after;
    }
    tokens
}

/// Returns the number of days if ` d` follows a number.
fn days<'a>(run: &str, after: &str) -> Option<(Token<'a>, usize)> {
    let unit = after.strip_prefix(" d")?;
    let days = run.parse().ok().filter(|_| !unit.starts_with(char::is_alphanumeric))?;
    Some((Token::Days(days), run.len()))
}

fn id(run: &str) -> Option<(Token<'_>, usize)> {
    let is_hex = run.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let class = ["pc_", "tk_", "lk_"].into_iter().find(|class| run.starts_with(class));
    let token = match class {
        Some(class) if run.len() == 27 => Token::Id(class, 27),
        None if is_hex && [20, 24].contains(&run.len()) => Token::Id("", run.len()),
        None if run.split('-').map(str::len).eq([3, 3, 4]) => Token::Account,
        _ => return None,
    };
    Some((token, run.len()))
}

/// Returns the instant at the start of a word, unless a command contains its date.
fn moment<'a>(run: &str, after: &str, typed: &HashSet<&str>) -> Option<(Token<'a>, usize)> {
    let shape: String = run.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let (form, length) = match shape.trim_end_matches(':') {
        "9999999999" => (Form::Epoch, 10),
        "9999-99-99" => (Form::Date, 10),
        "9999-99-99T99:99:99" if after.starts_with('.') => (Form::Fraction, 19),
        shape if shape.starts_with("9999-99-99T99:99:99Z") => (Form::Stamp, 20),
        _ => return None,
    };
    let instant = match (form, &run[..length]) {
        (Form::Epoch, text) => Instant::from_unix(text.parse().ok()?),
        (Form::Date, text) => Instant::parse_rfc3339(&format!("{text}T00:00:00Z"))?,
        (Form::Fraction, text) => Instant::parse_rfc3339(&format!("{text}Z"))?,
        (Form::Stamp, text) => Instant::parse_rfc3339(text)?,
    };
    let stamp = instant.to_string();
    let is_typed = stamp.strip_suffix("T00:00:00Z").is_some_and(|date| typed.contains(date));
    (!is_typed).then_some((Token::Moment(form, instant), length))
}

/// Compares two lines of a run of three seconds that started 100 days, 12 hours and 27 seconds after the text's instant.
fn matches_later(expected: &str, actual: &str) -> bool {
    let written = Instant::parse_rfc3339("2026-11-22T07:48:33Z").unwrap();
    let started = Instant::parse_rfc3339("2027-03-02T19:49:00Z").unwrap();
    let times = Times { written, started, ended: started.plus(3) };
    matches_line(expected, actual, &times, &HashSet::from(["2026-01-01"]))
}

#[test]
fn the_matcher_detects_differences() {
    let matches = matches_later;
    assert!(matches("a … c", "a b c"));
    assert!(matches("a … c", "a b c, c"));
    assert!(matches("gpa_…", "gpa_xyz"));
    assert!(matches("gpa_…", "gpa_"));
    assert!(!matches("a … c", "a b d"));
    assert!(!matches("a … c", "a b c d"));
    assert!(!matches("exit 12", "exit 1"));
    assert!(!matches("exit 1", "exit 12"));
    assert!(!matches("a", "a b"));
    assert!(!matches("948-4KK-444Z", "948-4KK-44Z"));
    assert!(matches("948-4KK-444Z", "123-4KK-444Z"));
    assert!(!matches("pc_a283985c39b740de165f8555 x", "pc_b283985c39b740de165f8555 y"));
    assert!(!matches("pc_a283985c39b740de165f8555", "tk_a283985c39b740de165f8555"));
    assert!(matches("\"a283985c39b740de165f8555\"", "\"b283985c39b740de165f8556\""));
    assert!(!matches("\"a283985c39b740de165f8555\"", "\"a283985c39b740de165f855\""));
    assert!(matches("a465281ba324a38ba0195fd3", "b465281ba324a38ba0195fd3"));
    assert!(!matches("a465281ba324a38ba0195fd3", "b465281ba324a38ba0195"));
}

#[test]
fn the_matcher_relates_dates_to_the_run() {
    let matches = matches_later;
    // To the second, and later by at most the duration of the run.
    for (seconds, may_be) in [("48:59", false), ("49:00", true), ("49:03", true), ("49:04", false)]
    {
        let expected = "at 2026-11-22T07:48:33Z by …";
        assert_eq!(matches(expected, &format!("at 2027-03-02T19:{seconds}Z by me")), may_be);
        let expected = "\"2026-11-22T07:48:33.000Z\"";
        assert_eq!(matches(expected, &format!("\"2027-03-02T19:{seconds}.000Z\"")), may_be);
    }
    assert!(!matches("2026-11-22T07:48:33.000Z", "2027-03-02T19:49:00Z"));
    assert!(!matches("2026-11-22T07:48:33.000Z", "2027-03-02T19:49:00.001Z"));
    let end = "2027-02-20T07:48:33Z (in 90 d)";
    assert!(matches(end, "2027-05-31T19:49:00Z (in 90 d)"));
    assert!(matches(end, "2027-05-31T19:49:01Z (in 89 d)"));
    assert!(!matches(end, "2027-05-31T19:49:00Z (in 91 d)"));
    assert!(!matches(end, "2027-05-31T19:49:00Z (in 88 d)"));
    assert!(!matches(end, "2027-06-01T19:49:00Z (in 90 d)"));
    assert!(!matches(end, end), "it was copied from the run");
    // The number of spaces before a number depends on its digits. `10 days` is compared as text.
    assert!(matches("a   10 d", "a    9 d"));
    assert!(!matches("10 days", "9 days"));
    // Calendar days, ends of windows, and dates that a command contains.
    assert!(matches("2026-11-16 to 2026-11-22:…", "2027-02-24 to 2027-03-02: a"));
    assert!(!matches("2026-11-16 to 2026-11-22:…", "2027-02-23 to 2027-03-02: a"));
    assert!(!matches("2026-11-16 to 2026-11-22:…", "2026-11-16 to 2026-11-22: a"));
    assert!(matches("2026-11-23T00:00:00Z", "2027-03-03T00:00:00Z"));
    assert!(!matches("2026-11-23T00:00:00Z", "2027-03-03T00:00:01Z"));
    assert!(matches("reset: 1795333740", "reset: 1804017000"));
    assert!(!matches("reset: 1795333740", "reset: 1804016940"));
    assert!(!matches("reset: 1795333740", "reset: 1804017001"));
    assert!(matches("2026-01-01T00:00:00Z @1767225600", "2026-01-01T00:00:00Z @1767225600"));
    assert!(!matches("2026-01-01", "2026-01-02"));
    assert!(!matches("2026-11-22", "2026-01-01"));
}

//! Durations and dates: every flag takes them in the same forms, and what a list shows as time left is what filters find.

use std::any::TypeId;

use clap::{Arg, Command, error::ErrorKind};
use gatepass::{command_tree, domain::duration::Duration};

use crate::support::test_env::TestEnv;

const HOUR: i64 = 3600;

/// Calls `check` with the words of every command, and each of its flags.
fn visit_flags(command: &Command, words: &[String], check: &mut dyn FnMut(&[String], &Arg)) {
    for flag in command.get_opts() {
        check(words, flag);
    }
    for subcommand in command.get_subcommands() {
        let words = [words, &[subcommand.get_name().to_owned()]].concat();
        visit_flags(subcommand, &words, check);
    }
}

/// Returns why a flag refuses a value; `None` if it takes it.
fn refusal(words: &[String], flag: &Arg, value: &str) -> Option<String> {
    let flag = format!("--{}={value}", flag.get_long().unwrap());
    let error = command_tree().try_get_matches_from([words, &[flag]].concat()).err()?;
    (error.kind() == ErrorKind::ValueValidation).then(|| error.to_string())
}

fn value_name(flag: &Arg) -> &str {
    flag.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str())
}

#[test]
fn every_duration_has_a_unit_or_is_in_days() {
    let mut seen = Vec::new();
    visit_flags(&command_tree(), &["gatepass".to_owned()], &mut |words, flag| {
        let is_duration = flag.get_value_parser().type_id() == TypeId::of::<Duration>();
        let is_named_so = ["DURATION", "DAYS"].contains(&value_name(flag));
        assert!(is_duration || !is_named_so, "{words:?} --{}", flag.get_id());
        if !is_duration {
            return;
        }
        seen.push(flag.get_id().as_str().to_owned());
        for value in ["7", "7d", "168h", "1w"] {
            assert_eq!(refusal(words, flag, value), None, "{words:?}");
        }
        for value in ["90m", "7 d", "week", "7.5"] {
            let why = refusal(words, flag, value).unwrap_or_else(|| panic!("{words:?} {value}"));
            assert!(why.contains("use a number of") && why.contains(", from "), "{why}");
        }
        for value in ["9999999d", "99999999999999999999"] {
            let why = refusal(words, flag, value).unwrap_or_else(|| panic!("{words:?} {value}"));
            assert!(why.contains(": the duration must be from "), "{why}");
        }
    });
    seen.sort();
    seen.dedup();
    assert_eq!(
        seen,
        ["crit", "days", "expiring", "for", "older_than", "overlap", "unused", "warn"]
    );
}

#[test]
fn every_date_says_which_end_of_the_day_it_is() {
    let mut seen = 0;
    visit_flags(&command_tree(), &["gatepass".to_owned()], &mut |words, flag| {
        if value_name(flag) != "DATE" {
            return;
        }
        seen += 1;
        let why = refusal(words, flag, "tomorrow").unwrap();
        let help = flag.get_long_help().unwrap().to_string();
        let says = |edge: &str| {
            let in_help = help.contains(&format!("the {edge} of that day in UTC"));
            let in_error = why.contains(&format!("2027-01-31 ({edge} of that day, UTC)"));
            assert_eq!(in_help, in_error, "{words:?} {why}{help}");
            in_help
        };
        assert!(says("start") != says("end"), "{words:?} --{}", flag.get_id());
    });
    assert!(seen > 5);
}

#[test]
fn what_is_shown_as_left_is_found_by_a_filter_for_that_time() {
    let mut env = TestEnv::new();
    env.run_ok("create a --days 90");
    let mut left = 90 * 24 * HOUR;
    let mut shown = Vec::new();
    for next in [89 * 24, 88 * 24, 4 * 24, 3 * 24, 47, 25, 24, 23, 2, 1] {
        for offset in [1, 0, -1] {
            let target = next * HOUR + offset;
            env.advance_seconds(left - target);
            left = target;
            let table = env.run_ok("list --name a");
            let mut cells = table.lines().last().unwrap().split_whitespace().rev();
            let (unit, number) = (cells.next().unwrap(), cells.next().unwrap());
            shown.push(format!("{number} {unit}"));
            if unit == "min" {
                continue;
            }
            let found = env.run_ok(&format!("list -q --expiring {number}{unit}"));
            assert_eq!(found.lines().count(), 1, "{left} s are shown as {number} {unit}");
            let check = env.run(&format!("check --warn {number}{unit} --crit 0 --field warning"));
            assert_eq!((check.exit, check.stdout.as_str()), (1, "1\n"), "{left} s");
        }
    }
    assert_eq!(
        shown.join(", "),
        "90 d, 89 d, 89 d, 89 d, 88 d, 88 d, 5 d, 4 d, 4 d, 4 d, 3 d, 3 d, 2 d, 2 d, 2 d, 2 d, 2 d, 2 d, 2 d, 1 d, \
         1 d, 1 d, 23 h, 23 h, 3 h, 2 h, 2 h, 2 h, 1 h, 1 h"
    );
}

#[test]
fn a_lifetime_can_be_given_in_hours_days_or_weeks() {
    let mut env = TestEnv::new();
    env.run_ok("app add 'Reading App'");
    env.run_ok("district add Springfield");
    for (time, lifetime, seconds) in [
        ("1h", "1h", HOUR),
        ("36h", "36h", 36 * HOUR),
        ("48h", "2d", 48 * HOUR),
        ("2w", "14d", 14 * 24 * HOUR),
        ("90", "90d", 90 * 24 * HOUR),
        ("8759h", "8759h", 8759 * HOUR),
    ] {
        for (line, reference) in [
            ("create a", "a"),
            ("grant-user ann@example.org", "ann@example.org"),
            (
                "grant-app 'Reading App' --district Springfield --scope read:a",
                "'Reading App/Springfield'",
            ),
            ("edit a", "a"),
            ("reset a", "a"),
        ] {
            env.run_ok(&format!("{line} --for {time} --yes"));
            let mut field = |name| env.run_ok(&format!("show {reference} --field {name}"));
            assert_eq!(field("lifetime").trim(), lifetime, "{line} {time}");
            assert_eq!(field("lifetime_seconds").trim(), seconds.to_string(), "{line} {time}");
            assert_eq!(field("expires_in_seconds").trim(), seconds.to_string(), "{line} {time}");
        }
        env.run_ok("delete a ann@example.org 'Reading App/Springfield' --yes");
        assert_eq!(env.run("doctor").exit, 0);
    }
    env.run_ok("create a --days 2d");
    assert_eq!(env.run_ok("show a --field lifetime"), "2d\n");
    for line in [
        "create b --for 30m",
        "create b --for 366d",
        "create b --days 12h",
        "create b --for 1d --days 1",
    ] {
        assert_eq!(env.run(line).exit, 2, "{line}");
    }
}

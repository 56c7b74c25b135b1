//! The connection is lost once, at any call, and can be made again at once.

use super::attempt::{Attempt, CHANGES, Change, prepared};
use crate::conformance::remote::network::Lost;

/// Success means that the change was made and its secrets are valid. Exit code 6 means that nothing was changed. Nothing
/// else happens, because the program finds out what became of a commit in doubt.
#[test]
fn what_a_command_reports_after_a_lost_call_is_true() {
    let prepared = prepared();
    for change in CHANGES {
        let round_trips = Attempt::count_round_trips(&prepared, change);
        let (mut made, mut not_made) = (0, 0);
        for lost in Lost::EITHER {
            for number in 1..=round_trips {
                let mut attempt =
                    Attempt::run(&prepared, change, |network| network.lose_call(number, lost));
                let is_made = check(&mut attempt, change, &format!("call {number}, {lost:?}"));
                *if is_made { &mut made } else { &mut not_made } += 1;
            }
        }
        assert!(made > 0 && not_made > 0, "{change:?}: {made} made, {not_made} not made");
    }
}

fn check(attempt: &mut Attempt, change: Change, place: &str) -> bool {
    let (was_made, output) = (attempt.was_made(), attempt.output.clone());
    match (output.exit, was_made) {
        (0, true) if change.issues => attempt.assert_secrets_are_valid(true),
        (0, true) => {}
        (6, false) => {
            assert_eq!(attempt.secrets(), [""; 0], "{change:?}, {place}\n{output}");
            assert!(!attempt.has_file(), "{change:?}, {place}\n{output}");
        }
        _ => panic!("{change:?}, {place}: made: {was_made}\n{output}"),
    }
    attempt.assert_intact();
    was_made
}

/// A command that has nothing to do can't be left in doubt.
#[test]
fn a_command_that_changes_nothing_is_never_in_doubt() {
    let prepared = prepared();
    let line = "delete --expired --older-than 30d --yes";
    for lost in Lost::EITHER {
        for number in 1..=5 {
            let change = Change { line, issues: false };
            let mut attempt =
                Attempt::run(&prepared, change, |network| network.lose_call(number, lost));
            assert!(matches!(attempt.output.exit, 0 | 6), "call {number}\n{}", attempt.output);
            assert!(!attempt.was_made());
        }
    }
}

/// A second attempt after exit code 6 does what the first one was to do.
#[test]
fn a_command_can_be_repeated_after_a_lost_call() {
    let prepared = prepared();
    for change in CHANGES {
        let mut attempt =
            Attempt::run(&prepared, change, |network| network.lose_call(2, Lost::Request));
        assert_eq!(attempt.output.exit, 6, "{change:?}\n{}", attempt.output);
        attempt.output = attempt.env.run(change.line);
        assert!(check(&mut attempt, change, "second attempt"));
    }
}

//! The connection is lost in a commit and can't be made again for a while: nobody knows whether the change was made.

use insta::assert_snapshot;

use super::attempt::{Attempt, CHANGES, Change, network_of, prepared};
use crate::{
    conformance::remote::network::{FOREVER, Lost, Network},
    support::test_env::{Snapshot, TestEnv},
};

fn lose_first_commit(lost: Lost) -> impl FnOnce(&Network) {
    move |network| {
        network.refuse_after_loss(FOREVER);
        network.lose_commit(1, lost);
    }
}

/// A secret is handed over, because it may be the only valid one, and no file is removed. Afterwards, the id of the change
/// finds out the truth.
#[test]
fn a_command_in_doubt_says_so_and_loses_no_secret() {
    let prepared = prepared();
    for change in CHANGES {
        for lost in Lost::EITHER {
            let mut attempt = Attempt::run(&prepared, change, lose_first_commit(lost));
            let output = attempt.output.clone();
            assert_eq!(output.exit, 9, "{change:?}, {lost:?}\n{output}");
            assert!(!output.stderr.contains("nothing was changed"), "{output}");
            let shown = attempt.env.run(&format!("audit show --change {}", attempt.change_id()));
            let was_made = lost == Lost::Answer;
            assert_eq!(shown.exit, if was_made { 0 } else { 3 }, "{change:?}\n{shown}");
            assert_eq!(attempt.was_made(), was_made, "{change:?}, {lost:?}");
            if change.issues {
                attempt.assert_secrets_are_valid(was_made);
            }
            attempt.assert_intact();
        }
    }
}

#[test]
fn a_commit_that_is_resolved_in_time_is_not_in_doubt() {
    let prepared = prepared();
    for (lost, exit) in [(Lost::Answer, 0), (Lost::Request, 6)] {
        let attempt = Attempt::run(&prepared, CHANGES[0], |network| {
            network.refuse_after_loss(1);
            network.lose_commit(1, lost);
        });
        assert_eq!(attempt.output.exit, exit, "{}", attempt.output);
    }
}

/// The record of the delivery comes after the secret, so its loss changes little.
#[test]
fn a_delivery_in_doubt_is_a_warning() {
    let prepared = prepared();
    for lost in Lost::EITHER {
        let mut attempt = Attempt::run(&prepared, CHANGES[0], |network| {
            network.refuse_after_loss(FOREVER);
            network.lose_commit(2, lost);
        });
        assert_eq!(attempt.output.exit, 0, "{}", attempt.output);
        assert!(attempt.output.stderr.contains("may be listed as never displayed"), "{lost:?}");
        attempt.assert_secrets_are_valid(true);
    }
}

/// The old secret ends only in the second commit, so its loss leaves both secrets valid or only the new one.
#[test]
fn a_reset_that_may_not_be_completed_is_in_doubt() {
    let prepared = prepared();
    let change = Change { line: "reset acme --yes", issues: true };
    for lost in Lost::EITHER {
        let mut attempt = Attempt::run(&prepared, change, |network| {
            network.refuse_after_loss(FOREVER);
            network.lose_commit(2, lost);
        });
        assert_eq!(attempt.output.exit, 9, "{}", attempt.output);
        let shown = attempt.env.run(&format!("audit show --change {}", attempt.change_id()));
        assert_eq!(shown.exit, if lost == Lost::Answer { 0 } else { 3 }, "{shown}");
        let is_pending = attempt.env.run_ok("show acme").contains("reset not delivered");
        assert_eq!(is_pending, lost == Lost::Request);
        attempt.assert_secrets_are_valid(true);
        attempt.assert_intact();
    }
}

/// The connection is lost at any call of a reset, and can't be made again. The old secret stays valid unless the reset was
/// completed, and so does a new one that was shown.
#[test]
fn a_reset_ends_no_secret_before_it_is_completed() {
    let prepared = prepared();
    for (line, show) in
        [("reset acme --yes", "show acme"), ("app reset Reader --yes", "app show Reader")]
    {
        let change = Change { line, issues: true };
        let mut incomplete = 0;
        for number in 1..=Attempt::count_round_trips(&prepared, change) {
            for lost in Lost::EITHER {
                let mut attempt = Attempt::run(&prepared, change, |network| {
                    network.refuse_after_loss(FOREVER);
                    network.lose_call(number, lost);
                });
                let output = attempt.output.clone();
                let is_shown = !output.stdout.is_empty();
                let generation = attempt.env.run_ok(&format!("{show} --field generation"));
                let is_pending = attempt.env.run_ok(show).contains("reset not delivered");
                match output.exit {
                    6 => assert!(!is_shown && !is_pending && generation == "1\n", "{output}"),
                    1 => assert!(is_shown && is_pending && generation == "1\n", "{output}"),
                    exit => assert!(is_shown && exit == 9, "{output}"),
                }
                incomplete += u32::from(output.exit == 1);
                attempt.assert_intact();
            }
        }
        assert!(incomplete > 0, "{line} was never left incomplete");
    }
}

#[test]
fn a_person_reads_how_a_reset_can_be_completed() {
    let (prepared, change) = (prepared(), Change { line: "reset acme --yes", issues: true });
    let round_trips = Attempt::count_round_trips(&prepared, change);
    let attempt = Attempt::run(&prepared, change, |network| {
        network.refuse_after_loss(FOREVER);
        // Before the second commit, which is the last call.
        network.lose_call(round_trips - 1, Lost::Request);
    });
    assert_snapshot!(attempt.output, @"
    exit 1
    -- stdout
    gpa_…
    -- stderr
    error: the new secret of pc_72a22e6128f4d4431fdae559 was written, but the change could not be completed: the store is not accessible: connection refused
    hint: the old secret stays valid; to end both: gatepass reset acme again
    ");
}

#[test]
fn a_person_reads_what_is_in_doubt() {
    let attempt = |line, lost| {
        let change = Change { line, issues: true };
        let mut attempt = Attempt::run(&prepared(), change, lose_first_commit(lost));
        // The id depends on the version of gatepass.
        let id = attempt.change_id();
        attempt.output.stderr = attempt.output.stderr.replace(&id, "NUMBER-LINK");
        attempt.output
    };
    assert_snapshot!(attempt("create delta --days 90", Lost::Answer), @"
    exit 9
    -- stdout
    gpa_…
    -- stderr
    error: the connection to the store was lost during the commit of change NUMBER-LINK: the secret was written, but it may not be valid
    hint: gatepass audit show --change NUMBER-LINK reports whether it was made
    ");
    let in_json = attempt("create delta --days 90 --out ~/new.secret --json", Lost::Answer);
    assert_snapshot!(in_json.stderr, @r#"{"error":{"code":"outcome_unknown","details":{"change":"NUMBER-LINK"},"hint":"gatepass audit show --change NUMBER-LINK reports whether it was made","message":"the connection to the store was lost during the commit of change NUMBER-LINK: the secret was written, but it may not be valid"},"schema":"gatepass.error/v1"}"#);
    assert_snapshot!(attempt("revoke acme --yes", Lost::Request), @"
    exit 9
    -- stderr
    error: the connection to the store was lost during the commit of change NUMBER-LINK: the change may have been made or not
    hint: gatepass audit show --change NUMBER-LINK reports whether it was made
    ");
}

#[test]
fn a_change_that_was_not_made_is_reported_as_such() {
    let mut env = TestEnv::from_snapshot(&prepared());
    assert_snapshot!(env.run("audit show --change 2-0123456789abcdef"), @"
    exit 3
    -- stderr
    error: change 2-0123456789abcdef was not made: record 2 is of another change
    hint: nothing was changed; repeat the change
    ");
    assert_snapshot!(env.run("audit show --change 99-0123456789abcdef"), @"
    exit 3
    -- stderr
    error: change 99-0123456789abcdef was not made, unless its commit is still in progress
    hint: try again in a few seconds; if the change is still missing, repeat it
    ");
    assert_snapshot!(env.run("audit show 99"), @"
    exit 3
    -- stderr
    error: the audit log has no record 99
    hint: gatepass audit list
    ");
    assert_snapshot!(env.run("audit show --change 2"), @"
    exit 2
    -- stderr
    error: invalid value '2' for '--change <ID>': expected a number, a hyphen and 16 hex digits
    ");
    assert_snapshot!(env.run("audit show 2"), @"
    exit 0
    -- stdout
    record   2
    at       2026-11-22T06:00:00Z
    action   create
    subject  pc_65511a5d129d4ed6c9cd2b3f
    name     old
    actor    ann@host
    version  0.1.0
    with     account RZ5-76K-665Z
    with     created_at 2026-11-22T06:00:00Z
    with     expires 2026-11-23T06:00:00Z
    with     secret 1
    with     id pc_65511a5d129d4ed6c9cd2b3f
    with     kind account
    with     lifetime 1 day
    with     name old
    with     until the new one is used false
    with     slot 1
    with     withdrawn false
    ");
}

/// The bare truth of the store does not depend on how often it is asked for.
#[test]
fn a_lost_reader_changes_nothing() {
    let prepared: Snapshot = prepared();
    for line in ["list", "show acme", "check", "doctor", "audit list", "verify --json"] {
        let mut env = TestEnv::from_snapshot(&prepared);
        let network = network_of(&mut env);
        let expected = env.run(line);
        for number in 1..=network.take_round_trips() {
            network.lose_call(number, Lost::Request);
            let output = env.run(line);
            assert_ne!((output.exit, &output.stdout), (0, &String::new()), "{line}\n{output}");
            assert!([expected.exit, 3, 6].contains(&output.exit), "{line}, {number}\n{output}");
            network.restore();
            assert_eq!(env.run(line), expected, "{line}, {number}");
        }
    }
}

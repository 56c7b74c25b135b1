//! A secret can't be shown, and the connection is lost while it is withdrawn.

use super::attempt::{Attempt, Change, network_of, prepared};
use crate::{
    conformance::remote::network::{FOREVER, Lost},
    support::test_env::{CommandOutput, Snapshot, TestEnv},
};

const CHANGES: [Change; 3] = [
    Change { line: "create delta --days 90", issues: true },
    Change { line: "grant-user carl@example.org --days 90", issues: true },
    Change { line: "reset acme --yes", issues: true },
];

/// Runs a command whose stdout takes nothing, behind a network that loses one call.
fn run(
    prepared: &Snapshot,
    change: Change,
    number: usize,
    lost: Lost,
    refused: usize,
) -> (TestEnv, CommandOutput) {
    let mut env = TestEnv::from_snapshot(prepared);
    env.stdout_limit = Some(0);
    let network = network_of(&mut env);
    network.refuse_after_loss(refused);
    network.lose_call(number, lost);
    let output = env.run(change.line);
    network.restore();
    env.stdout_limit = None;
    (env, output)
}

/// Returns whether the new secret would be accepted.
fn lives(env: &mut TestEnv, change: Change) -> bool {
    let name = change.line.split(' ').nth(1).unwrap();
    let shown = env.run(&format!("show {name}"));
    match change.line.starts_with("reset") {
        true => shown.stdout.contains("reset not delivered"),
        false => shown.exit == 0 && !shown.stdout.contains("revoked"),
    }
}

#[test]
fn a_secret_is_announced_dead_only_if_it_is() {
    let prepared = prepared();
    for change in CHANGES {
        let calls = 2 * Attempt::count_round_trips(&prepared, change);
        let mut withdrawn = 0;
        for number in 1..=calls {
            for lost in Lost::EITHER {
                for refused in [0, FOREVER] {
                    let (mut env, output) = run(&prepared, change, number, lost, refused);
                    let text = &output.stderr;
                    let is_announced_dead = text.contains("was revoked")
                        || text.contains("was undone")
                        || output.exit == 6;
                    let lives = lives(&mut env, change) && changed(&mut env, change);
                    assert!(!(is_announced_dead && lives), "{change:?}, {number}\n{output}");
                    assert_ne!(output.exit, 0, "{change:?}, {number}\n{output}");
                    withdrawn += u32::from(is_announced_dead);
                    let is_uncertain = output.exit == 9 || text.contains("could not be withdrawn");
                    assert!(is_announced_dead || is_uncertain, "{change:?}, {number}\n{output}");
                }
            }
        }
        assert!(withdrawn > 0, "{change:?} was never withdrawn");
    }
}

/// Returns whether the command has changed the credential at all.
fn changed(env: &mut TestEnv, change: Change) -> bool {
    let name = change.line.split(' ').nth(1).unwrap();
    let records = env.run(&format!("audit list --of {name} -q")).stdout;
    records.lines().count() > usize::from(change.line.starts_with("reset"))
}

/// The null device takes everything, but nobody gets a secret from it.
#[test]
fn a_secret_in_doubt_is_not_written_to_the_null_device() {
    let mut env = TestEnv::from_snapshot(&prepared());
    env.terminal.stdout_is_null = true;
    let network = network_of(&mut env);
    network.refuse_after_loss(FOREVER);
    network.lose_commit(1, Lost::Answer);
    let output = env.run("create delta --days 90");
    assert_eq!(output.exit, 9, "{output}");
    assert!(
        output.stdout.is_empty() && output.stderr.contains("nobody has the secret"),
        "{output}"
    );
}

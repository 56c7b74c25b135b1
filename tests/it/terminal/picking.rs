//! Verbs without a reference: a choice at a terminal, a usage error elsewhere.

use insta::assert_snapshot;

use crate::support::credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal};

/// Every verb that offers the credentials to which it can be applied.
const PICKING_COMMANDS: [&str; 5] =
    ["revoke", "reset --out ~/secret", "delete", "edit --note x", "show"];

#[test]
fn the_picked_credential_is_the_one_that_changes() {
    for line in PICKING_COMMANDS {
        let mut env = credentials_fixture_with_terminal();
        env.answers.extend(["ann@example.org", "y"].map(str::to_owned));
        let output = env.run(line);
        assert_eq!(output.exit, 0, "{line}: {output}");
        assert!(output.to_string().contains("ann@example.org"), "{line}: {output}");
    }
    let mut env = credentials_fixture_with_terminal();
    env.answers.extend(["acme", "n"].map(str::to_owned));
    assert_snapshot!(env.run("revoke"), @"
    exit 1
    -- stderr
    ? Revoke which credential? acme
    ? Revoke account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? n
    Cancelled; nothing was changed
    ");
}

#[test]
fn only_credentials_to_which_the_verb_applies_are_offered() {
    // `old` has expired, `gone` was revoked.
    for (line, name, is_offered) in [
        ("reset", "old", false),
        ("revoke", "old", true),
        ("revoke", "gone", false),
        ("edit --note x", "gone", false),
        ("delete", "gone", true),
        ("show", "gone", true),
        ("show", "dead", false),
    ] {
        let mut env = credentials_fixture_with_terminal();
        env.answers.push_back(name.to_owned());
        let offered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| env.run(line)));
        assert_eq!(offered.is_ok(), is_offered, "{line} {name}");
    }
}

#[test]
fn declining_changes_nothing() {
    let mut env = credentials_fixture_with_terminal();
    let before = env.run_ok("audit list --json");
    for line in PICKING_COMMANDS {
        assert_eq!(env.run(line).exit, 130, "{line}");
    }
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn without_a_terminal_the_reference_is_required() {
    let mut env = credentials_fixture();
    for line in PICKING_COMMANDS {
        let output = env.run(line);
        assert_eq!((output.exit, output.stdout.as_str()), (2, ""), "{line}: {output}");
        assert!(
            output.stderr.starts_with("error: REFERENCE is required (no terminal to prompt)\n"),
            "{line}: {output}"
        );
    }
}

#[test]
fn without_credentials_there_is_nothing_to_pick() {
    let mut env = credentials_fixture_with_terminal();
    env.run_ok("delete acme beta old gone ann@example.org bob@example.org --yes");
    assert_snapshot!(env.run("revoke --color never"), @"
    exit 3
    -- stderr
    error: no credential to revoke
    hint: to list credentials, including deleted ones: gatepass list --all
    ");
}

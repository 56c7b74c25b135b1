//! No command but `store migrate` changes a store of an older version.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use super::migration::{OLDER_VERSIONS, SECRETS, at_version, files_beside_store, store_from};
use crate::support::test_env::TestEnv;

/// Commands that read or write, with their exit codes.
const COMMANDS: &[(&str, u8)] = &[
    ("list", 1),
    ("show acme", 1),
    ("verify", 1),
    ("check", 3),
    ("doctor", 1),
    ("serve --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0", 1),
    ("create new --days 9 --dry-run", 1),
    ("create new --days 9", 1),
    ("edit acme --note x", 1),
    ("delete acme --yes", 1),
    ("account add second", 1),
    ("deliver", 1),
    ("deliver --dry-run", 1),
    ("audit verify", 1),
    ("key export", 1),
    ("legacy report", 1),
];

#[test]
fn every_command_names_store_migrate_and_changes_nothing() {
    for version in OLDER_VERSIONS {
        let mut env = at_version(version);
        let before = fs::read(env.store()).unwrap();
        for (line, exit) in COMMANDS {
            let output = env.run_with_input(line, format!("gpa_{}", SECRETS[1].1));
            assert_eq!((output.exit, output.stdout.as_str()), (*exit, ""), "{line}: {output}");
            let message = format!("error: the store has version {version}; this gatepass requires");
            assert!(output.stderr.starts_with(&message), "{line}: {output}");
            assert!(output.stderr.ends_with("; run gatepass store migrate\n"), "{line}: {output}");
            assert!(fs::read(env.store()).unwrap() == before, "{line} changed version {version}");
        }
        assert_eq!(env.run_ok("complete fish gatepass show a"), "");
        assert!(fs::read(env.store()).unwrap() == before);
        assert!(!files_beside_store(&env).iter().any(|name| name.contains(".version-")));
    }
}

/// A migration needs the key, so it can be restored first.
#[test]
fn the_key_of_an_older_store_can_be_restored() {
    for version in OLDER_VERSIONS {
        let mut env = at_version(version);
        let before = fs::read(env.store()).unwrap();
        let mut other = TestEnv::new();
        other.reseed(9);
        other.run_ok("create acme --days 9");
        fs::rename(env.key(), env.path("backup")).unwrap();
        fs::rename(other.key(), env.path("other")).unwrap();
        assert_eq!(env.run("key import ~/other").exit, 7);
        env.run_ok("key import ~/backup");
        assert!(fs::read(env.store()).unwrap() == before);
        env.run_ok("store migrate");
    }
}

#[test]
fn the_error_has_a_code() {
    let mut env = store_from("0.1.0");
    let error: Value = serde_json::from_str(&env.run("list --json").stderr).unwrap();
    assert_eq!(error["error"]["code"], "older_store");
    assert_snapshot!(env.run("list"), @"
    exit 1
    -- stderr
    error: the store has version 1; this gatepass requires version 6
    hint: nothing was changed; run gatepass store migrate
    ");
}

//! The hidden command that the scripts run.

use std::time::{Duration, Instant};

use clap_complete::Shell;
use gatepass::{command_tree, commands::completions::generate::script};

use crate::support::test_env::TestEnv;

#[test]
fn completion_never_fails_waits_or_creates_a_store() {
    let mut env = TestEnv::new();
    let silent = |env: &mut TestEnv, line: &str| {
        let output = env.run(line);
        let streams = (output.stdout.as_str(), output.stderr.as_str());
        assert_eq!((output.exit, streams), (0, ("", "")), "{line}");
    };
    for line in [
        "complete",
        "complete fish",
        "complete fish gatepass show a",
        "complete fish gatepass --bogus show a",
        "complete bash 'gatepass show a'",
        "complete bash 'gatepass show a' b",
    ] {
        silent(&mut env, line);
    }
    assert_eq!(std::fs::read_dir(env.path("")).unwrap().count(), 0, "nothing was created");
    env.run_ok("create acme --days 9");

    env.env.insert("GATEPASS_FORMAT".into(), "nonsense".into());
    silent(&mut env, "complete fish gatepass show a");
    env.env.remove(std::ffi::OsStr::new("GATEPASS_FORMAT"));

    let locked = rusqlite::Connection::open(env.store()).unwrap();
    locked
        .execute_batch("pragma locking_mode = exclusive; begin exclusive; pragma user_version = 1;")
        .unwrap();
    let start = Instant::now();
    silent(&mut env, "complete fish gatepass show a");
    // Waiting for the lock would take seconds.
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn the_command_is_hidden() {
    for shell in [Shell::Elvish, Shell::PowerShell] {
        let script = script(shell, &mut command_tree());
        assert!(script.contains("grant-app") && !script.contains("gatepass complete "), "{shell}");
    }
    assert!(command_tree().find_subcommand("complete").is_none());
}

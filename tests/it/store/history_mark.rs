//! The history mark: a store that was replaced by an older copy is noticed by the next command on the same machine.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
};

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::support::test_env::TestEnv;

fn sample() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env
}

/// Returns the only file of the marks.
fn mark(env: &TestEnv) -> PathBuf {
    let marks = fs::read_dir(env.path(".local/state/gatepass")).unwrap();
    let mut marks: Vec<_> = marks.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(marks.len(), 1, "{marks:?}");
    marks.remove(0)
}

/// Returns a copy of the whole store.
fn copy(env: &TestEnv) -> Vec<u8> {
    let file = Connection::open(env.store()).unwrap();
    file.execute_batch("pragma wal_checkpoint(truncate)").unwrap();
    drop(file);
    fs::read(env.store()).unwrap()
}

fn put_back(env: &TestEnv, store: &[u8]) {
    for suffix in ["-wal", "-shm"] {
        fs::remove_file(format!("{}{suffix}", env.store().display())).ok();
    }
    fs::write(env.store(), store).unwrap();
}

#[test]
fn the_next_command_notices_an_older_copy() {
    let mut env = sample();
    let older = copy(&env);
    env.run_ok("revoke acme --yes");
    put_back(&env, &older);
    let before = fs::read(mark(&env)).unwrap();
    for line in [
        "show acme",
        "list",
        "audit verify",
        "create beta --days 9",
        "deliver",
        "doctor",
        "serve --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0",
        "edit acme --note x",
    ] {
        let output = env.run(line);
        assert_eq!((output.exit, output.stdout.as_str()), (8, ""), "{line}\n{output}");
    }
    assert_eq!(env.run("check").exit, 3);
    assert_snapshot!(env.run("show acme"), @"
    exit 8
    -- stderr
    error: the store is an older copy: this machine has seen audit record 3, but the newest one is 2
    hint: it may lack revocations; if you restored this copy, use --accept-history once
    ");
    assert!(fs::read(mark(&env)).unwrap() == before, "a command moved the mark");
    assert!(fs::read(env.store()).unwrap() == older, "a command changed the store");
}

#[test]
fn an_accepted_copy_is_the_history_from_then_on() {
    for first in
        ["list --accept-history", "edit acme --note x --accept-history", "status --accept-history"]
    {
        let mut env = sample();
        let older = copy(&env);
        env.run_ok("revoke acme --yes");
        let newer = copy(&env);
        put_back(&env, &older);
        env.run_ok("edit acme --note y --accept-history --dry-run");
        assert_eq!(env.run("list").exit, 8, "a dry run accepted it");
        env.run_ok(first);
        env.run_ok("list");
        env.run_ok("create beta --days 9");
        put_back(&env, &newer);
        assert_eq!(env.run("list").exit, 8, "{first}");
    }
}

/// The copy has gone on, so that its newest record has the same number as the mark, or a greater one.
#[test]
fn a_fork_is_noticed() {
    for changes in [1, 2, 5] {
        let mut env = sample();
        let older = copy(&env);
        env.run_ok("revoke acme --yes");
        let seen = fs::read(mark(&env)).unwrap();
        put_back(&env, &older);
        for number in 0..changes {
            env.run_ok(&format!("edit acme --note {number} --accept-history"));
        }
        fs::write(mark(&env), seen).unwrap();
        let output = env.run("show acme");
        assert_eq!(output.exit, 8, "{output}");
        assert!(output.stderr.contains("the store has another history"), "{output}");
    }
}

/// A power failure may leave an incomplete mark, and a command of another user none that this one can read.
#[test]
fn a_mark_that_says_nothing_is_no_alarm_and_doctor_reports_it() {
    let mut env = sample();
    env.run_ok("key export --out ~/escrow");
    let (whole, mark) = (fs::read(mark(&env)).unwrap(), mark(&env));
    let mut contents: Vec<Option<Vec<u8>>> =
        (0..whole.len()).map(|at| Some(whole[..at].to_vec())).collect();
    contents.extend([None, Some(b"x".repeat(9_999)), Some(vec![0xff; 90])]);
    let mut other = TestEnv::new();
    other.reseed(2);
    other.run_ok("create acme --days 90");
    contents.push(Some(fs::read(self::mark(&other)).unwrap()));
    for content in contents {
        match &content {
            Some(bytes) => fs::write(&mark, bytes).unwrap(),
            None => fs::remove_file(&mark).unwrap(),
        }
        env.run_ok("show acme");
        let is_whole = content.as_ref().is_some_and(|bytes| bytes.len() + 1 == whole.len());
        assert_eq!(env.run_ok("doctor").contains("history mark"), !is_whole, "{content:?}");
    }
    env.run_ok("edit acme --note x");
    assert!(!env.run_ok("doctor").contains("history mark"));
}

#[test]
fn a_mark_that_cannot_be_written_fails_no_change() {
    let mut env = sample();
    let directory = mark(&env).parent().unwrap().to_owned();
    fs::remove_dir_all(&directory).unwrap();
    fs::write(&directory, "not a directory").unwrap();
    env.run_ok("create beta --days 9");
    assert!(env.run_ok("doctor").contains("history mark"));
    env.env.insert("GATEPASS_STORE".into(), env.store().into());
    env.env.insert("GATEPASS_KEY_FILE".into(), env.key().into());
    env.env.remove(std::ffi::OsStr::new("HOME"));
    env.run_ok("create gamma --days 9");
    assert!(env.run_ok("doctor").contains("HOME is not set"));
}

/// Each has a mark of their own, unless they share a directory.
#[test]
fn users_share_a_mark_if_they_share_its_directory() {
    for (shared, exit) in [(false, 0), (true, 8)] {
        let mut env = sample();
        let as_user = |env: &mut TestEnv, user: &str, line: &str| {
            let directory = if shared { "marks".to_owned() } else { format!("marks-{user}") };
            env.env.insert("GATEPASS_HISTORY_MARK".into(), env.path(&directory).into());
            env.run(line).exit
        };
        as_user(&mut env, "ann", "edit acme --note x");
        let older = copy(&env);
        assert_eq!(as_user(&mut env, "bob", "revoke acme --yes"), 0);
        put_back(&env, &older);
        assert_eq!(as_user(&mut env, "bob", "list"), 8);
        assert_eq!(as_user(&mut env, "ann", "list"), exit, "shared: {shared}");
    }
}

#[test]
fn doctor_warns_of_a_mark_beside_the_store() {
    let mut env = sample();
    let beside = env.store().parent().unwrap().join("marks");
    env.file("config.toml", format!("history-mark = '{}'", beside.display()));
    env.env.insert("GATEPASS_CONFIG".into(), env.path("config.toml").into());
    env.run_ok("edit acme --note x");
    assert!(env.run_ok("doctor").contains("are beside the store"));
    assert_eq!(fs::metadata(&beside).unwrap().permissions().mode() & 0o777, 0o700);
}

/// A backup or a copy for a trial has a history of its own.
#[test]
fn a_copy_elsewhere_and_a_new_store_are_no_alarm() {
    let mut env = sample();
    let older = copy(&env);
    env.run_ok("revoke acme --yes");
    let elsewhere = env.file("copy.db", older);
    fs::set_permissions(&elsewhere, Permissions::from_mode(0o600)).unwrap();
    env.run_ok("list --store ~/copy.db");
    env.run_ok("create beta --days 9 --store ~/copy.db");
    env.run_ok("list");
    fs::remove_file(env.store()).unwrap();
    env.run_ok("create acme --days 9 --new-store");
    env.run_ok("list");
}

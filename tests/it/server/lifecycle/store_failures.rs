//! The gate while its store is missing, older than before, or tampered with.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use insta::assert_snapshot;
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    server::{gate_fixture::live_fixture, snapshot::whole},
    support::{
        gate::{GateConnection, GateProcess, ServeCommand, bearer_request},
        process::print_figure,
        test_env::TestEnv,
    },
};

/// The longest a gate may take to notice a change, on a machine that other tests keep busy.
const PROMPTLY: Duration = Duration::from_millis(250);
/// The longest wait for a status.
const TIMEOUT: Duration = Duration::from_secs(4);

/// Returns the directory of the store, and a path to move it to.
fn store_dirs(env: &TestEnv) -> (PathBuf, PathBuf) {
    let store = env.store();
    let directory = store.parent().unwrap();
    (directory.to_owned(), directory.with_file_name("aside"))
}

/// Returns how long it takes until a secret gets the status `then`; until then it must get `meanwhile`.
fn wait_for_status(
    connection: &mut GateConnection,
    secret: &str,
    meanwhile: u16,
    then: u16,
) -> Duration {
    let start = Instant::now();
    loop {
        let asked = start.elapsed();
        let response = connection.ask(&bearer_request(secret)).unwrap();
        if response.status() == then {
            return asked;
        }
        assert_eq!(response.status(), meanwhile, "{response:?}");
        assert!(asked < TIMEOUT, "still {meanwhile}");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_missing_store_is_served_from_cache_for_at_most_a_second() {
    let (mut env, secret) = live_fixture();
    let revoked = env.run_for_secret("create revoked --forever");
    env.run_ok("revoke revoked --yes");
    let gate = GateProcess::start(env.serve_command(""));
    gate.wait_until_ready();
    let mut connection = GateConnection::to(gate.address());
    let (directory, aside) = store_dirs(&env);
    fs::rename(&directory, &aside).unwrap();
    let gone = wait_for_status(&mut connection, &secret, 200, 503);
    assert!(
        gone > Duration::from_millis(900) && gone < Duration::from_secs(1) + PROMPTLY,
        "{gone:?}"
    );
    for request in [
        bearer_request(&secret),
        bearer_request(&revoked),
        bearer_request(&secret.replace("gpa_", "gpu_")),
    ] {
        let response = connection.ask(&request).unwrap();
        // A malformed secret is rejected without the store.
        assert!([401, 503].contains(&response.status()), "{response:?}");
    }
    let unavailable = connection.ask(&bearer_request(&secret)).unwrap();
    assert_eq!(unavailable.single("retry-after"), Some("1"));
    assert_eq!(unavailable.single("x-gatepass-reason"), Some("unavailable"));
    assert_snapshot!(whole(&unavailable), @r#"
    HTTP/1.1 503 Service Unavailable
    content-length: 58
    content-type: application/json;charset=utf-8
    retry-after: 1
    x-gatepass-error: Service Unavailable
    x-gatepass-reason: unavailable
    x-gatepass-status: 503

    {"status":"fail","error":"Service Unavailable","code":503}
    "#);
    assert_eq!(gate.ask_ops("/readyz").status(), 503);
    assert_eq!(gate.ask_ops("/healthz").status(), 200, "a restart would not help");
    fs::rename(&aside, &directory).unwrap();
    let back = wait_for_status(&mut connection, &secret, 503, 200);
    assert_eq!(connection.ask(&bearer_request(&revoked)).unwrap().status(), 401);
    gate.wait_until_ready();
    print_figure(&format!(
        "store failures: 503 {gone:?} after the store was moved, 200 {back:?} after its return"
    ));
    let log = gate.end();
    let events = log.iter().map(|line| line["event"].as_str().unwrap());
    // The webhook dispatcher may have looked for messages meanwhile, and logs that itself.
    let is_about_store = |event: &&str| !["decision", "not_delivered"].contains(event);
    let events: Vec<_> = events.filter(is_about_store).collect();
    assert_eq!(events, ["store_error", "store_back"]);
}

#[test]
fn serving_from_cache_can_be_turned_off() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--max-stale 0"));
    gate.wait_until_ready();
    let mut connection = GateConnection::to(gate.address());
    let (directory, aside) = store_dirs(&env);
    assert_eq!(connection.ask(&bearer_request(&secret)).unwrap().status(), 200);
    fs::rename(&directory, &aside).unwrap();
    let gone = wait_for_status(&mut connection, &secret, 200, 503);
    assert!(gone < PROMPTLY, "{gone:?}");
    fs::rename(&aside, &directory).unwrap();
    wait_for_status(&mut connection, &secret, 503, 200);
}

/// The gate serves a restored backup once an admin has accepted that it is an older copy.
#[test]
fn a_restored_older_store_is_reloaded() {
    let (mut env, secret) = live_fixture();
    let revoked = env.run_for_secret("create revoked --forever");
    let (directory, aside) = store_dirs(&env);
    copy(&directory, &aside);
    let newer = env.run_for_secret("create newer --forever");
    env.run_ok("revoke revoked --yes");
    let gate = GateProcess::start(env.serve_command(""));
    gate.wait_until_ready();
    let mut connection = GateConnection::to(gate.address());
    assert_eq!(connection.ask(&bearer_request(&newer)).unwrap().status(), 200);
    assert_eq!(connection.ask(&bearer_request(&revoked)).unwrap().status(), 401);
    fs::rename(&directory, directory.with_file_name("newer")).unwrap();
    fs::rename(&aside, &directory).unwrap();
    wait_for_status(&mut connection, &newer, 200, 503);
    assert_eq!(connection.ask(&bearer_request(&revoked)).unwrap().status(), 503);
    gate.wait_for_stderr("the store is an older copy");
    env.run_ok("list --accept-history");
    wait_for_status(&mut connection, &newer, 503, 401);
    wait_for_status(&mut connection, &revoked, 503, 200);
    assert_eq!(connection.ask(&bearer_request(&secret)).unwrap().status(), 200);
    env.run_ok("revoke acme --yes");
    wait_for_status(&mut connection, &secret, 200, 401);
}

/// The key is read whenever the store is opened: without it a gate keeps its open store, and opens no other.
#[test]
fn the_gate_does_not_open_a_store_without_its_key() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--max-stale 0"));
    gate.wait_until_ready();
    let mut connection = GateConnection::to(gate.address());
    let (directory, aside) = store_dirs(&env);
    let (key, hidden) = (env.key(), env.path("hidden"));
    fs::rename(&key, &hidden).unwrap();
    assert_eq!(connection.ask(&bearer_request(&secret)).unwrap().status(), 200);
    fs::rename(&directory, &aside).unwrap();
    wait_for_status(&mut connection, &secret, 200, 503);
    fs::rename(&aside, &directory).unwrap();
    thread::sleep(PROMPTLY);
    assert_eq!(connection.ask(&bearer_request(&secret)).unwrap().status(), 503);
    gate.wait_for_stderr("key");
    fs::rename(&hidden, &key).unwrap();
    wait_for_status(&mut connection, &secret, 503, 200);
}

/// Another gatepass may migrate the store while a gate has it open, or a backup of an older version is restored. The gate
/// cannot know what the rows of another version mean.
#[test]
fn a_store_of_another_version_is_not_served() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--max-stale 0"));
    gate.wait_until_ready();
    let mut connection = GateConnection::to(gate.address());
    let owner = Connection::open(env.store()).unwrap();
    let set_version = |version| owner.pragma_update(None, "user_version", version).unwrap();
    let own: i64 = owner.query_row("pragma user_version", [], |row| row.get(0)).unwrap();
    for (version, message) in [
        (own + 1, format!("the store has version {}; this gatepass supports", own + 1)),
        (own - 1, format!("the store has version {}; this gatepass requires", own - 1)),
    ] {
        assert_eq!(connection.ask(&bearer_request(&secret)).unwrap().status(), 200);
        set_version(version);
        wait_for_status(&mut connection, &secret, 200, 503);
        assert_eq!(gate.ask_ops("/readyz").status(), 503);
        gate.wait_for_stderr(&message);
        set_version(own);
        wait_for_status(&mut connection, &secret, 503, 200);
    }
}

/// While one record does not verify, the gate has no cache and looks every request up in the store.
#[test]
fn a_tampered_record_is_rejected_and_others_are_served() {
    let (mut env, other) = live_fixture();
    let tampered = env.run_for_secret("create tampered --days 9");
    tamper(&env, "update credential set expires_at = expires_at + 1 where owner = 'tampered'");
    let gate = GateProcess::start(env.serve_command("--log-allowed"));
    let mut connection = GateConnection::to(gate.address());
    let mut assert_decisions = || {
        let rejected = connection.ask(&bearer_request(&tampered)).unwrap();
        assert_eq!(rejected.status(), 401);
        assert_eq!(
            rejected.single("x-gatepass-reason"),
            Some("unknown"),
            "the caller must not learn of it"
        );
        let served = connection.ask(&bearer_request(&other)).unwrap();
        assert_eq!((served.status(), served.single("x-gatepass-name")), (200, Some("acme")));
    };
    let start = Instant::now();
    // Until the gate has tried twice more to load its cache.
    while start.elapsed() < Duration::from_millis(2_200) {
        assert_decisions();
        thread::sleep(Duration::from_millis(20));
    }
    let new = env.run_for_secret("create new --days 9");
    assert_eq!(connection.ask(&bearer_request(&new)).unwrap().status(), 200);
    env.run_ok("revoke acme --yes");
    assert_eq!(connection.ask(&bearer_request(&other)).unwrap().status(), 401);
    let log = gate.end();
    let of = |event: &str| log.iter().filter(|line| line["event"] == event).count();
    assert_eq!((of("store_tampered"), of("store_back")), (1, 0), "the error is logged once");
    assert!(log.iter().any(|line| line["reason"] == "tampered"));
}

/// The gate does not read a loaded record again unless it was changed through gatepass.
#[test]
fn a_record_tampered_with_later_changes_nothing() {
    let (mut env, _) = live_fixture();
    let revoked = env.run_for_secret("create revoked --forever");
    env.run_ok("revoke revoked --yes");
    let gate = GateProcess::start(env.serve_command(""));
    gate.wait_until_ready();
    let mut connection = GateConnection::to(gate.address());
    tamper(
        &env,
        "update credential set revoked_at = null, revoked_by = null, revocation_reason = null",
    );
    env.run_ok("create another --days 9");
    let start = Instant::now();
    while start.elapsed() < PROMPTLY {
        assert_eq!(connection.ask(&bearer_request(&revoked)).unwrap().status(), 401);
    }
}

fn tamper(env: &TestEnv, statement: &str) {
    let connection = Connection::open(env.store()).unwrap();
    assert_eq!(connection.execute(statement, []).unwrap().min(1), 1);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// A last use that was tampered with is logged, and the other last uses are still written.
#[test]
fn a_tampered_last_use_does_not_block_other_writes() {
    let (mut env, first) = live_fixture();
    let second = env.run_for_secret("create second --days 9");
    let use_both = |env: &TestEnv| {
        let gate = GateProcess::start(env.serve_command(""));
        gate.wait_until_ready();
        for secret in [&first, &second] {
            assert_eq!(gate.ask(&bearer_request(secret)).status(), 200);
        }
        gate.end()
    };
    let has_failed = |log: &[Value]| log.iter().any(|line| line["event"] == "uses_not_written");
    assert!(!has_failed(&use_both(&env)));
    tamper(&env, "update last_use set count = 9 where credential = 1");
    assert!(has_failed(&use_both(&env)));
    assert_eq!(env.run_ok("show second --field uses"), "2\n");
    assert_eq!(env.run("doctor").exit, 8);
}

/// Without a cache, each request needs the store. If a lookup fails, the gate logs the cause before the first 503, and
/// at most once a second.
#[test]
fn failed_lookups_are_logged_without_flooding_the_log() {
    let (mut env, other) = live_fixture();
    env.run_for_secret("create tampered --days 9");
    tamper(&env, "update credential set expires_at = expires_at + 1 where owner = 'tampered'");
    let gate = GateProcess::start(env.serve_command(""));
    let mut connection = GateConnection::to(gate.address());
    assert_eq!(connection.ask(&bearer_request(&other)).unwrap().status(), 200);
    let (directory, aside) = store_dirs(&env);
    fs::rename(&directory, &aside).unwrap();
    let start = Instant::now();
    for _ in 0..100 {
        assert_eq!(connection.ask(&bearer_request(&other)).unwrap().status(), 503);
    }
    let elapsed = start.elapsed();
    fs::rename(&aside, &directory).unwrap();
    assert_eq!(connection.ask(&bearer_request(&other)).unwrap().status(), 200);
    let log = gate.end();
    let is_failure = |line: &&Value| line["event"] == "lookup_failed";
    let failures = log.iter().filter(is_failure).count();
    assert!((1..=1 + elapsed.as_secs() as usize).contains(&failures), "{failures}");
    let first = log.iter().position(|line| is_failure(&line)).unwrap();
    let rejected = log.iter().position(|line| line["reason"] == "unavailable").unwrap();
    assert!(first < rejected, "{log:?}");
}

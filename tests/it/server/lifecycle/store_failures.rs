//! What the gate does when its store is gone, old, or not what it was.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::{
    server::gate_fixture::live_fixture,
    support::{
        gate::{GateConnection, GateProcess, ServeCommand, bearer_request},
        process::print_figure,
        test_env::TestEnv,
    },
};

/// How long a gate may take to notice.
const PROMPTLY: Duration = Duration::from_millis(250);
/// What is never exceeded, however busy the machine is.
const STALE_AFTER: Duration = Duration::from_secs(4);

/// The directory of the store, with its log of writes.
fn store_dirs(world: &TestEnv) -> (PathBuf, PathBuf) {
    let store = world.store();
    let place = store.parent().unwrap();
    (place.to_owned(), place.with_file_name("aside"))
}

/// When a status is heard for the first time; until then only `meanwhile` is.
fn wait_for_status(line: &mut GateConnection, secret: &str, meanwhile: u16, then: u16) -> Duration {
    let begun = Instant::now();
    loop {
        let asked = begun.elapsed();
        let answer = line.ask(&bearer_request(secret)).unwrap();
        if answer.status() == then {
            return asked;
        }
        assert_eq!(answer.status(), meanwhile, "{answer:?}");
        assert!(asked < STALE_AFTER, "still {meanwhile}");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_missing_store_is_served_from_cache_for_at_most_a_second() {
    let (mut world, secret) = live_fixture();
    let revoked = world.run_for_secret("create revoked --forever");
    world.run_ok("revoke revoked --yes");
    let gate = GateProcess::start(world.serve_command(""));
    gate.wait_until_ready();
    let mut line = GateConnection::to(gate.address());
    let (place, aside) = store_dirs(&world);
    fs::rename(&place, &aside).unwrap();
    let gone = wait_for_status(&mut line, &secret, 200, 503);
    assert!(
        gone > Duration::from_millis(900) && gone < Duration::from_secs(1) + PROMPTLY,
        "{gone:?}"
    );
    for request in [
        bearer_request(&secret),
        bearer_request(&revoked),
        bearer_request(&secret.replace("gpa_", "gpu_")),
    ] {
        let answer = line.ask(&request).unwrap();
        // What is none is told without the store.
        assert!([401, 503].contains(&answer.status()), "{answer:?}");
    }
    let unavailable = line.ask(&bearer_request(&secret)).unwrap();
    assert_eq!(unavailable.single("retry-after"), Some("1"));
    assert_eq!(unavailable.single("x-gatepass-reason"), Some("unavailable"));
    assert_eq!(gate.ask_ops("/readyz").status(), 503);
    assert_eq!(gate.ask_ops("/healthz").status(), 200, "a restart would not help");
    fs::rename(&aside, &place).unwrap();
    let back = wait_for_status(&mut line, &secret, 503, 200);
    assert_eq!(line.ask(&bearer_request(&revoked)).unwrap().status(), 401);
    gate.wait_until_ready();
    print_figure(&format!(
        "trouble: 503 {gone:?} after the store went, 200 {back:?} after it came back"
    ));
    let log = gate.end();
    let events = log.iter().map(|line| line["event"].as_str().unwrap());
    // The courier of webhooks may have looked for messages meanwhile, and tells of that by itself.
    let is_told = |event: &&str| !["decision", "not_delivered"].contains(event);
    let events: Vec<_> = events.filter(is_told).collect();
    assert_eq!(events, ["store_error", "store_back"]);
}

#[test]
fn serving_from_cache_can_be_turned_off() {
    let (world, secret) = live_fixture();
    let gate = GateProcess::start(world.serve_command("--max-stale 0"));
    gate.wait_until_ready();
    let mut line = GateConnection::to(gate.address());
    let (place, aside) = store_dirs(&world);
    assert_eq!(line.ask(&bearer_request(&secret)).unwrap().status(), 200);
    fs::rename(&place, &aside).unwrap();
    let gone = wait_for_status(&mut line, &secret, 200, 503);
    assert!(gone < PROMPTLY, "{gone:?}");
    fs::rename(&aside, &place).unwrap();
    wait_for_status(&mut line, &secret, 503, 200);
}

/// A backup that is put back is the truth from then on, for better or worse; `audit verify --against` would tell.
#[test]
fn a_restored_older_store_is_reloaded() {
    let (mut world, secret) = live_fixture();
    let revoked = world.run_for_secret("create revoked --forever");
    let (place, aside) = store_dirs(&world);
    copy(&place, &aside);
    let newer = world.run_for_secret("create newer --forever");
    world.run_ok("revoke revoked --yes");
    let gate = GateProcess::start(world.serve_command(""));
    gate.wait_until_ready();
    let mut line = GateConnection::to(gate.address());
    assert_eq!(line.ask(&bearer_request(&newer)).unwrap().status(), 200);
    assert_eq!(line.ask(&bearer_request(&revoked)).unwrap().status(), 401);
    fs::rename(&place, place.with_file_name("newer")).unwrap();
    fs::rename(&aside, &place).unwrap();
    wait_for_status(&mut line, &newer, 200, 401);
    wait_for_status(&mut line, &revoked, 401, 200);
    assert_eq!(line.ask(&bearer_request(&secret)).unwrap().status(), 200);
    world.run_ok("revoke acme --yes");
    wait_for_status(&mut line, &secret, 200, 401);
}

/// The key is read whenever the store is opened: without it a gate goes on with the store that it has, and no other.
#[test]
fn the_gate_does_not_open_a_store_without_its_key() {
    let (world, secret) = live_fixture();
    let gate = GateProcess::start(world.serve_command("--max-stale 0"));
    gate.wait_until_ready();
    let mut line = GateConnection::to(gate.address());
    let (place, aside) = store_dirs(&world);
    let (key, hidden) = (world.key(), world.path("hidden"));
    fs::rename(&key, &hidden).unwrap();
    assert_eq!(line.ask(&bearer_request(&secret)).unwrap().status(), 200);
    fs::rename(&place, &aside).unwrap();
    wait_for_status(&mut line, &secret, 200, 503);
    fs::rename(&aside, &place).unwrap();
    thread::sleep(PROMPTLY);
    assert_eq!(line.ask(&bearer_request(&secret)).unwrap().status(), 503);
    gate.wait_for_stderr("key");
    fs::rename(&hidden, &key).unwrap();
    wait_for_status(&mut line, &secret, 503, 200);
}

/// A record that does not verify spoils the index, but nobody else's day: every request asks the store then.
#[test]
fn a_tampered_record_is_rejected_and_others_are_served() {
    let (mut world, good) = live_fixture();
    let altered = world.run_for_secret("create altered --days 9");
    tamper(&world, "update credential set expires_at = expires_at + 1 where owner = 'altered'");
    let gate = GateProcess::start(world.serve_command("--log-allowed"));
    let mut line = GateConnection::to(gate.address());
    let mut assert_told = || {
        let refused = line.ask(&bearer_request(&altered)).unwrap();
        assert_eq!(refused.status(), 401);
        assert_eq!(
            refused.single("x-gatepass-reason"),
            Some("unknown"),
            "it must not be told apart"
        );
        let served = line.ask(&bearer_request(&good)).unwrap();
        assert_eq!((served.status(), served.single("x-gatepass-name")), (200, Some("acme")));
    };
    let begun = Instant::now();
    // Until the gate has tried twice more to load its index.
    while begun.elapsed() < Duration::from_millis(2_200) {
        assert_told();
        thread::sleep(Duration::from_millis(20));
    }
    let new = world.run_for_secret("create new --days 9");
    assert_eq!(line.ask(&bearer_request(&new)).unwrap().status(), 200);
    world.run_ok("revoke acme --yes");
    assert_eq!(line.ask(&bearer_request(&good)).unwrap().status(), 401);
    let log = gate.end();
    let of = |event: &str| log.iter().filter(|line| line["event"] == event).count();
    assert_eq!((of("store_error"), of("store_back")), (1, 0), "trouble is told once");
    assert!(log.iter().any(|line| line["reason"] == "tampered"));
}

/// What was loaded is not read again: an alteration behind the gate's back helps nobody.
#[test]
fn a_record_tampered_with_later_changes_nothing() {
    let (mut world, _) = live_fixture();
    let revoked = world.run_for_secret("create revoked --forever");
    world.run_ok("revoke revoked --yes");
    let gate = GateProcess::start(world.serve_command(""));
    gate.wait_until_ready();
    let mut line = GateConnection::to(gate.address());
    tamper(
        &world,
        "update credential set revoked_at = null, revoked_by = null, revocation_reason = null",
    );
    world.run_ok("create another --days 9");
    let begun = Instant::now();
    while begun.elapsed() < PROMPTLY {
        assert_eq!(line.ask(&bearer_request(&revoked)).unwrap().status(), 401);
    }
}

fn tamper(world: &TestEnv, statement: &str) {
    let owner = Connection::open(world.store()).unwrap();
    assert_eq!(owner.execute(statement, []).unwrap().min(1), 1);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Last uses decide nothing: one that was altered is told of, and those of others are written as ever.
#[test]
fn a_tampered_last_use_does_not_block_other_writes() {
    let (mut world, first) = live_fixture();
    let second = world.run_for_secret("create second --days 9");
    let use_both = |world: &TestEnv| {
        let gate = GateProcess::start(world.serve_command(""));
        gate.wait_until_ready();
        for secret in [&first, &second] {
            assert_eq!(gate.ask(&bearer_request(secret)).status(), 200);
        }
        gate.end()
    };
    let is_told = |log: &[Value]| log.iter().any(|line| line["event"] == "uses_not_written");
    assert!(!is_told(&use_both(&world)));
    tamper(&world, "update last_use set count = 9 where credential = 1");
    assert!(is_told(&use_both(&world)));
    assert_eq!(world.run_ok("show second --field uses"), "2\n");
    assert_eq!(world.run("doctor").exit, 8);
}

/// Without an index, each request needs the store. If that fails, the log says why before the first 503, and once a
/// second at most.
#[test]
fn failed_lookups_are_logged_without_flooding_the_log() {
    let (mut world, good) = live_fixture();
    world.run_for_secret("create altered --days 9");
    tamper(&world, "update credential set expires_at = expires_at + 1 where owner = 'altered'");
    let gate = GateProcess::start(world.serve_command(""));
    let mut line = GateConnection::to(gate.address());
    assert_eq!(line.ask(&bearer_request(&good)).unwrap().status(), 200);
    let (place, aside) = store_dirs(&world);
    fs::rename(&place, &aside).unwrap();
    let begun = Instant::now();
    for _ in 0..100 {
        assert_eq!(line.ask(&bearer_request(&good)).unwrap().status(), 503);
    }
    let elapsed = begun.elapsed();
    fs::rename(&aside, &place).unwrap();
    assert_eq!(line.ask(&bearer_request(&good)).unwrap().status(), 200);
    let log = gate.end();
    let is_failure = |line: &&Value| line["event"] == "lookup_failed";
    let failures = log.iter().filter(is_failure).count();
    assert!((1..=1 + elapsed.as_secs() as usize).contains(&failures), "{failures}");
    let first = log.iter().position(|line| is_failure(&line)).unwrap();
    let rejected = log.iter().position(|line| line["reason"] == "unavailable").unwrap();
    assert!(first < rejected, "{log:?}");
}

//! What the gate does when its store is gone, old, or not what it was.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::Value;

use super::cast::live;
use crate::support::{
    gate::{Gate, Line, Serve, bearer},
    process::say,
    run::World,
};

/// How long a gate may take to notice.
const SOON: Duration = Duration::from_millis(250);
/// What is never exceeded, however busy the machine is.
const LATE: Duration = Duration::from_secs(4);

/// The directory of the store, with its log of writes.
fn rooms(world: &World) -> (PathBuf, PathBuf) {
    let store = world.store();
    let place = store.parent().unwrap();
    (place.to_owned(), place.with_file_name("aside"))
}

/// When a status is heard for the first time; until then only `meanwhile` is.
fn until(line: &mut Line, secret: &str, meanwhile: u16, then: u16) -> Duration {
    let begun = Instant::now();
    loop {
        let asked = begun.elapsed();
        let answer = line.ask(&bearer(secret)).unwrap();
        if answer.status() == then {
            return asked;
        }
        assert_eq!(answer.status(), meanwhile, "{answer:?}");
        assert!(asked < LATE, "still {meanwhile}");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_store_that_is_gone_is_answered_for_no_longer_than_a_second() {
    let (mut world, secret) = live();
    let revoked = world.secret("create revoked --forever");
    world.ok("revoke revoked --yes");
    let gate = Gate::start(world.serve(""));
    gate.ready();
    let mut line = Line::to(gate.address());
    let (place, aside) = rooms(&world);
    fs::rename(&place, &aside).unwrap();
    let gone = until(&mut line, &secret, 200, 503);
    assert!(gone > Duration::from_millis(900) && gone < Duration::from_secs(1) + SOON, "{gone:?}");
    for request in [bearer(&secret), bearer(&revoked), bearer(&secret.replace("gpa_", "gpu_"))] {
        let answer = line.ask(&request).unwrap();
        // What is none is told without the store.
        assert!([401, 503].contains(&answer.status()), "{answer:?}");
    }
    let unavailable = line.ask(&bearer(&secret)).unwrap();
    assert_eq!(unavailable.one("retry-after"), Some("1"));
    assert_eq!(unavailable.one("x-gatepass-reason"), Some("unavailable"));
    assert_eq!(gate.tells("/readyz").status(), 503);
    assert_eq!(gate.tells("/healthz").status(), 200, "a restart would not help");
    fs::rename(&aside, &place).unwrap();
    let back = until(&mut line, &secret, 503, 200);
    assert_eq!(line.ask(&bearer(&revoked)).unwrap().status(), 401);
    gate.ready();
    say(&format!("trouble: 503 {gone:?} after the store went, 200 {back:?} after it came back"));
    let log = gate.end();
    let events = log.iter().map(|line| line["event"].as_str().unwrap());
    // The courier of webhooks may have looked for messages meanwhile, and tells of that by itself.
    let is_told = |event: &&str| !["decision", "not_delivered"].contains(event);
    let events: Vec<_> = events.filter(is_told).collect();
    assert_eq!(events, ["store_error", "store_back"]);
}

#[test]
fn a_store_that_is_gone_can_be_answered_for_not_at_all() {
    let (world, secret) = live();
    let gate = Gate::start(world.serve("--max-stale 0"));
    gate.ready();
    let mut line = Line::to(gate.address());
    let (place, aside) = rooms(&world);
    assert_eq!(line.ask(&bearer(&secret)).unwrap().status(), 200);
    fs::rename(&place, &aside).unwrap();
    let gone = until(&mut line, &secret, 200, 503);
    assert!(gone < SOON, "{gone:?}");
    fs::rename(&aside, &place).unwrap();
    until(&mut line, &secret, 503, 200);
}

/// A backup that is put back is the truth from then on, for better or worse; `audit verify --against` would tell.
#[test]
fn an_older_copy_of_the_store_is_read_anew() {
    let (mut world, secret) = live();
    let revoked = world.secret("create revoked --forever");
    let (place, aside) = rooms(&world);
    copy(&place, &aside);
    let newer = world.secret("create newer --forever");
    world.ok("revoke revoked --yes");
    let gate = Gate::start(world.serve(""));
    gate.ready();
    let mut line = Line::to(gate.address());
    assert_eq!(line.ask(&bearer(&newer)).unwrap().status(), 200);
    assert_eq!(line.ask(&bearer(&revoked)).unwrap().status(), 401);
    fs::rename(&place, place.with_file_name("newer")).unwrap();
    fs::rename(&aside, &place).unwrap();
    until(&mut line, &newer, 200, 401);
    until(&mut line, &revoked, 401, 200);
    assert_eq!(line.ask(&bearer(&secret)).unwrap().status(), 200);
    world.ok("revoke acme --yes");
    until(&mut line, &secret, 200, 401);
}

/// The key is read whenever the store is opened: without it a gate goes on with the store that it has, and no other.
#[test]
fn without_its_key_a_gate_opens_no_store() {
    let (world, secret) = live();
    let gate = Gate::start(world.serve("--max-stale 0"));
    gate.ready();
    let mut line = Line::to(gate.address());
    let (place, aside) = rooms(&world);
    let (key, hidden) = (world.key(), world.path("hidden"));
    fs::rename(&key, &hidden).unwrap();
    assert_eq!(line.ask(&bearer(&secret)).unwrap().status(), 200);
    fs::rename(&place, &aside).unwrap();
    until(&mut line, &secret, 200, 503);
    fs::rename(&aside, &place).unwrap();
    thread::sleep(SOON);
    assert_eq!(line.ask(&bearer(&secret)).unwrap().status(), 503);
    gate.wait_to_hear("key");
    fs::rename(&hidden, &key).unwrap();
    until(&mut line, &secret, 503, 200);
}

/// A record that does not verify spoils the index, but nobody else's day: every request asks the store then.
#[test]
fn an_altered_record_is_refused_and_the_others_are_served() {
    let (mut world, good) = live();
    let altered = world.secret("create altered --days 9");
    tamper(&world, "update credential set expires_at = expires_at + 1 where owner = 'altered'");
    let gate = Gate::start(world.serve("--log-allowed"));
    let mut line = Line::to(gate.address());
    let mut assert_told = || {
        let refused = line.ask(&bearer(&altered)).unwrap();
        assert_eq!(refused.status(), 401);
        assert_eq!(refused.one("x-gatepass-reason"), Some("unknown"), "it must not be told apart");
        let served = line.ask(&bearer(&good)).unwrap();
        assert_eq!((served.status(), served.one("x-gatepass-name")), (200, Some("acme")));
    };
    let begun = Instant::now();
    // Until the gate has tried twice more to load its index.
    while begun.elapsed() < Duration::from_millis(2_200) {
        assert_told();
        thread::sleep(Duration::from_millis(20));
    }
    let new = world.secret("create new --days 9");
    assert_eq!(line.ask(&bearer(&new)).unwrap().status(), 200);
    world.ok("revoke acme --yes");
    assert_eq!(line.ask(&bearer(&good)).unwrap().status(), 401);
    let log = gate.end();
    let of = |event: &str| log.iter().filter(|line| line["event"] == event).count();
    assert_eq!((of("store_error"), of("store_back")), (1, 0), "trouble is told once");
    assert!(log.iter().any(|line| line["reason"] == "tampered"));
}

/// What was loaded is not read again: an alteration behind the gate's back helps nobody.
#[test]
fn a_record_that_is_altered_later_changes_nothing() {
    let (mut world, _) = live();
    let revoked = world.secret("create revoked --forever");
    world.ok("revoke revoked --yes");
    let gate = Gate::start(world.serve(""));
    gate.ready();
    let mut line = Line::to(gate.address());
    tamper(
        &world,
        "update credential set revoked_at = null, revoked_by = null, revocation_reason = null",
    );
    world.ok("create another --days 9");
    let begun = Instant::now();
    while begun.elapsed() < SOON {
        assert_eq!(line.ask(&bearer(&revoked)).unwrap().status(), 401);
    }
}

fn tamper(world: &World, statement: &str) {
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
fn an_altered_last_use_keeps_no_other_from_being_written() {
    let (mut world, first) = live();
    let second = world.secret("create second --days 9");
    let use_both = |world: &World| {
        let gate = Gate::start(world.serve(""));
        gate.ready();
        for secret in [&first, &second] {
            assert_eq!(gate.ask(&bearer(secret)).status(), 200);
        }
        gate.end()
    };
    let is_told = |log: &[Value]| log.iter().any(|line| line["event"] == "uses_not_written");
    assert!(!is_told(&use_both(&world)));
    tamper(&world, "update last_use set count = 9 where credential = 1");
    assert!(is_told(&use_both(&world)));
    assert_eq!(world.ok("show second --field uses"), "2\n");
    assert_eq!(world.run("doctor").exit, 8);
}

//! How soon the gate knows what other processes commit, and how soon others know what it saw.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use gatepass::{
    domain::{instant::Clock, reference::Reference},
    host::SystemClock,
    ops::{resolve::Prefixes, revoke::revoke},
};
use serde_json::Value;

use super::cast::{live, now_is_now};
use crate::support::{
    gate::{Gate, Line, Serve, bearer},
    process::{is_full, say},
    run::World,
};

/// How long a change may take to count where other tests keep the machine busy. The goal is 10 ms; the figures are
/// printed.
const SOON: Duration = Duration::from_millis(250);
/// Connections that ask without pause meanwhile.
const LOAD: usize = 4;

fn rounds() -> usize {
    if is_full() { 1_000 } else { 50 }
}

/// How long it takes until who has a secret hears this status.
fn until(line: &mut Line, secret: &str, status: u16) -> Duration {
    let (request, begun) = (bearer(secret), Instant::now());
    loop {
        let asked = begun.elapsed();
        let heard = line.ask(&request).unwrap().status();
        if heard == status {
            return asked;
        }
        assert!(asked < 40 * SOON, "still {heard}");
    }
}

/// Tells the delays of many rounds.
fn judge(what: &str, mut delays: Vec<Duration>) {
    delays.sort_unstable();
    let count = delays.len();
    let [median, most, worst] = [count / 2, count * 99 / 100, count - 1].map(|place| delays[place]);
    say(&format!(
        "freshness: {what}, {count} rounds: median {median:?}, 99 % {most:?}, worst {worst:?}"
    ));
    assert!(worst < SOON, "{worst:?}");
}

#[test]
fn what_is_created_passes_at_once_and_what_is_revoked_no_more() {
    let (mut world, good) = live();
    let store = world.open();
    let gate = Gate::start(world.serve("--workers 2"));
    gate.ready();
    let (is_over, asked, address) = (AtomicBool::new(false), AtomicUsize::new(0), gate.address());
    let bystander = || {
        let mut line = Line::to(address);
        while !is_over.load(Ordering::Relaxed) {
            assert_eq!(line.ask(&bearer(&good)).unwrap().status(), 200);
            asked.fetch_add(1, Ordering::Relaxed);
        }
    };
    let mut delays = Vec::new();
    thread::scope(|scope| {
        (0..LOAD).for_each(|_| drop(scope.spawn(bystander)));
        let mut line = Line::to(address);
        for round in 0..rounds() {
            let user = format!("user-{round}@example.org");
            let secret = world.secret(&format!("grant-user {user} --infinite"));
            assert_eq!(line.ask(&bearer(&secret)).unwrap().status(), 200, "round {round}");
            let user = [Reference::parse(&user).unwrap()];
            revoke(&world.desk(&store), &user, Prefixes::Taken, None).unwrap();
            delays.push(until(&mut line, &secret, 401));
            assert_eq!(line.ask(&bearer(&secret)).unwrap().status(), 401, "it came back");
        }
        is_over.store(true, Ordering::Relaxed);
    });
    say(&format!("freshness: {} requests meanwhile", asked.into_inner()));
    judge("a revocation by another process", delays);
}

#[test]
fn the_first_use_of_a_new_secret_ends_the_old_one() {
    let (mut world, mut old) = live();
    let gate = Gate::start(world.serve(""));
    let mut line = Line::to(gate.address());
    let mut delays = Vec::new();
    for _ in 0..rounds() / 5 {
        now_is_now(&world);
        let new = world.secret("reset acme --until-used --yes");
        let begun = Instant::now();
        while line.ask(&bearer(&old)).unwrap().one("sunset").is_none() {
            assert!(begun.elapsed() < SOON, "nobody tells that the old one will end");
        }
        assert_eq!(line.ask(&bearer(&new)).unwrap().status(), 200);
        delays.push(until(&mut line, &old, 401));
        old = new;
    }
    judge("the end of an overlap", delays);
    assert!(world.ok("audit list").contains("overlap-end"));
    assert_eq!(world.run("doctor").exit, 0);
}

#[test]
fn every_change_is_seen() {
    let mut world = World::new();
    world.set_clock(&SystemClock.now().plus(-40 * 86_400).to_string());
    let secret = world.secret("create acme --days 30");
    now_is_now(&world);
    let user = world.secret("grant-user ann@example.org --days 9");
    let gate = Gate::start(world.serve("--region eu1"));
    gate.ready();
    let mut line = Line::to(gate.address());
    assert_eq!(line.ask(&bearer(&secret)).unwrap().one("x-gatepass-reason"), Some("expired"));
    let mut delays = Vec::new();
    let mut after = |change: &str, secret: &str, status| {
        world.ok(change);
        delays.push(until(&mut line, secret, status));
    };
    after("edit acme --days 90", &secret, 200);
    after("account edit --require-user-passcode on", &secret, 401);
    after("account edit --require-user-passcode off", &secret, 200);
    after("account edit --region in1", &secret, 403);
    after("account edit --region eu1", &secret, 200);
    after("edit acme --name globex", &secret, 200);
    after("reset globex --yes --out ~/new", &secret, 401);
    after("delete ann@example.org --yes", &user, 401);
    judge("edits, a reset and a deletion", delays);
    let new = std::fs::read_to_string(world.path("new")).unwrap();
    assert_eq!(line.ask(&bearer(new.trim())).unwrap().one("x-gatepass-name"), Some("globex"));
}

/// The use of a credential, as `show` tells it.
fn use_of(world: &mut World, who: &str) -> (Value, Value) {
    let shown: Value = serde_json::from_str(&world.ok(&format!("show {who} --json"))).unwrap();
    (shown["last_used_from"].clone(), shown["uses"].clone())
}

#[test]
fn uses_are_written_when_the_gate_ends() {
    let (mut world, secret) = live();
    let other = world.secret("create other --forever");
    world.ok("create unused --forever");
    let gate = Gate::start(world.serve("--trusted-proxy 127.0.0.1"));
    for _ in 0..3 {
        gate.ask(&bearer(&secret));
    }
    gate.ask(&bearer(&secret).with("X-Gatepass-Require-Scope", "x"));
    gate.ask(&bearer(&other).with("X-Forwarded-For", "2001:db8::7"));
    gate.end();
    assert_eq!(use_of(&mut world, "acme"), ("127.0.0.1".into(), 3.into()), "a refusal is no use");
    assert_eq!(use_of(&mut world, "other"), ("2001:db8::7".into(), 1.into()));
    assert_eq!(use_of(&mut world, "unused"), (Value::Null, 0.into()));
    now_is_now(&world);
    world.wait_days(1);
    let unused = world.ok("list --unused 1 --format csv");
    assert_eq!(unused.lines().count(), 4, "{unused}");
    world.wait_days(-1);
    let unused = world.ok("list --unused 1 --format csv");
    assert_eq!(unused.lines().count(), 1, "{unused}");
}

#[test]
fn uses_are_written_every_five_seconds() {
    let (mut world, secret) = live();
    let gate = Gate::start(world.serve(""));
    let begun = Instant::now();
    gate.ask(&bearer(&secret));
    while use_of(&mut world, "acme").1 == 0 {
        assert!(begun.elapsed() < Duration::from_secs(8), "no use was written");
        thread::sleep(Duration::from_millis(50));
    }
    say(&format!("freshness: a use was written after {:?}", begun.elapsed()));
    assert!(gate.log().is_empty());
}

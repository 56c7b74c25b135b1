//! How soon the gate knows what other processes commit, and how soon others know what it saw.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use gatepass::{
    domain::{instant::Clock, reference::Reference},
    host::SystemClock,
    ops::{resolve::PartialIds, revoke::revoke},
};
use serde_json::Value;

use super::{
    campus,
    cast::{live, now_is_now},
};
use crate::support::{
    gate::{Gate, Line, Serve, bearer},
    http::Message,
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
            revoke(&world.desk(&store), &user, PartialIds::Allowed, None).unwrap();
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

/// A world with an app and two districts, and a gate beside it.
struct Watch {
    world: World,
    line: Line,
    delays: Vec<Duration>,
    _gate: Gate,
}

impl Watch {
    fn begin() -> Self {
        let mut world = World::new();
        now_is_now(&world);
        for line in ["app add Roster --out ~/out", "district add Lincoln", "district add Ridge"] {
            world.ok(line);
        }
        let gate = Gate::start(world.serve(""));
        gate.ready();
        let line = Line::to(gate.address());
        Self { world, line, delays: Vec::new(), _gate: gate }
    }

    /// A token that passes at once.
    fn grant(&mut self, district: &str) -> Message {
        let grant =
            format!("grant-app Roster --district {district} --scope read:students --forever");
        let token = bearer(&self.world.secret(&grant));
        assert_eq!(self.ask(&token).status(), 200);
        token
    }

    fn ask(&mut self, request: &Message) -> Message {
        self.line.ask(request).unwrap()
    }

    /// Makes a change, and notes how long it takes until a header of the answers is as it should be.
    fn after(&mut self, change: &str, request: &Message, header: (&str, &str)) {
        self.world.ok(change);
        let begun = Instant::now();
        loop {
            let asked = begun.elapsed();
            let answer = self.ask(request);
            if answer.one(header.0) == Some(header.1) {
                return self.delays.push(asked);
            }
            assert!(asked < 40 * SOON, "{change}: still {answer:?}");
        }
    }
}

const REASON: &str = "x-gatepass-reason";
const LIMIT: &str = "x-ratelimit-limit";

#[test]
fn every_change_of_tokens_is_seen() {
    let mut watch = Watch::begin();
    let token = watch.grant("Lincoln");
    let (scopes, all) = ("x-gatepass-scopes", "read:students read:teachers");
    watch.after(&format!("edit Roster/Lincoln --scope '{all}'"), &token, (scopes, all));
    let teachers = token.clone().with("X-Gatepass-Require-Scope", "read:teachers");
    let fewer = "edit Roster/Lincoln --scope read:students --yes";
    watch.after(fewer, &teachers, (REASON, "scope_missing"));
    watch.after("app edit Roster --limit 5000/min", &token, (LIMIT, "5000"));
    watch.after("edit Roster/Lincoln --limit 9000/min", &token, (LIMIT, "9000"));
    watch.after("reset Roster/Lincoln --yes --out ~/new", &token, (REASON, "replaced"));
    let new = std::fs::read_to_string(watch.world.path("new")).unwrap();
    let new = bearer(new.trim());
    assert_eq!(watch.ask(&new).status(), 200);
    watch.after("revoke Roster/Lincoln --yes", &new, (REASON, "revoked"));
    let other = watch.grant("Ridge");
    watch.after("district remove Ridge --revoke-tokens --yes", &other, (REASON, "revoked"));
    watch.world.ok("delete Roster/Lincoln --yes");
    let last = watch.grant("Lincoln");
    watch.after("app remove Roster --revoke-tokens --yes", &last, (REASON, "revoked"));
    judge("changes of tokens, apps and districts", watch.delays);
}

#[test]
fn every_change_of_the_policy_for_legacy_keys_is_seen() {
    let mut watch = Watch::begin();
    let import = "app edit Roster --legacy-key-file -";
    assert_eq!(watch.world.run_with_input(import, campus::KEY).exit, 0);
    let key = campus::with_key(campus::KEY);
    assert_eq!(watch.ask(&key).status(), 200, "what is imported passes at once");
    let announced = "legacy policy --announce 2026-01-01 --limit-from 2099-01-01 --limit 7/min \
        --sunset 2099-02-01 --yes";
    watch.after(announced, &key, ("deprecation", "@1767225600"));
    watch.after("legacy policy --limit-from 2026-01-02 --yes", &key, (LIMIT, "7"));
    watch.after("legacy policy --sunset 2026-01-03 --yes", &key, (REASON, "legacy_sunset"));
    watch.after("legacy policy --sunset 2099-01-03 --limit 8000/min --yes", &key, (LIMIT, "8000"));
    watch.after("app remove Roster --revoke-tokens --yes", &key, (REASON, "revoked"));
    judge("changes of the policy for legacy keys", watch.delays);
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

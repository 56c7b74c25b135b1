//! How soon the gate sees the commits of other processes, and how soon it writes the uses that it saw.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use gatepass::{
    domain::{directory::reference::Reference, instant::Clock},
    host::SystemClock,
    ops::{credential::revoke::revoke, query::resolve::PartialIds},
};
use serde_json::Value;

use crate::{
    server::{
        apps_fixture,
        gate_fixture::{live_fixture, set_clock_to_now},
        lifecycle::scheduling::{own_time_without_core, times_without_core},
    },
    support::{
        gate::{GateConnection, GateProcess, ServeCommand, bearer_request},
        http::HttpMessage,
        process::{is_full, print_figure},
        test_env::TestEnv,
    },
};

/// The longest a change may take to count, beyond the load of the machine. The goal is 10 ms; the figures are printed.
const PROMPTLY: Duration = Duration::from_millis(250);
/// How many connections send requests without pause meanwhile.
const LOAD_CONNECTIONS: usize = 4;

fn rounds() -> usize {
    if is_full() { 1_000 } else { 50 }
}

/// How long a change took to count.
struct Delay {
    took: Duration,
    /// How much of it the load of the machine may have added: the time without a core of all threads involved.
    without_core: Duration,
}

/// Measures a delay, from its creation on.
struct Stopwatch<'g> {
    gate: &'g GateProcess,
    start: Instant,
    without_core: Duration,
}

impl<'g> Stopwatch<'g> {
    fn start(gate: &'g GateProcess) -> Self {
        Self { gate, start: Instant::now(), without_core: time_without_core(gate) }
    }

    /// Returns the delay of a change that was seen by a request sent after `took`.
    fn stop(self, took: Duration) -> Delay {
        let without_core = time_without_core(self.gate).saturating_sub(self.without_core);
        Delay { took, without_core }
    }
}

fn time_without_core(gate: &GateProcess) -> Duration {
    own_time_without_core() + times_without_core(gate).iter().sum::<Duration>()
}

/// Returns how long it takes until a secret gets a status.
fn wait_for_status(
    gate: &GateProcess,
    connection: &mut GateConnection,
    secret: &str,
    status: u16,
) -> Delay {
    let (request, watch) = (bearer_request(secret), Stopwatch::start(gate));
    loop {
        let asked = watch.start.elapsed();
        let received = connection.ask(&request).unwrap().status();
        if received == status {
            return watch.stop(asked);
        }
        assert!(asked < 40 * PROMPTLY, "still {received}");
    }
}

/// Prints the delays of all rounds, and checks each of them.
fn assert_delays(what: &str, mut delays: Vec<Delay>) {
    delays.sort_unstable_by_key(|delay| delay.took);
    let count = delays.len();
    let [median, most, worst] =
        [count / 2, count * 99 / 100, count - 1].map(|index| delays[index].took);
    print_figure(&format!(
        "freshness: {what}, {count} rounds: median {median:?}, 99 % {most:?}, worst {worst:?}"
    ));
    for Delay { took, without_core } in delays {
        assert!(
            took < PROMPTLY + without_core,
            "{took:?}, of that {without_core:?} without a core"
        );
    }
}

#[test]
fn created_passcodes_pass_at_once_and_revoked_ones_stop() {
    let (mut env, other) = live_fixture();
    let store = env.open_store();
    let gate = GateProcess::start(env.serve_command("--workers 2"));
    gate.wait_until_ready();
    let (is_done, count, address) = (AtomicBool::new(false), AtomicUsize::new(0), gate.address());
    let send_requests = || {
        let mut connection = GateConnection::to(address);
        while !is_done.load(Ordering::Relaxed) {
            assert_eq!(connection.ask(&bearer_request(&other)).unwrap().status(), 200);
            count.fetch_add(1, Ordering::Relaxed);
        }
    };
    let mut delays = Vec::new();
    thread::scope(|scope| {
        (0..LOAD_CONNECTIONS).for_each(|_| drop(scope.spawn(send_requests)));
        let mut connection = GateConnection::to(address);
        for round in 0..rounds() {
            let user = format!("user-{round}@example.org");
            let secret = env.run_for_secret(&format!("grant-user {user} --infinite"));
            assert_eq!(
                connection.ask(&bearer_request(&secret)).unwrap().status(),
                200,
                "round {round}"
            );
            let user = [Reference::parse(&user).unwrap()];
            revoke(&env.op_context(&store), &user, PartialIds::Allowed, None).unwrap();
            delays.push(wait_for_status(&gate, &mut connection, &secret, 401));
            assert_eq!(
                connection.ask(&bearer_request(&secret)).unwrap().status(),
                401,
                "the revoked secret is valid again"
            );
        }
        is_done.store(true, Ordering::Relaxed);
    });
    print_figure(&format!("freshness: {} requests meanwhile", count.into_inner()));
    assert_delays("a revocation by another process", delays);
}

#[test]
fn the_first_use_of_a_new_secret_ends_the_old_one() {
    let (mut env, mut old) = live_fixture();
    let gate = GateProcess::start(env.serve_command(""));
    let mut connection = GateConnection::to(gate.address());
    let mut delays = Vec::new();
    for _ in 0..rounds() / 5 {
        set_clock_to_now(&env);
        let new = env.run_for_secret("reset acme --until-used --yes");
        let start = Instant::now();
        while connection.ask(&bearer_request(&old)).unwrap().single("sunset").is_none() {
            assert!(start.elapsed() < PROMPTLY, "the old secret has no sunset");
        }
        assert_eq!(connection.ask(&bearer_request(&new)).unwrap().status(), 200);
        delays.push(wait_for_status(&gate, &mut connection, &old, 401));
        old = new;
    }
    assert_delays("the end of an overlap", delays);
    assert!(env.run_ok("audit list").contains("overlap-end"));
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn every_passcode_change_is_seen() {
    let mut env = TestEnv::new();
    env.set_clock(&SystemClock.now().plus(-40 * 86_400).to_string());
    let secret = env.run_for_secret("create acme --days 30");
    set_clock_to_now(&env);
    let user = env.run_for_secret("grant-user ann@example.org --days 9");
    let gate = GateProcess::start(env.serve_command("--region eu1"));
    gate.wait_until_ready();
    let mut connection = GateConnection::to(gate.address());
    assert_eq!(
        connection.ask(&bearer_request(&secret)).unwrap().single("x-gatepass-reason"),
        Some("expired")
    );
    let mut delays = Vec::new();
    let mut after = |change: &str, secret: &str, status| {
        env.run_ok(change);
        delays.push(wait_for_status(&gate, &mut connection, secret, status));
    };
    after("edit acme --days 90", &secret, 200);
    after("account edit --require-user-passcode on --yes", &secret, 401);
    after("account edit --require-user-passcode off", &secret, 200);
    after("account edit --region in1 --yes", &secret, 403);
    after("account edit --region eu1 --yes", &secret, 200);
    after("edit acme --name globex", &secret, 200);
    after("reset globex --yes --out ~/new", &secret, 401);
    after("delete ann@example.org --yes", &user, 401);
    assert_delays("edits, a reset and a deletion", delays);
    let new = std::fs::read_to_string(env.path("new")).unwrap();
    assert_eq!(
        connection.ask(&bearer_request(new.trim())).unwrap().single("x-gatepass-name"),
        Some("globex")
    );
}

/// An environment with an app and two districts, and a gate that is watched while they change.
struct GateObserver {
    env: TestEnv,
    connection: GateConnection,
    delays: Vec<Delay>,
    gate: GateProcess,
}

impl GateObserver {
    fn start() -> Self {
        let mut env = TestEnv::new();
        set_clock_to_now(&env);
        for line in ["app add Roster --out ~/out", "district add Lincoln", "district add Ridge"] {
            env.run_ok(line);
        }
        let gate = GateProcess::start(env.serve_command(""));
        gate.wait_until_ready();
        let connection = GateConnection::to(gate.address());
        Self { env, connection, delays: Vec::new(), gate }
    }

    /// Grants a token, which must be accepted at once.
    fn grant(&mut self, district: &str) -> HttpMessage {
        let grant =
            format!("grant-app Roster --district {district} --scope read:students --forever");
        let token = bearer_request(&self.env.run_for_secret(&grant));
        assert_eq!(self.ask(&token).status(), 200);
        token
    }

    fn ask(&mut self, request: &HttpMessage) -> HttpMessage {
        self.connection.ask(request).unwrap()
    }

    /// Makes a change, and records how long it takes until a header of the responses has the expected value.
    fn assert_seen_after(&mut self, change: &str, request: &HttpMessage, header: (&str, &str)) {
        self.env.run_ok(change);
        let watch = Stopwatch::start(&self.gate);
        loop {
            let asked = watch.start.elapsed();
            let response = self.connection.ask(request).unwrap();
            if response.single(header.0) == Some(header.1) {
                return self.delays.push(watch.stop(asked));
            }
            assert!(asked < 40 * PROMPTLY, "{change}: still {response:?}");
        }
    }
}

const REASON_HEADER: &str = "x-gatepass-reason";
const LIMIT_HEADER: &str = "x-ratelimit-limit";

#[test]
fn every_token_change_is_seen() {
    let mut observer = GateObserver::start();
    let token = observer.grant("Lincoln");
    let (scopes, all) = ("x-gatepass-scopes", "read:students read:teachers");
    observer.assert_seen_after(
        &format!("edit Roster/Lincoln --scope '{all}'"),
        &token,
        (scopes, all),
    );
    let teachers = token.clone().with("X-Gatepass-Require-Scope", "read:teachers");
    let fewer = "edit Roster/Lincoln --scope read:students --yes";
    observer.assert_seen_after(fewer, &teachers, (REASON_HEADER, "scope_missing"));
    observer.assert_seen_after("app edit Roster --limit 5000/min", &token, (LIMIT_HEADER, "5000"));
    observer.assert_seen_after(
        "edit Roster/Lincoln --limit 9000/min",
        &token,
        (LIMIT_HEADER, "9000"),
    );
    observer.assert_seen_after(
        "reset Roster/Lincoln --yes --out ~/new",
        &token,
        (REASON_HEADER, "replaced"),
    );
    let new = std::fs::read_to_string(observer.env.path("new")).unwrap();
    let new = bearer_request(new.trim());
    assert_eq!(observer.ask(&new).status(), 200);
    observer.assert_seen_after("revoke Roster/Lincoln --yes", &new, (REASON_HEADER, "revoked"));
    let other = observer.grant("Ridge");
    observer.assert_seen_after(
        "district remove Ridge --revoke-tokens --yes",
        &other,
        (REASON_HEADER, "revoked"),
    );
    observer.env.run_ok("delete Roster/Lincoln --yes");
    let last = observer.grant("Lincoln");
    observer.assert_seen_after(
        "app remove Roster --revoke-tokens --yes",
        &last,
        (REASON_HEADER, "revoked"),
    );
    assert_delays("changes of tokens, apps and districts", observer.delays);
}

#[test]
fn every_legacy_policy_change_is_seen() {
    let mut observer = GateObserver::start();
    let import = "app edit Roster --legacy-key-file -";
    assert_eq!(observer.env.run_with_input(import, apps_fixture::LEGACY_KEY).exit, 0);
    let key = apps_fixture::with_key(apps_fixture::LEGACY_KEY);
    assert_eq!(observer.ask(&key).status(), 200, "an imported key is valid at once");
    let announced = "legacy policy --announce 2026-01-01 --limit-from 2099-01-01 --limit 7/min \
        --sunset 2099-02-01 --yes";
    observer.assert_seen_after(announced, &key, ("deprecation", "@1767225600"));
    observer.assert_seen_after(
        "legacy policy --limit-from 2026-01-02 --yes",
        &key,
        (LIMIT_HEADER, "7"),
    );
    observer.assert_seen_after(
        "legacy policy --sunset 2026-01-03 --yes",
        &key,
        (REASON_HEADER, "legacy_sunset"),
    );
    observer.assert_seen_after(
        "legacy policy --sunset 2099-01-03 --limit 8000/min --yes",
        &key,
        (LIMIT_HEADER, "8000"),
    );
    observer.assert_seen_after(
        "app remove Roster --revoke-tokens --yes",
        &key,
        (REASON_HEADER, "revoked"),
    );
    assert_delays("changes of the policy for legacy keys", observer.delays);
}

/// Returns the address and the number of uses of a credential, as `show` reports them.
fn usage_of(env: &mut TestEnv, name: &str) -> (Value, Value) {
    let shown: Value = serde_json::from_str(&env.run_ok(&format!("show {name} --json"))).unwrap();
    (shown["last_used_from"].clone(), shown["uses"].clone())
}

#[test]
fn usage_is_written_on_shutdown() {
    let (mut env, secret) = live_fixture();
    let other = env.run_for_secret("create other --forever");
    env.run_ok("create unused --forever");
    let gate = GateProcess::start(env.serve_command("--trusted-proxy 127.0.0.1"));
    for _ in 0..3 {
        gate.ask(&bearer_request(&secret));
    }
    gate.ask(&bearer_request(&secret).with("X-Gatepass-Require-Scope", "x"));
    gate.ask(&bearer_request(&other).with("X-Forwarded-For", "2001:db8::7"));
    gate.end();
    assert_eq!(
        usage_of(&mut env, "acme"),
        ("127.0.0.1".into(), 3.into()),
        "a rejected request is not a use"
    );
    assert_eq!(usage_of(&mut env, "other"), ("2001:db8::7".into(), 1.into()));
    assert_eq!(usage_of(&mut env, "unused"), (Value::Null, 0.into()));
    set_clock_to_now(&env);
    env.advance_days(1);
    let unused = env.run_ok("list --unused 1 --format csv");
    assert_eq!(unused.lines().count(), 4, "{unused}");
    env.advance_days(-1);
    let unused = env.run_ok("list --unused 1 --format csv");
    assert_eq!(unused.lines().count(), 1, "{unused}");
}

#[test]
fn usage_is_written_every_five_seconds() {
    let (mut env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command(""));
    let start = Instant::now();
    gate.ask(&bearer_request(&secret));
    while usage_of(&mut env, "acme").1 == 0 {
        assert!(start.elapsed() < Duration::from_secs(8), "the use was not written");
        thread::sleep(Duration::from_millis(50));
    }
    print_figure(&format!("freshness: a use was written after {:?}", start.elapsed()));
    assert!(gate.log().is_empty());
}

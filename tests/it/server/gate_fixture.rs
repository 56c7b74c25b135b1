//! Who comes to the gate: a world with somebody in every state, and their secrets.

use std::{collections::BTreeMap, sync::LazyLock};

use gatepass::{
    domain::instant::{Clock, Instant},
    host::SystemClock,
};

use crate::support::{
    clock::with_fixed_clock,
    gate::{GateProcess, ServeCommand, bearer_request, passcode_request},
    http::HttpMessage,
    test_env::{Snapshot, TestEnv},
};

/// The account of everybody whose account is not named.
pub const ACCOUNT: &str = "948-4KK-444Z";
/// Another one, whose API runs elsewhere.
pub const OTHER_REGION_ACCOUNT: &str = "TEST-777-RWZ-555Z";
/// A third one, which demands user passcodes.
pub const USERS_ONLY_ACCOUNT: &str = "RZ5-76K-665Z";
/// When they come.
pub const NOON: &str = "2026-12-02T12:00:00Z";

/// Everybody who has, had or never had a secret.
pub const CALLERS: &[&str] = &[
    "acme",
    "forever",
    "ann",
    "expired",
    "revoked",
    "deleted",
    "replaced",
    "successor",
    "retiring",
    "coming",
    "introspector",
    "elsewhere",
    "strict",
    "strict user",
    "unknown",
];

static FIXTURE: LazyLock<(Snapshot, BTreeMap<&str, String>)> = LazyLock::new(|| {
    let mut world = TestEnv::new();
    world.run_ok(&format!("account add Main --id {ACCOUNT}"));
    world.run_ok(&format!("account add Elsewhere --id {OTHER_REGION_ACCOUNT} --region in1"));
    world.run_ok(&format!(
        "account add Strict --id {USERS_ONLY_ACCOUNT} --require-user-passcode on"
    ));
    let mut secrets = BTreeMap::new();
    for (who, account, line) in [
        ("acme", ACCOUNT, "create acme --days 90"),
        ("forever", ACCOUNT, "create 'Bäckerei & Söhne' --forever"),
        ("ann", ACCOUNT, "grant-user ann@example.org --infinite"),
        ("expired", ACCOUNT, "create expired --days 3"),
        ("revoked", ACCOUNT, "create revoked --days 90"),
        ("deleted", ACCOUNT, "create deleted --days 90"),
        ("replaced", ACCOUNT, "create replaced --days 90"),
        ("successor", ACCOUNT, "reset replaced --yes"),
        ("retiring", ACCOUNT, "create retiring --days 90"),
        ("introspector", ACCOUNT, "create introspector --days 90"),
        ("elsewhere", OTHER_REGION_ACCOUNT, "create elsewhere --days 90"),
        ("strict", USERS_ONLY_ACCOUNT, "create strict --days 90"),
        ("strict user", USERS_ONLY_ACCOUNT, "grant-user ann@example.org --days 90"),
    ] {
        secrets.insert(who, world.run_for_secret(&format!("{line} --account {account}")));
    }
    world.set_clock(NOON);
    for line in
        ["revoke revoked --yes", "delete deleted --yes", "edit introspector --introspect on"]
    {
        world.run_ok(&format!("{line} --account {ACCOUNT}"));
    }
    let coming =
        world.run_for_secret(&format!("reset retiring --overlap 7d --yes --account {ACCOUNT}"));
    secrets.insert("coming", coming);
    world.reseed(2);
    let mut stranger = TestEnv::new();
    stranger.reseed(3);
    secrets.insert("unknown", stranger.run_for_secret("create acme --days 90"));
    (world.snapshot(), secrets)
});

/// The world of all who come, at [`NOON`].
pub fn gate_fixture() -> TestEnv {
    TestEnv::from_snapshot(&FIXTURE.0)
}

/// A world with one partner, `acme`, whose clock stands at the machine's; and the partner's secret.
pub fn live_fixture() -> (TestEnv, String) {
    let mut world = TestEnv::new();
    set_clock_to_now(&world);
    let secret = world.run_for_secret("create acme --forever");
    (world, secret)
}

/// Sets a world's clock to the machine's.
pub fn set_clock_to_now(world: &TestEnv) {
    world.set_clock(&SystemClock.now().to_string());
}

/// Somebody's secret.
pub fn secret(who: &str) -> &'static str {
    &FIXTURE.1[who]
}

/// A gate in that world, whose clock stands at [`NOON`].
pub fn gate(world: &TestEnv, flags: &str) -> GateProcess {
    gate_at(world, flags, Instant::parse_rfc3339(NOON).unwrap())
}

/// A gate whose clock stands at an instant.
pub fn gate_at(world: &TestEnv, flags: &str, now: Instant) -> GateProcess {
    // A machine that stands still for a second is no gate without a store: what such a gate does has tests of its own.
    let mut command = world.serve_command(&format!("--max-stale 60 {flags}"));
    with_fixed_clock(&mut command, now);
    GateProcess::start(command)
}

/// The answers of such a gate to some requests, one below the other.
pub fn responses(flags: &str, requests: &[(&str, HttpMessage)]) -> String {
    let world = gate_fixture();
    let gate = gate(&world, flags);
    let answer = |(name, request): &(&str, HttpMessage)| {
        format!("== {name}\n{}\n", response_snapshot(&gate.ask(request)))
    };
    requests.iter().map(answer).collect()
}

/// Somebody of the first account comes with both headers.
pub fn with_passcode(who: &str) -> HttpMessage {
    passcode_request(ACCOUNT, secret(who))
}

/// Somebody comes with a bearer token.
pub fn with_bearer(who: &str) -> HttpMessage {
    bearer_request(secret(who))
}

/// An answer as it can be compared: headers in order, and without the date.
pub fn response_snapshot(answer: &HttpMessage) -> String {
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| name != "date")
        .map(|(name, value)| format!("{}\n", format!("{name}: {value}").trim_end()))
        .collect();
    headers.sort();
    let body = String::from_utf8_lossy(&answer.body);
    let body = if body.is_empty() { String::new() } else { format!("\n{}\n", body.trim_end()) };
    format!("{}\n{}{body}", answer.start_line, headers.concat())
}

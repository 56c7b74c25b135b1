//! Passcodes in every state, their secrets, and gates that serve them.

use std::{collections::BTreeMap, sync::LazyLock};

use gatepass::{
    domain::instant::{Clock, Instant},
    host::SystemClock,
};

use super::snapshot::summary;
use crate::support::{
    clock::with_fixed_clock,
    gate::{GateProcess, ServeCommand, bearer_request, passcode_request},
    http::HttpMessage,
    test_env::{Snapshot, TestEnv},
};

/// The account of every credential that is not in one of the other two.
pub const ACCOUNT: &str = "948-4KK-444Z";
/// An account in another region.
pub const OTHER_REGION_ACCOUNT: &str = "TEST-777-RWZ-555Z";
/// An account that requires user passcodes.
pub const USERS_ONLY_ACCOUNT: &str = "RZ5-76K-665Z";
/// The clock of the gates.
pub const NOON: &str = "2026-12-02T12:00:00Z";

/// Every name that [`secret`] knows.
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
    "renewed",
    "introspector",
    "elsewhere",
    "strict",
    "strict user",
    "unknown",
];

static FIXTURE: LazyLock<(Snapshot, BTreeMap<&str, String>)> = LazyLock::new(|| {
    let mut env = TestEnv::new();
    env.run_ok(&format!("account add Main --id {ACCOUNT}"));
    env.run_ok(&format!("account add Elsewhere --id {OTHER_REGION_ACCOUNT} --region in1"));
    env.run_ok(&format!("account add Strict --id {USERS_ONLY_ACCOUNT} --require-user-passcode on"));
    let mut secrets = BTreeMap::new();
    for (name, account, line) in [
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
        secrets.insert(name, env.run_for_secret(&format!("{line} --account {account}")));
    }
    env.set_clock(NOON);
    for line in
        ["revoke revoked --yes", "delete deleted --yes", "edit introspector --introspect on"]
    {
        env.run_ok(&format!("{line} --account {ACCOUNT}"));
    }
    let renewed =
        env.run_for_secret(&format!("reset retiring --overlap 7d --yes --account {ACCOUNT}"));
    secrets.insert("renewed", renewed);
    env.reseed(2);
    let mut stranger = TestEnv::new();
    stranger.reseed(3);
    secrets.insert("unknown", stranger.run_for_secret("create acme --days 90"));
    (env.snapshot(), secrets)
});

/// Returns an environment with all these credentials, at [`NOON`].
pub fn gate_fixture() -> TestEnv {
    TestEnv::from_snapshot(&FIXTURE.0)
}

/// Returns an environment with one partner, `acme`, whose clock is set to the machine's, and the partner's secret.
pub fn live_fixture() -> (TestEnv, String) {
    let mut env = TestEnv::new();
    set_clock_to_now(&env);
    let secret = env.run_for_secret("create acme --forever");
    (env, secret)
}

/// Sets the clock of an environment to the machine's.
pub fn set_clock_to_now(env: &TestEnv) {
    env.set_clock(&SystemClock.now().to_string());
}

/// Returns the secret of one of [`CALLERS`]; `retiring` has its old one, `renewed` its new one.
pub fn secret(name: &str) -> &'static str {
    &FIXTURE.1[name]
}

/// Starts a gate at [`NOON`].
pub fn gate(env: &TestEnv, flags: &str) -> GateProcess {
    gate_at(env, flags, Instant::parse_rfc3339(NOON).unwrap())
}

/// Starts a gate whose clock stands still at `now`.
pub fn gate_at(env: &TestEnv, flags: &str, now: Instant) -> GateProcess {
    // A machine that stalls for a second must not look like a missing store, which has tests of its own.
    let mut command = env.serve_command(&format!("--max-stale 60 {flags}"));
    with_fixed_clock(&mut command, now);
    GateProcess::start(command)
}

/// Returns the summary of a gate's response to each request.
pub fn responses(flags: &str, requests: &[(&str, HttpMessage)]) -> String {
    let env = gate_fixture();
    let gate = gate(&env, flags);
    let line = |(name, request): &(&str, HttpMessage)| {
        format!("{name} -> {}\n", summary(&gate.ask(request)))
    };
    requests.iter().map(line).collect()
}

/// Returns a request with an Account ID, that of [`ACCOUNT`], and a passcode.
pub fn with_passcode(name: &str) -> HttpMessage {
    passcode_request(ACCOUNT, secret(name))
}

/// Returns a request with a bearer token.
pub fn with_bearer(name: &str) -> HttpMessage {
    bearer_request(secret(name))
}

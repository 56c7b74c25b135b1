//! Apps and districts: tokens in every state, and a policy for legacy keys that the gates meet at each of its stages.

use std::{collections::BTreeMap, sync::LazyLock};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::domain::instant::Instant;
use serde_json::Value;

use super::{
    gate_fixture::{NOON, gate_at},
    snapshot::summary,
};
use crate::support::{
    gate::{GateProcess, bearer_request, get_request},
    http::HttpMessage,
    test_env::{Snapshot, TestEnv},
};

/// The account of everything but the token `far`.
pub const APPS_ACCOUNT: &str = "948-4KK-444Z";
/// An account with an app and a district of the same names.
pub const OTHER_ACCOUNT: &str = "RZ5-76K-665Z";
/// The legacy key of the app Grades.
pub const LEGACY_KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";
/// The legacy key of the app Library.
pub const OTHER_LEGACY_KEY: &str = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5";
/// A legacy key that no app has.
pub const UNKNOWN_LEGACY_KEY: &str = "0123456789abcdef0123456789abcde7";

/// Before the policy for legacy keys is announced; the environment starts here.
pub const BEFORE_ANNOUNCEMENT: &str = NOON;
/// While legacy keys are deprecated.
pub const ANNOUNCED: &str = "2026-12-07T12:00:10Z";
/// While legacy keys are rate limited.
pub const LIMITED: &str = "2026-12-12T12:00:10Z";
/// The sunset of legacy keys.
pub const AFTER_SUNSET: &str = "2026-12-20T00:00:00Z";

/// Every token: its name here, its app, its district and its scopes.
pub const TOKENS: &[(&str, &str, &str, &str)] = &[
    ("both", "Roster", "Lincoln", "read:schools read:students"),
    ("elk", "Roster", "'Elk Grove'", "read:students"),
    ("own limit", "Grades", "Lincoln", "read:students"),
    ("app's limit", "Library", "Lincoln", "read:resources"),
    ("expired", "Library", "'Elk Grove'", "read:students"),
    ("revoked", "Library", "Bay", "read:students"),
    ("deleted", "Library", "Ridge", "read:students"),
    ("replaced", "Roster", "Bay", "read:students"),
    ("retiring", "Grades", "Bay", "read:students"),
];

struct Fixture {
    snapshot: Snapshot,
    secrets: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(build);

fn build() -> Fixture {
    let mut env = TestEnv::new();
    env.reseed(4);
    env.run_ok(&format!("account add School --id {APPS_ACCOUNT}"));
    env.env.insert("GATEPASS_ACCOUNT".into(), APPS_ACCOUNT.into());
    let (mut secrets, mut ids) = (BTreeMap::new(), BTreeMap::new());
    for (app, flags, key) in [
        ("Roster", "", ""),
        ("Grades", "--legacy-key-file -", LEGACY_KEY),
        ("Library", "--limit 4/min --legacy-key-file -", OTHER_LEGACY_KEY),
    ] {
        let output = env.run_with_input(&format!("app add {app} {flags} --json"), key);
        let added: Value = serde_json::from_str(&output.stdout).unwrap();
        let text = |name: &str| added[name].as_str().unwrap().to_owned();
        ids.extend([(app.to_owned(), text("id")), (format!("{app}'s client"), text("client_id"))]);
        secrets.insert(app.to_owned(), text("secret"));
    }
    for district in ["Lincoln", "Elk Grove", "Bay", "Ridge"] {
        let id = env.run_ok(&format!("district add '{district}' --field id"));
        ids.insert(district.to_owned(), id.trim().to_owned());
    }
    for (name, app, district, scopes) in TOKENS {
        let terms = match *name {
            "expired" => "--days 3",
            "both" => "--infinite",
            "own limit" => "--forever --limit 3/min",
            _ => "--days 90",
        };
        let line = format!("grant-app {app} --district {district} --scope '{scopes}' {terms}");
        let issued: Value = serde_json::from_str(&env.run_ok(&format!("{line} --json"))).unwrap();
        let text = |name: &str| issued[name].as_str().unwrap().to_owned();
        secrets.insert((*name).to_owned(), text("secret"));
        ids.insert((*name).to_owned(), text("id"));
    }
    let pending = "grant-app Roster --district Ridge --scope read:students --infinite --pickup";
    ids.insert("pending".to_owned(), env.run_for_secret(&format!("{pending} --field id")));
    for (name, line) in
        [("acme", "create acme --days 90"), ("ann", "grant-user ann@x.org --infinite")]
    {
        secrets.insert(name.to_owned(), env.run_for_secret(line));
    }
    env.run_ok(
        "legacy policy --yes --announce 2026-12-05 --limit-from 2026-12-10 --limit 2/min \
         --sunset 2026-12-20 --link https://example.org/tokens",
    );
    env.set_clock(NOON);
    for name in ["revoked", "deleted"] {
        let verb = name.trim_end_matches('d');
        env.run_ok(&format!("{verb} {} --yes", ids[name]));
    }
    for (old, new, flags) in
        [("replaced", "successor", ""), ("retiring", "renewed", "--overlap 7d")]
    {
        let secret = env.run_for_secret(&format!("reset {} {flags} --yes", ids[old]));
        secrets.insert(new.to_owned(), secret);
    }
    add_other_account(&mut env, &mut secrets);
    env.env.clear();
    Fixture { snapshot: env.snapshot(), secrets, ids }
}

/// Adds [`OTHER_ACCOUNT`] with its token, and the secret of a token in another store.
fn add_other_account(env: &mut TestEnv, secrets: &mut BTreeMap<String, String>) {
    env.run_ok(&format!("account add Far --id {OTHER_ACCOUNT} --region in1"));
    env.env.insert("GATEPASS_ACCOUNT".into(), OTHER_ACCOUNT.into());
    env.run_ok("app add Roster --out ~/far");
    env.run_ok("district add Lincoln");
    let grant = "grant-app Roster --district Lincoln --scope read:students --infinite";
    secrets.insert("far".to_owned(), env.run_for_secret(grant));
    let mut stranger = TestEnv::new();
    stranger.reseed(5);
    stranger.run_ok("app add Roster --out ~/roster");
    stranger.run_ok("district add Lincoln");
    secrets.insert("unknown".to_owned(), stranger.run_for_secret(grant));
}

/// Returns an environment with all of this, at [`BEFORE_ANNOUNCEMENT`].
pub fn apps_fixture() -> TestEnv {
    let mut env = TestEnv::from_snapshot(&FIXTURE.snapshot);
    env.env.insert("HOME".into(), env.path("").into());
    env.env.insert("GATEPASS_ACCOUNT".into(), APPS_ACCOUNT.into());
    env
}

/// Returns the secret of a token or a passcode, or the client secret of an app.
pub fn secret(name: &str) -> &'static str {
    &FIXTURE.secrets[name]
}

/// Returns the id of an app, a district or a token; `Roster's client` is a client id.
pub fn id(name: &str) -> &'static str {
    &FIXTURE.ids[name]
}

/// Starts a gate whose clock stands still at `at`.
pub fn gate(env: &TestEnv, flags: &str, at: &str) -> GateProcess {
    gate_at(env, flags, Instant::parse_rfc3339(at).unwrap())
}

/// Returns a request with a bearer token.
pub fn with_token(name: &str) -> HttpMessage {
    bearer_request(secret(name))
}

/// Returns a request with a legacy key.
pub fn with_key(key: &str) -> HttpMessage {
    get_request("/verify")
        .with("Authorization", &format!("Basic {}", STANDARD.encode(format!("{key}:"))))
}

/// Returns a request with an app's client id and client secret.
pub fn app_login(path: &str, app: &str) -> HttpMessage {
    get_request(path).with("Authorization", &basic(id(&format!("{app}'s client")), secret(app)))
}

/// Returns the value of an `Authorization` header for HTTP Basic.
pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// Returns a request with another method and path, such as `GET /verify`.
pub fn with_request_line(line: &str, request: HttpMessage) -> HttpMessage {
    HttpMessage { start_line: format!("{line} HTTP/1.1"), ..request }
}

/// Returns the summary of a gate's response to each request; secrets are redacted.
pub fn responses(flags: &str, now: &str, requests: &[(&str, HttpMessage)]) -> String {
    let env = apps_fixture();
    responses_of(&gate(&env, flags, now), requests)
}

/// As [`responses`], for a gate that runs already.
pub fn responses_of(gate: &GateProcess, requests: &[(&str, HttpMessage)]) -> String {
    let line = |(name, request): &(&str, HttpMessage)| {
        format!("{name} -> {}\n", summary(&gate.ask(request)))
    };
    let all: String = requests.iter().map(line).collect();
    gatepass::domain::credential::secret::redact(&all).into_owned()
}

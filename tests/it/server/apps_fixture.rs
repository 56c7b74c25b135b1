//! A world of apps and districts: tokens in every state, legacy keys before, during and after their policy.

use std::{collections::BTreeMap, sync::LazyLock};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::domain::instant::Instant;
use serde_json::Value;

use super::gate_fixture::{NOON, gate_at, response_snapshot};
use crate::support::{
    gate::{GateProcess, bearer_request, get_request},
    http::HttpMessage,
    test_env::{Snapshot, TestEnv},
};

/// The account of everybody but [`FAR`].
pub const APPS_ACCOUNT: &str = "948-4KK-444Z";
/// Another one.
pub const OTHER_ACCOUNT: &str = "RZ5-76K-665Z";
/// The key that Grades has had so far.
pub const LEGACY_KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";
/// The one of Library.
pub const OTHER_LEGACY_KEY: &str = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5";
/// A key that nobody has.
pub const UNKNOWN_LEGACY_KEY: &str = "0123456789abcdef0123456789abcde7";

/// While the policy for legacy keys says nothing yet; all stories begin here.
pub const BEFORE_ANNOUNCEMENT: &str = NOON;
/// While it says that they are deprecated.
pub const ANNOUNCED: &str = "2026-12-07T12:00:10Z";
/// While they are limited.
pub const LIMITED: &str = "2026-12-12T12:00:10Z";
/// When they are over.
pub const AFTER_SUNSET: &str = "2026-12-20T00:00:00Z";

/// Every token, and what was granted: its app, its district, its scopes.
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
    frozen: Snapshot,
    secrets: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(build);

fn build() -> Fixture {
    let mut world = TestEnv::new();
    world.reseed(4);
    world.run_ok(&format!("account add School --id {APPS_ACCOUNT}"));
    world.env.insert("GATEPASS_ACCOUNT".into(), APPS_ACCOUNT.into());
    let (mut secrets, mut ids) = (BTreeMap::new(), BTreeMap::new());
    for (app, flags, key) in [
        ("Roster", "", ""),
        ("Grades", "--legacy-key-file -", LEGACY_KEY),
        ("Library", "--limit 4/min --legacy-key-file -", OTHER_LEGACY_KEY),
    ] {
        let said = world.run_with_input(&format!("app add {app} {flags} --json"), key);
        let added: Value = serde_json::from_str(&said.stdout).unwrap();
        let text = |name: &str| added[name].as_str().unwrap().to_owned();
        ids.extend([(app.to_owned(), text("id")), (format!("{app}'s client"), text("client_id"))]);
        secrets.insert(app.to_owned(), text("secret"));
    }
    for district in ["Lincoln", "Elk Grove", "Bay", "Ridge"] {
        let id = world.run_ok(&format!("district add '{district}' --field id"));
        ids.insert(district.to_owned(), id.trim().to_owned());
    }
    for (who, app, district, scopes) in TOKENS {
        let terms = match *who {
            "expired" => "--days 3",
            "both" => "--infinite",
            "own limit" => "--forever --limit 3/min",
            _ => "--days 90",
        };
        let line = format!("grant-app {app} --district {district} --scope '{scopes}' {terms}");
        let made: Value = serde_json::from_str(&world.run_ok(&format!("{line} --json"))).unwrap();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        secrets.insert((*who).to_owned(), text("secret"));
        ids.insert((*who).to_owned(), text("id"));
    }
    let waiting = "grant-app Roster --district Ridge --scope read:students --infinite --pickup";
    ids.insert("waiting".to_owned(), world.run_for_secret(&format!("{waiting} --field id")));
    for (who, line) in
        [("acme", "create acme --days 90"), ("ann", "grant-user ann@x.org --infinite")]
    {
        secrets.insert(who.to_owned(), world.run_for_secret(line));
    }
    world.run_ok(
        "legacy policy --announce 2026-12-05 --limit-from 2026-12-10 --limit 2/min \
         --sunset 2026-12-20 --link https://example.org/tokens",
    );
    world.set_clock(NOON);
    for who in ["revoked", "deleted"] {
        let verb = who.trim_end_matches('d');
        world.run_ok(&format!("{verb} {} --yes", ids[who]));
    }
    for (old, new, flags) in [("replaced", "successor", ""), ("retiring", "coming", "--overlap 7d")]
    {
        let secret = world.run_for_secret(&format!("reset {} {flags} --yes", ids[old]));
        secrets.insert(new.to_owned(), secret);
    }
    add_other_account(&mut world, &mut secrets);
    world.env.clear();
    Fixture { frozen: world.snapshot(), secrets, ids }
}

/// Another account, with an app and a district of the same names.
fn add_other_account(world: &mut TestEnv, secrets: &mut BTreeMap<String, String>) {
    world.run_ok(&format!("account add Far --id {OTHER_ACCOUNT} --region in1"));
    world.env.insert("GATEPASS_ACCOUNT".into(), OTHER_ACCOUNT.into());
    world.run_ok("app add Roster --out ~/far");
    world.run_ok("district add Lincoln");
    let grant = "grant-app Roster --district Lincoln --scope read:students --infinite";
    secrets.insert("far".to_owned(), world.run_for_secret(grant));
    let mut stranger = TestEnv::new();
    stranger.reseed(5);
    stranger.run_ok("app add Roster --out ~/roster");
    stranger.run_ok("district add Lincoln");
    secrets.insert("unknown".to_owned(), stranger.run_for_secret(grant));
}

/// That world, at [`QUIET`].
pub fn apps_fixture() -> TestEnv {
    let mut world = TestEnv::from_snapshot(&FIXTURE.frozen);
    world.env.insert("HOME".into(), world.path("").into());
    world.env.insert("GATEPASS_ACCOUNT".into(), APPS_ACCOUNT.into());
    world
}

/// Somebody's secret; an app's is its client secret.
pub fn secret(who: &str) -> &'static str {
    &FIXTURE.secrets[who]
}

/// The id of an app, a district or a token; `Roster's client` is a client id.
pub fn id(who: &str) -> &'static str {
    &FIXTURE.ids[who]
}

/// A gate in that world, whose clock stands at an instant.
pub fn gate(world: &TestEnv, flags: &str, at: &str) -> GateProcess {
    gate_at(world, flags, Instant::parse_rfc3339(at).unwrap())
}

/// Somebody comes with a token.
pub fn with_token(who: &str) -> HttpMessage {
    bearer_request(secret(who))
}

/// Somebody comes with a key of old.
pub fn with_key(key: &str) -> HttpMessage {
    get_request("/verify")
        .with("Authorization", &format!("Basic {}", STANDARD.encode(format!("{key}:"))))
}

/// An app's program logs in.
pub fn app_login(path: &str, app: &str) -> HttpMessage {
    get_request(path).with("Authorization", &basic(id(&format!("{app}'s client")), secret(app)))
}

/// The value of a header for HTTP Basic.
pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// The same request somewhere else.
pub fn with_request_line(first: &str, request: HttpMessage) -> HttpMessage {
    HttpMessage { start_line: format!("{first} HTTP/1.1"), ..request }
}

/// The answers of one gate to some requests, one below the other; secrets are blotted out.
pub fn responses(flags: &str, now: &str, requests: &[(&str, HttpMessage)]) -> String {
    let world = apps_fixture();
    responses_of(&gate(&world, flags, now), requests)
}

/// The same of a gate that is there already.
pub fn responses_of(gate: &GateProcess, requests: &[(&str, HttpMessage)]) -> String {
    let answer = |(name, request): &(&str, HttpMessage)| {
        format!("== {name}\n{}\n", response_snapshot(&gate.ask(request)))
    };
    let all: String = requests.iter().map(answer).collect();
    gatepass::domain::credential::secret::redact(&all).into_owned()
}

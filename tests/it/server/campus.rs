//! A world of apps and districts: tokens in every state, legacy keys before, during and after their policy.

use std::{collections::BTreeMap, sync::LazyLock};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::domain::instant::Instant;
use serde_json::Value;

use super::cast::{NOON, gate_at, told};
use crate::support::{
    gate::{Gate, bearer, get},
    http::Message,
    run::{Frozen, World},
};

/// The account of everybody but [`FAR`].
pub const SCHOOL: &str = "948-4KK-444Z";
/// Another one.
pub const FAR: &str = "RZ5-76K-665Z";
/// The key that Grades has had so far.
pub const KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";
/// The one of Library.
pub const OTHER_KEY: &str = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5";
/// A key that nobody has.
pub const NO_KEY: &str = "0123456789abcdef0123456789abcde7";

/// While the policy for legacy keys says nothing yet; all stories begin here.
pub const QUIET: &str = NOON;
/// While it says that they are deprecated.
pub const ANNOUNCED: &str = "2026-12-07T12:00:10Z";
/// While they are limited.
pub const LIMITED: &str = "2026-12-12T12:00:10Z";
/// When they are over.
pub const OVER: &str = "2026-12-20T00:00:00Z";

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

struct Campus {
    frozen: Frozen,
    secrets: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
}

static CAMPUS: LazyLock<Campus> = LazyLock::new(found);

fn found() -> Campus {
    let mut world = World::new();
    world.reseed(4);
    world.ok(&format!("account add School --id {SCHOOL}"));
    world.env.insert("GATEPASS_ACCOUNT".into(), SCHOOL.into());
    let (mut secrets, mut ids) = (BTreeMap::new(), BTreeMap::new());
    for (app, flags, key) in [
        ("Roster", "", ""),
        ("Grades", "--legacy-key-file -", KEY),
        ("Library", "--limit 4/min --legacy-key-file -", OTHER_KEY),
    ] {
        let said = world.run_with_input(&format!("app add {app} {flags} --json"), key);
        let added: Value = serde_json::from_str(&said.stdout).unwrap();
        let text = |name: &str| added[name].as_str().unwrap().to_owned();
        ids.extend([(app.to_owned(), text("id")), (format!("{app}'s client"), text("client_id"))]);
        secrets.insert(app.to_owned(), text("secret"));
    }
    for district in ["Lincoln", "Elk Grove", "Bay", "Ridge"] {
        let id = world.ok(&format!("district add '{district}' --field id"));
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
        let made: Value = serde_json::from_str(&world.ok(&format!("{line} --json"))).unwrap();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        secrets.insert((*who).to_owned(), text("secret"));
        ids.insert((*who).to_owned(), text("id"));
    }
    let waiting = "grant-app Roster --district Ridge --scope read:students --infinite --pickup";
    ids.insert("waiting".to_owned(), world.secret(&format!("{waiting} --field id")));
    for (who, line) in
        [("acme", "create acme --days 90"), ("ann", "grant-user ann@x.org --infinite")]
    {
        secrets.insert(who.to_owned(), world.secret(line));
    }
    world.ok("legacy policy --announce 2026-12-05 --limit-from 2026-12-10 --limit 2/min \
         --sunset 2026-12-20 --link https://example.org/tokens");
    world.set_clock(NOON);
    for who in ["revoked", "deleted"] {
        let verb = who.trim_end_matches('d');
        world.ok(&format!("{verb} {} --yes", ids[who]));
    }
    for (old, new, flags) in [("replaced", "successor", ""), ("retiring", "coming", "--overlap 7d")]
    {
        let secret = world.secret(&format!("reset {} {flags} --yes", ids[old]));
        secrets.insert(new.to_owned(), secret);
    }
    elsewhere(&mut world, &mut secrets);
    world.env.clear();
    Campus { frozen: world.freeze(), secrets, ids }
}

/// Another account, with an app and a district of the same names.
fn elsewhere(world: &mut World, secrets: &mut BTreeMap<String, String>) {
    world.ok(&format!("account add Far --id {FAR} --region in1"));
    world.env.insert("GATEPASS_ACCOUNT".into(), FAR.into());
    world.ok("app add Roster --out ~/far");
    world.ok("district add Lincoln");
    let grant = "grant-app Roster --district Lincoln --scope read:students --infinite";
    secrets.insert("far".to_owned(), world.secret(grant));
    let mut stranger = World::new();
    stranger.reseed(5);
    stranger.ok("app add Roster --out ~/roster");
    stranger.ok("district add Lincoln");
    secrets.insert("unknown".to_owned(), stranger.secret(grant));
}

/// That world, at [`QUIET`].
pub fn campus() -> World {
    let mut world = World::thaw(&CAMPUS.frozen);
    world.env.insert("HOME".into(), world.path("").into());
    world.env.insert("GATEPASS_ACCOUNT".into(), SCHOOL.into());
    world
}

/// Somebody's secret; an app's is its client secret.
pub fn secret(who: &str) -> &'static str {
    &CAMPUS.secrets[who]
}

/// The id of an app, a district or a token; `Roster's client` is a client id.
pub fn id(who: &str) -> &'static str {
    &CAMPUS.ids[who]
}

/// A gate in that world, whose clock stands at an instant.
pub fn gate(world: &World, flags: &str, at: &str) -> Gate {
    gate_at(world, flags, Instant::parse_rfc3339(at).unwrap())
}

/// Somebody comes with a token.
pub fn with_token(who: &str) -> Message {
    bearer(secret(who))
}

/// Somebody comes with a key of old.
pub fn with_key(key: &str) -> Message {
    get("/verify").with("Authorization", &format!("Basic {}", STANDARD.encode(format!("{key}:"))))
}

/// An app's program logs in.
pub fn login(path: &str, app: &str) -> Message {
    get(path).with("Authorization", &basic(id(&format!("{app}'s client")), secret(app)))
}

/// The value of a header for HTTP Basic.
pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// The same request somewhere else.
pub fn at(first: &str, request: Message) -> Message {
    Message { first: format!("{first} HTTP/1.1"), ..request }
}

/// The answers of one gate to some requests, one below the other; secrets are blotted out.
pub fn answers(flags: &str, now: &str, requests: &[(&str, Message)]) -> String {
    let world = campus();
    heard(&gate(&world, flags, now), requests)
}

/// The same of a gate that is there already.
pub fn heard(gate: &Gate, requests: &[(&str, Message)]) -> String {
    let answer =
        |(name, request): &(&str, Message)| format!("== {name}\n{}\n", told(&gate.ask(request)));
    let all: String = requests.iter().map(answer).collect();
    gatepass::domain::secret::redact(&all).into_owned()
}

//! Who comes to the gates: somebody in every state, in one store that each real gate has a copy of, and those whose
//! fate only the stub can bring about.

use std::{collections::HashMap, sync::LazyLock};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::domain::instant::Instant;
use serde_json::Value;

use super::backend::LIMIT;
use crate::support::{
    clock::stop_clock,
    process::{Home, finish},
};

/// Who calls, by what becomes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Partner,
    User,
    Retiring,
    Successor,
    Unknown,
    Malformed,
    Expired,
    Revoked,
    Deleted,
    Replaced,
    /// Has an account passcode where the account demands user passcodes.
    Nameless,
    /// Has an account in another region.
    Elsewhere,
    /// The rest is for the stub alone. An app's token for a district, and another one that was used too often.
    Token,
    TokenLimited,
    /// Keys of old: one that is about to end, one with little left of its limit, with nothing left, and past its sunset.
    Legacy,
    LegacyLimited,
    LegacyOver,
    LegacySunset,
    /// An app's program, with its client id and its client secret.
    App,
    /// Who asks what waits for the store, while too many do.
    Limited,
    Sunset,
    /// What befalls a gate.
    Slow,
    Hang,
    Drop,
}

const STUBS: [Who; 12] = [
    Who::Token,
    Who::TokenLimited,
    Who::Legacy,
    Who::LegacyLimited,
    Who::LegacyOver,
    Who::LegacySunset,
    Who::App,
    Who::Limited,
    Who::Sunset,
    Who::Slow,
    Who::Hang,
    Who::Drop,
];

/// The app of all tokens and keys of old.
pub const APP: &str = "4fee004cca2e43cf2700028b";
/// The district of all tokens.
pub const DISTRICT: &str = "4fd43cc56d11340000000005";
/// The scopes of all tokens.
pub const SCOPES: &str = "read:students read:teachers";

/// The region of the API behind the gates.
pub const REGION: &str = "eu1";
const MAIN: &str = "948-4KK-444Z";
const STRICT: &str = "RZ5-76K-665Z";
const FOREIGN: &str = "TEST-777-RWZ-555Z";

/// 2020-01-01T00:00:00Z
const LONG_AGO: i64 = 1_577_836_800;

/// The store, and what there is to know of it.
struct Cast {
    home: Home,
    secrets: HashMap<Who, String>,
    credentials: Vec<Value>,
}

static CAST: LazyLock<Cast> = LazyLock::new(|| {
    let home = Home::new();
    past(&home, &format!("account add main --id {MAIN} --region {REGION}"));
    let mut secrets: HashMap<Who, String> =
        STUBS.into_iter().map(|who| (who, format!("secret-of-{who:?}"))).collect();
    let mut keep = |who, printed: String| secrets.insert(who, printed.trim_end().to_owned());
    keep(Who::Expired, past(&home, "create expired --days 1"));
    home.ok(&format!("account add strict --id {STRICT} --require-user-passcode on"));
    home.ok(&format!("account add foreign --id {FOREIGN} --region in1"));
    for (who, account, line) in [
        (Who::Partner, MAIN, "create 'partner é' --forever"),
        (Who::User, MAIN, "grant-user ann@example.com --infinite"),
        (Who::Retiring, MAIN, "create retiring --days 90"),
        (Who::Successor, MAIN, "reset retiring --overlap 7d --yes"),
        (Who::Replaced, MAIN, "create replaced --days 90"),
        (Who::Revoked, MAIN, "create revoked --days 90"),
        (Who::Deleted, MAIN, "create deleted --days 90"),
        (Who::Nameless, STRICT, "create nameless --days 90"),
        (Who::Elsewhere, FOREIGN, "create elsewhere --days 90"),
    ] {
        keep(who, home.ok(&format!("{line} --account {account}")));
    }
    for line in ["reset replaced --yes", "revoke revoked --yes", "delete deleted --yes"] {
        home.ok(&format!("{line} --account {MAIN}"));
    }
    keep(Who::Unknown, Home::new().ok("create stranger --days 90"));
    let misspelt = secrets[&Who::Partner].replacen("gpa_", "gpa_x", 1);
    secrets.insert(Who::Malformed, misspelt);
    let credentials = home.credentials();
    Cast { home, secrets, credentials }
});

/// Runs a line when the store was young.
fn past(home: &Home, line: &str) -> String {
    let mut command = home.gatepass(line);
    stop_clock(&mut command, Instant::from_unix(LONG_AGO));
    let ended = finish(command.spawn().unwrap());
    assert_eq!(ended.code, Some(0), "{line}: {ended:?}");
    ended.stdout
}

/// A copy of the store, for a gate of its own.
pub fn home() -> Home {
    CAST.home.copy()
}

/// The secret of somebody.
pub fn secret(who: Who) -> &'static str {
    &CAST.secrets[&who]
}

/// The account that somebody names.
pub fn account(who: Who) -> &'static str {
    match who {
        Who::Nameless => STRICT,
        Who::Elsewhere => FOREIGN,
        _ => MAIN,
    }
}

/// Everything that the gate says about somebody: headers that the backend must see as they are, and no others.
pub fn identity(who: Who) -> Vec<(&'static str, String)> {
    if let Some(kind) = kind_in_stub(who) {
        return identity_in_stub(kind);
    }
    let owner = match who {
        Who::User => "ann@example.com",
        Who::Retiring | Who::Successor => "retiring",
        _ => "partner é",
    };
    let is_theirs = |item: &&Value| item["name"] == owner || item["user"] == owner;
    let credential = CAST.credentials.iter().find(is_theirs).unwrap();
    let header = |(header, field): (&'static str, &str)| {
        credential[field].as_str().map(|text| (header, encoded(text)))
    };
    let headers = [
        ("X-Gatepass-Account", "account"),
        ("X-Gatepass-Credential", "id"),
        ("X-Gatepass-Kind", "kind"),
        ("X-Gatepass-Name", "name"),
        ("X-Gatepass-User", "user"),
        ("X-Gatepass-Expires", "expires_at"),
    ];
    headers.into_iter().filter_map(header).collect()
}

fn kind_in_stub(who: Who) -> Option<&'static str> {
    match who {
        Who::Token => Some("token"),
        Who::Legacy | Who::LegacyLimited => Some("legacy"),
        _ => None,
    }
}

fn identity_in_stub(kind: &str) -> Vec<(&'static str, String)> {
    let common = [
        ("X-Gatepass-Account", MAIN),
        ("X-Gatepass-Credential", "tk_59f2a1c0d4e86b7310000001"),
        ("X-Gatepass-Kind", kind),
        ("X-Gatepass-Name", "reader"),
        ("X-Gatepass-App", APP),
        ("X-Gatepass-Expires", "2030-01-01T00:00:00Z"),
    ];
    let of_token = [("X-Gatepass-District", DISTRICT), ("X-Gatepass-Scopes", SCOPES)];
    let of_token = of_token.into_iter().filter(|_| kind == "token");
    common.into_iter().chain(of_token).map(|(name, value)| (name, value.to_owned())).collect()
}

/// The names of what the gate tells the caller beside the backend's answer, or beside a refusal.
pub fn told(who: Who) -> Vec<&'static str> {
    let end = ["Deprecation", "Sunset", "Link"];
    match who {
        Who::Token | Who::TokenLimited | Who::LegacyOver => LIMIT.to_vec(),
        Who::Legacy => end.to_vec(),
        Who::LegacyLimited => [&end[..], &LIMIT].concat(),
        Who::Retiring => end[..2].to_vec(),
        _ => Vec::new(),
    }
}

/// What is no letter, digit or sign that headers take as it is, as `%` and two digits.
fn encoded(text: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~@:".contains(byte);
    let byte = |byte: u8| match is_plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The secret of somebody as the user name of `Basic`, or with a password.
pub fn basic(who: Who, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{}:{password}", secret(who))))
}

/// Whether anybody's secret stands in a text, as it is or as `Basic` has it.
pub fn is_told(text: &str) -> bool {
    let is_in = |secret: &String| {
        // The characters for whole groups of three bytes do not depend on what follows.
        let encoded = STANDARD.encode(&secret[..secret.len() / 3 * 3]);
        text.contains(secret.as_str()) || text.contains(&encoded)
    };
    CAST.secrets.values().any(is_in)
}

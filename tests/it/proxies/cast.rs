//! Who comes to the gates: somebody in every state, in one store that each real gate has a copy of, and those whose
//! fate only the stub can bring about.

use std::{collections::HashMap, sync::LazyLock};

use gatepass::domain::instant::Instant;
use serde_json::Value;

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
    /// The rest is for the stub alone: one who is over the limit, one who is past a sunset, and what befalls a gate.
    Limited,
    Sunset,
    Slow,
    Hang,
    Drop,
}

const STUBS: [Who; 5] = [Who::Limited, Who::Sunset, Who::Slow, Who::Hang, Who::Drop];

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

/// What is no letter, digit or sign that headers take as it is, as `%` and two digits.
fn encoded(text: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~@:".contains(byte);
    let byte = |byte: u8| match is_plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Whether anybody's secret stands in a text.
pub fn is_told(text: &str) -> bool {
    CAST.secrets.values().any(|secret| text.contains(secret.as_str()))
}

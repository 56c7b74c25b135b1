//! The callers: credentials in every state, in one store that each real gate has a copy of, and those that only the
//! stub knows.

use std::{collections::HashMap, sync::LazyLock};

use base64::{Engine, engine::general_purpose::STANDARD};
use gatepass::domain::instant::Instant;
use serde_json::Value;

use super::backend::RATE_LIMIT_HEADERS;
use crate::support::{
    clock::with_fixed_clock,
    process::{TestHome, finish},
};

/// The callers, by the state of their credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
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
    /// Has an account passcode in an account that requires user passcodes.
    WithoutUserPasscode,
    /// Has an account in another region.
    Elsewhere,
    /// Has an app's token for a district.
    Token,
    /// Have legacy keys: one whose sunset is announced, one that is rate limited, and one after its sunset.
    Legacy,
    LegacyLimited,
    LegacySunset,
    /// Have a token and a legacy key that are valid for one request a minute.
    TokenOncePerMinute,
    LegacyOncePerMinute,
    /// Has the client id and the client secret of an app.
    App,
    /// Only the stub knows the rest. These exceed a rate limit, or the limit of concurrent requests.
    TokenRateLimited,
    LegacyRateLimited,
    TooManyRequests,
    /// These make the gate respond late, or not at all.
    Slow,
    Hang,
    Drop,
}

const STUBS: [Caller; 6] = [
    Caller::TokenRateLimited,
    Caller::LegacyRateLimited,
    Caller::TooManyRequests,
    Caller::Slow,
    Caller::Hang,
    Caller::Drop,
];

/// The region of the API behind the gates.
pub const REGION: &str = "eu1";
const MAIN: &str = "948-4KK-444Z";
const STRICT: &str = "RZ5-76K-665Z";
const OTHER_REGION: &str = "TEST-777-RWZ-555Z";
const LIMITED: &str = "ZWR-945-678Z";
const SUNSET_OVER: &str = "684-9ZK-456Z";
const ONCE_PER_MINUTE: &str = "777-888-999Z";

/// 2020-01-01T00:00:00Z
const YEAR_2020: i64 = 1_577_836_800;

/// The store, its secrets by caller, the client id of [`Caller::App`], and the store's credentials as JSON.
struct Fixture {
    home: TestHome,
    secrets: HashMap<Caller, String>,
    client: String,
    credentials: Vec<Value>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let home = TestHome::new();
    run_in_the_past(&home, &format!("account add main --id {MAIN} --region {REGION}"));
    let mut secrets: HashMap<Caller, String> =
        STUBS.into_iter().map(|who| (who, format!("secret-of-{who:?}"))).collect();
    let mut keep = |who, printed: String| secrets.insert(who, printed.trim_end().to_owned());
    keep(Caller::Expired, run_in_the_past(&home, "create expired --days 1"));
    for (who, account, limit, limit_from, sunset) in [
        (Caller::Legacy, MAIN, 1_000, "2090-01-01", "2091-01-01"),
        (Caller::LegacyLimited, LIMITED, 1_000, "2020-03-01", "2091-01-01"),
        (Caller::LegacySunset, SUNSET_OVER, 1_000, "2020-03-01", "2020-04-01"),
        (Caller::LegacyOncePerMinute, ONCE_PER_MINUTE, 1, "2020-03-01", "2091-01-01"),
    ] {
        if account != MAIN {
            home.ok(&format!("account add {who:?} --id {account} --region {REGION}"));
        }
        let policy = format!("legacy policy --announce 2020-02-01 --limit-from {limit_from}");
        let link = "--link https://api.example.com/old --yes";
        home.ok(&format!("{policy} --limit {limit} --sunset {sunset} {link} --account {account}"));
        let key = format!("{who:?}-legacy-key-0123456789-ABCDEFGHIJ");
        let line = format!("app add {who:?} --legacy-key-file - --account {account}");
        let output = home.run_with_input(&line, &key);
        assert_eq!(output.code, Some(0), "{line}: {output:?}");
        keep(who, key);
    }
    let reader: Value =
        serde_json::from_str(&home.ok(&format!("app add Reader --json --account {MAIN}"))).unwrap();
    keep(Caller::App, reader["secret"].as_str().unwrap().to_owned());
    home.ok(&format!("district add Lincoln --account {MAIN}"));
    home.ok(&format!("district add Grove --account {MAIN}"));
    home.ok(&format!("account add strict --id {STRICT} --require-user-passcode on"));
    home.ok(&format!("account add foreign --id {OTHER_REGION} --region in1"));
    for (who, account, line) in [
        (Caller::Partner, MAIN, "create 'partner é' --forever"),
        (Caller::User, MAIN, "grant-user ann@example.com --infinite"),
        (Caller::Retiring, MAIN, "create retiring --days 90"),
        (Caller::Successor, MAIN, "reset retiring --overlap 7d --yes"),
        (Caller::Replaced, MAIN, "create replaced --days 90"),
        (Caller::Revoked, MAIN, "create revoked --days 90"),
        (Caller::Deleted, MAIN, "create deleted --days 90"),
        (
            Caller::Token,
            MAIN,
            "grant-app Reader --district Lincoln --scope read:students,read:teachers --forever",
        ),
        (
            Caller::TokenOncePerMinute,
            MAIN,
            "grant-app Reader --district Grove --scope read:students --limit 1 --forever",
        ),
        (Caller::WithoutUserPasscode, STRICT, "create nameless --days 90"),
        (Caller::Elsewhere, OTHER_REGION, "create elsewhere --days 90"),
    ] {
        keep(who, home.ok(&format!("{line} --account {account}")));
    }
    for line in ["reset replaced --yes", "revoke revoked --yes", "delete deleted --yes"] {
        home.ok(&format!("{line} --account {MAIN}"));
    }
    keep(Caller::Unknown, TestHome::new().ok("create stranger --days 90"));
    let misspelled = secrets[&Caller::Partner].replacen("gpa_", "gpa_x", 1);
    secrets.insert(Caller::Malformed, misspelled);
    let credentials = home.credentials();
    let client = reader["client_id"].as_str().unwrap().to_owned();
    Fixture { home, secrets, client, credentials }
});

/// Runs a command in the year 2020.
fn run_in_the_past(home: &TestHome, line: &str) -> String {
    let mut command = home.gatepass(line);
    with_fixed_clock(&mut command, Instant::from_unix(YEAR_2020));
    let output = finish(command.spawn().unwrap());
    assert_eq!(output.code, Some(0), "{line}: {output:?}");
    output.stdout
}

/// Returns a copy of the store for one gate.
pub fn home() -> TestHome {
    FIXTURE.home.copy()
}

/// Returns the secret of a caller.
pub fn secret(who: Caller) -> &'static str {
    &FIXTURE.secrets[&who]
}

/// Returns the Account ID that a caller sends.
pub fn account(who: Caller) -> &'static str {
    match who {
        Caller::WithoutUserPasscode => STRICT,
        Caller::Elsewhere => OTHER_REGION,
        Caller::LegacyLimited => LIMITED,
        Caller::LegacySunset => SUNSET_OVER,
        _ => MAIN,
    }
}

/// Returns the identity of a caller: the headers that the backend must get, and no others.
pub fn identity(who: Caller) -> Vec<(&'static str, String)> {
    let credential = credential(who);
    let header = |(header, field): (&'static str, &str)| {
        credential[field].as_str().map(|text| (header, percent_encoded(text)))
    };
    let headers = [
        ("X-Gatepass-Account", "account"),
        ("X-Gatepass-Credential", "id"),
        ("X-Gatepass-Kind", "kind"),
        ("X-Gatepass-Name", "name"),
        ("X-Gatepass-User", "user"),
        ("X-Gatepass-App", "app"),
        ("X-Gatepass-District", "district"),
        ("X-Gatepass-Expires", "expires_at"),
    ];
    let scopes: Vec<&str> =
        credential["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let scopes = Some(scopes.join(" ")).filter(|scopes| !scopes.is_empty());
    let scopes = scopes.map(|scopes| ("X-Gatepass-Scopes", scopes));
    headers.into_iter().filter_map(header).chain(scopes).collect()
}

/// Returns the credential of a caller, as `list --json` prints it.
pub fn credential(who: Caller) -> &'static Value {
    let name = match who {
        Caller::User => "ann@example.com",
        Caller::Retiring | Caller::Successor => "retiring",
        Caller::Token => "Lincoln",
        Caller::Legacy => "Legacy",
        Caller::LegacyLimited => "LegacyLimited",
        _ => "partner é",
    };
    let is_theirs = |item: &&Value| {
        ["name", "user", "app_name", "district_name"].into_iter().any(|field| item[field] == name)
    };
    FIXTURE.credentials.iter().find(is_theirs).unwrap()
}

/// Returns the names of the headers that the gate adds to the response, or to a rejection.
pub fn gate_response_headers(who: Caller) -> Vec<&'static str> {
    let deprecation = ["Deprecation", "Sunset", "Link"];
    match who {
        Caller::Token | Caller::TokenRateLimited | Caller::LegacyRateLimited => {
            RATE_LIMIT_HEADERS.to_vec()
        }
        Caller::Legacy => deprecation.to_vec(),
        Caller::LegacyLimited => [&deprecation[..], &RATE_LIMIT_HEADERS].concat(),
        Caller::Retiring => deprecation[..2].to_vec(),
        _ => Vec::new(),
    }
}

/// Encodes all but letters, digits and a few signs as `%` and two digits.
fn percent_encoded(text: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~@:".contains(byte);
    let byte = |byte: u8| match is_plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Returns an `Authorization` header with the secret of a caller as the user name.
pub fn basic(who: Caller, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{}:{password}", secret(who))))
}

/// Returns the `Authorization` header of an app.
pub fn app_login() -> String {
    format!("Basic {}", STANDARD.encode(format!("{}:{}", FIXTURE.client, secret(Caller::App))))
}

/// Returns whether a text contains any secret, as it is or as Base64.
pub fn contains_secret(text: &str) -> bool {
    let is_in = |secret: &String| {
        // The characters for whole groups of three bytes do not depend on what follows.
        let encoded = STANDARD.encode(&secret[..secret.len() / 3 * 3]);
        text.contains(secret.as_str()) || text.contains(&encoded)
    };
    FIXTURE.secrets.values().any(is_in)
}

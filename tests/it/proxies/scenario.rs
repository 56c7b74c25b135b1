//! The scenarios: what a client sends, to which gate, and the expected outcome.

use std::net::{IpAddr, Ipv4Addr};

use super::{
    callers::{self, Caller, account, app_login, secret},
    gate::Gate,
};
use crate::support::http::HttpMessage;

/// The expected outcome of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedOutcome {
    /// The request reaches the backend.
    Passes,
    /// It is rejected with this status.
    Refused(u16),
    /// It is rejected with 401, unless the proxy has made it harmless and passes it, or the gate responds itself.
    RejectedOrStripped,
    /// The gate itself responds.
    Answered,
    /// The proxy itself rejects it with 413, or 502 if it is an older Caddy.
    TooLarge,
    /// It is rejected with a 5xx.
    Unavailable,
}

/// A row of the matrix.
pub struct Scenario {
    /// Its label in the matrix.
    pub name: &'static str,
    /// The gate it needs.
    pub gate: Gate,
    /// Whose credentials are used.
    pub who: Caller,
    /// The request of the client.
    pub request: HttpMessage,
    /// What must happen.
    pub outcome: ExpectedOutcome,
}

/// The value of every forged header.
pub const FORGED_VALUE: &str = "forged";

const PASSCODE: &str = "X-CleverTap-Passcode";
const ACCOUNT_ID: &str = "X-CleverTap-Account-Id";

/// The address of every client; the proxies connect to the gate from another one.
pub const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// Returns all scenarios for a gate.
pub fn scenarios(gate: Gate) -> Vec<Scenario> {
    let unavailable =
        |name| vec![(name, Caller::Partner, pair(Caller::Partner), ExpectedOutcome::Unavailable)];
    let all = match gate {
        Gate::Real => [allowed(), refused(), forged(), tokens(), apps()].concat(),
        Gate::StoreMissing => unavailable("store missing"),
        Gate::Stopped => {
            let app = get("/oauth/tokens?owner_type=district").with("Authorization", &app_login());
            let app =
                ("gate stopped, request of an app", Caller::App, app, ExpectedOutcome::Unavailable);
            [unavailable("gate stopped"), vec![app]].concat()
        }
        Gate::Stub => stub(),
    };
    let scenario = |(name, who, request, outcome)| Scenario { name, gate, who, request, outcome };
    all.into_iter().map(scenario).collect()
}

type Row = (&'static str, Caller, HttpMessage, ExpectedOutcome);

fn allowed() -> Vec<Row> {
    use Caller::{Partner, Retiring, Successor, User};

    let row = |name, who, request| (name, who, request, ExpectedOutcome::Passes);
    let partner = || pair(Partner);
    vec![
        row("account passcode", Partner, partner()),
        row("user passcode", User, pair(User)),
        row("bearer token", Partner, bearer(Partner)),
        row("body of 100 KB", Partner, post(partner(), 100_000)),
        row("chunked body of 100 KB", Partner, chunked(post(partner(), 100_000))),
        row("old secret in an overlap", Retiring, pair(Retiring)),
        row("new secret in an overlap", Successor, pair(Successor)),
    ]
}

fn refused() -> Vec<Row> {
    use Caller::{
        Deleted, Elsewhere, Expired, Malformed, Partner, Replaced, Revoked, Unknown,
        WithoutUserPasscode,
    };

    let row = |name, who, request| (name, who, request, ExpectedOutcome::Refused(401));
    let query = |name: &str| get(&format!("/v1/things?a=1&{name}={}", secret(Partner)));
    let anonymous = || get("/v1/things?a=1");
    let named = |id: &str| anonymous().with(ACCOUNT_ID, id).with(PASSCODE, secret(Partner));
    vec![
        row("no credentials", Unknown, anonymous()),
        row("no Account ID", Partner, anonymous().with(PASSCODE, secret(Partner))),
        row("malformed Account ID", Partner, named("nobody")),
        row("ID of another account", Partner, named(account(Elsewhere))),
        row("malformed", Malformed, pair(Malformed)),
        row("unknown", Unknown, pair(Unknown)),
        row("unknown bearer token", Unknown, bearer(Unknown)),
        row("unknown, body of 100 KB", Unknown, post(pair(Unknown), 100_000)),
        row("expired", Expired, pair(Expired)),
        row("revoked", Revoked, pair(Revoked)),
        row("revoked bearer token", Revoked, bearer(Revoked)),
        row("deleted", Deleted, pair(Deleted)),
        row("replaced", Replaced, pair(Replaced)),
        row("user passcode required", WithoutUserPasscode, pair(WithoutUserPasscode)),
        ("other region", Elsewhere, pair(Elsewhere), ExpectedOutcome::Refused(403)),
        ("other region, bearer token", Elsewhere, bearer(Elsewhere), ExpectedOutcome::Refused(403)),
        row("two passcodes", Partner, pair(Partner).with(PASSCODE, secret(Partner))),
        row("passcode and bearer token", Partner, pair(Partner).with("Authorization", "Bearer x")),
        row("underscores only", Partner, underscores(anonymous(), secret(Partner))),
        row("?passcode=", Partner, query("passcode")),
        row("?access_token=", Partner, query("access_token")),
        row("forged identity only", Unknown, with_forged_headers(anonymous(), "-")),
    ]
}

fn forged() -> Vec<Row> {
    use Caller::{Partner, User};

    let row = |name, who, request| (name, who, request, ExpectedOutcome::Passes);
    let partner = || pair(Partner);
    vec![
        (
            "underscores and a valid passcode",
            Partner,
            underscores(partner(), FORGED_VALUE),
            ExpectedOutcome::RejectedOrStripped,
        ),
        row("forged identity", Partner, with_forged_headers(partner(), "-")),
        row("forged identity, other kind", User, with_forged_headers(pair(User), "-")),
        row("forged identity with underscores", Partner, with_forged_headers(partner(), "_")),
        row("forged forwarding headers", Partner, forwarded(partner())),
        row("forged requirements", Partner, with_required_scope(partner())),
        row(
            "identity named in Connection",
            Partner,
            partner().with("Connection", IDENTITY_HEADERS),
        ),
    ]
}

fn stub() -> Vec<Row> {
    [limits(), for_apps(), failures()].concat()
}

fn tokens() -> Vec<Row> {
    use Caller::{Legacy, LegacyLimited, LegacySunset, Partner, Token, Unknown};
    use ExpectedOutcome::{Passes, Refused};

    let key = |name, who, outcome| (name, who, basic(who, ""), outcome);
    let old = |path: &str| HttpMessage {
        start_line: format!("GET {path} HTTP/1.1"),
        ..basic(LegacySunset, "")
    };
    let unknown =
        |path: &str| HttpMessage { start_line: format!("GET {path} HTTP/1.1"), ..bearer(Unknown) };
    let token = || bearer(Token);
    vec![
        ("token", Token, token(), Passes),
        ("token, forged identity", Token, with_forged_headers(token(), "-"), Passes),
        ("token, forged requirements", Token, with_required_scope(token()), Passes),
        ("token as passcode", Token, pair(Token), Refused(401)),
        ("token as legacy key", Token, basic(Token, ""), Refused(401)),
        key("legacy key", Legacy, Passes),
        (
            "legacy key, forged identity",
            Legacy,
            with_forged_headers(basic(Legacy, ""), "-"),
            Passes,
        ),
        key("legacy key in its limited stage", LegacyLimited, Passes),
        key("legacy key after its sunset", LegacySunset, Refused(410)),
        ("after its sunset, version 3", LegacySunset, old("/v3.0/things"), Refused(410)),
        ("after its sunset, no version", LegacySunset, old("/things"), Refused(410)),
        ("unknown bearer token, version 3", Unknown, unknown("/v3.0/things?a=1"), Refused(401)),
        ("unknown bearer token, no version", Unknown, unknown("/things"), Refused(401)),
        ("legacy key with a password", Legacy, basic(Legacy, "password"), Refused(401)),
        ("passcode by Basic", Partner, basic(Partner, ""), Refused(401)),
        ("unknown secret by Basic", Unknown, basic(Unknown, ""), Refused(401)),
    ]
}

/// Returns the scenarios of apps at a real gate; at the stub, [`for_apps`] checks how the requests arrive.
fn apps() -> Vec<Row> {
    use Caller::{App, LegacySunset, Token};
    use ExpectedOutcome::Answered;

    let tokens = |path: &str| get(path).with("Authorization", &app_login());
    let reset = tokens(&format!("/oauth/tokens/{TOKEN}/reset"));
    let first = || "GET /oauth/tokeninfo HTTP/1.1".to_owned();
    let info = HttpMessage { start_line: first(), ..bearer(Token) };
    let late = HttpMessage { start_line: first(), ..basic(LegacySunset, "") };
    vec![
        ("tokens of an app", App, tokens("/oauth/tokens?owner_type=district"), Answered),
        (
            "tokens of an app, version 3",
            App,
            tokens("/v3.0/oauth/tokens?owner_type=district"),
            Answered,
        ),
        (
            "reset with 100 KB, chunked",
            App,
            chunked(post(reset, 100_000)),
            ExpectedOutcome::TooLarge,
        ),
        ("token info", Token, info, Answered),
        ("token info, key after its sunset", LegacySunset, late, ExpectedOutcome::Refused(410)),
    ]
}

fn limits() -> Vec<Row> {
    use Caller::{LegacyRateLimited, TokenRateLimited};
    use ExpectedOutcome::Refused;

    vec![
        ("token over its limit", TokenRateLimited, bearer(TokenRateLimited), Refused(429)),
        (
            "legacy key over its limit",
            LegacyRateLimited,
            basic(LegacyRateLimited, ""),
            Refused(429),
        ),
    ]
}

fn for_apps() -> Vec<Row> {
    use Caller::{App, Token, Unknown};
    use ExpectedOutcome::{Answered, Refused, RejectedOrStripped, TooLarge};

    let by_app = |path: &str| get(path).with("Authorization", &app_login());
    let tokens = || by_app("/oauth/tokens?owner_type=district");
    let with_token =
        |path: &str| get(path).with("Authorization", &format!("Bearer {}", secret(Token)));
    let reset = || by_app(&format!("/v3.0/oauth/tokens/{TOKEN}/reset"));
    let forged = || with_required_scope(forwarded(with_forged_headers(tokens(), "-")));
    vec![
        ("app lists its tokens", App, tokens(), Answered),
        ("app lists its tokens, all forged", App, forged(), Answered),
        ("app resets a token", App, post(reset(), 30), Answered),
        ("app resets a token, 100 KB", App, post(reset(), 100_000), TooLarge),
        ("token info, version 2", Token, with_token("/v2.0/oauth/tokeninfo"), Answered),
        ("OpenAPI document", Unknown, get("/openapi.json"), Answered),
        ("token list without a login", Unknown, get("/oauth/tokens"), Answered),
        ("app, unknown path", App, by_app("/oauth/tokens/all"), Refused(401)),
        ("app, path below token info", App, by_app("/oauth/tokeninfo/x"), Refused(401)),
        (
            "line feed in the path",
            App,
            by_app("/oauth/tokens%0a?owner_type=district"),
            Refused(401),
        ),
        ("path traversal", Token, with_token("/verify/../oauth/tokens"), RejectedOrStripped),
    ]
}

/// The id of a token, without its prefix.
const TOKEN: &str = "59f2a1c0d4e86b7310000001";

fn failures() -> Vec<Row> {
    use Caller::{Drop, Hang, Slow, TooManyRequests};
    use ExpectedOutcome::{Passes, Refused, Unavailable};

    let row = |name, who, outcome| (name, who, pair(who), outcome);
    vec![
        row("too many requests", TooManyRequests, Refused(429)),
        ("too many requests, bearer token", TooManyRequests, bearer(TooManyRequests), Refused(429)),
        row("slow gate", Slow, Passes),
        row("hanging gate", Hang, Unavailable),
        row("gate drops the connection", Drop, Unavailable),
    ]
}

/// A `Connection` header that names headers of the identity, so that a proxy would drop them.
const IDENTITY_HEADERS: &str =
    "close, X-Gatepass-Account, X-Gatepass-Kind, X-CleverTap-Passcode, X-Forwarded-For";

fn get(path: &str) -> HttpMessage {
    HttpMessage::new(&format!("GET {path} HTTP/1.1")).with("Host", "api.example.com")
}

fn pair(who: Caller) -> HttpMessage {
    get("/v1/things?a=1").with(ACCOUNT_ID, account(who)).with(PASSCODE, secret(who))
}

/// Returns a request with the secret of a caller as a bearer token.
pub fn bearer(who: Caller) -> HttpMessage {
    get("/v1/things?a=1").with("Authorization", &format!("Bearer {}", secret(who)))
}

/// Returns a request with the secret of a caller as the user name of HTTP Basic.
pub fn basic(who: Caller, password: &str) -> HttpMessage {
    get("/v1/things?a=1").with("Authorization", &callers::basic(who, password))
}

fn post(request: HttpMessage, length: usize) -> HttpMessage {
    let body: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
    HttpMessage { start_line: request.start_line.replace("GET", "POST"), ..request }.body(body)
}

fn chunked(request: HttpMessage) -> HttpMessage {
    request.with("Transfer-Encoding", "chunked")
}

fn underscores(request: HttpMessage, secret: &str) -> HttpMessage {
    request
        .with("X_CleverTap_Account_Id", account(Caller::Partner))
        .with("X_CleverTap_Passcode", secret)
}

/// Adds every header that the gate may set, with a forged value.
fn with_forged_headers(request: HttpMessage, sign: &str) -> HttpMessage {
    let names = [
        "Account",
        "Credential",
        "Kind",
        "Name",
        "User",
        "App",
        "District",
        "Scopes",
        "Expires",
        "Status",
        "Reason",
        "Error",
    ];
    names.into_iter().fold(request, |request, name| {
        request.with(&format!("X{sign}Gatepass{sign}{name}"), FORGED_VALUE)
    })
}

/// Adds requirements that no credential meets.
fn with_required_scope(request: HttpMessage) -> HttpMessage {
    let names = ["Scope", "District", "App"];
    names.into_iter().fold(request, |request, name| {
        request.with(&format!("X-Gatepass-Require-{name}"), FORGED_VALUE)
    })
}

/// Adds every header that proxies set for the next hop, with a forged value.
fn forwarded(request: HttpMessage) -> HttpMessage {
    let names = [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Method",
        "X-Forwarded-Uri",
        "X-Original-Method",
        "X-Original-Uri",
        "X-Real-IP",
        "X-Request-Id",
    ];
    let request = request.with("Forwarded", &format!("for={FORGED_VALUE}"));
    names.into_iter().fold(request, |request, name| request.with(name, FORGED_VALUE))
}

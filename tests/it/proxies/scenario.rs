//! The situations: what a client sends, to which gate, and what must come of it.

use std::net::{IpAddr, Ipv4Addr};

use super::{
    callers::{self, Caller, account, app_login, secret},
    gate::Gate,
};
use crate::support::http::HttpMessage;

/// What must come of a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedOutcome {
    /// The request reaches the backend.
    Passes,
    /// It is refused with this status.
    Refused(u16),
    /// It is refused with 401, unless the proxy has made it harmless and lets it pass, or the gate answers it.
    RejectedOrStripped,
    /// The gate itself answers it.
    Answered,
    /// It is refused in the proxy's own words: 413, but for older Caddys, which say 502.
    TooLarge,
    /// It is refused with a 5xx.
    Unavailable,
}

/// A row of the matrix.
pub struct Scenario {
    /// What it is.
    pub name: &'static str,
    /// The gate it needs.
    pub gate: Gate,
    /// Who comes.
    pub who: Caller,
    /// What is sent.
    pub request: HttpMessage,
    /// What must come of it.
    pub outcome: ExpectedOutcome,
}

/// The word in everything that a client claims and has no right to.
pub const FORGED_VALUE: &str = "forged";

const PASSCODE: &str = "X-CleverTap-Passcode";
const ACCOUNT_ID: &str = "X-CleverTap-Account-Id";

/// Where every request comes from; the proxies ask the gate from another address.
pub const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// All situations for a gate.
pub fn scenarios(gate: Gate) -> Vec<Scenario> {
    let unavailable =
        |name| vec![(name, Caller::Partner, pair(Caller::Partner), ExpectedOutcome::Unavailable)];
    let all = match gate {
        Gate::Real => [allowed(), refused(), forged(), tokens(), apps()].concat(),
        Gate::StoreMissing => unavailable("the gate's store is gone"),
        Gate::Stopped => {
            let app = get("/oauth/tokens?owner_type=district").with("Authorization", &app_login());
            let app =
                ("the gate is gone, for an app", Caller::App, app, ExpectedOutcome::Unavailable);
            [unavailable("the gate is gone"), vec![app]].concat()
        }
        Gate::Stub => stub(),
    };
    let situation = |(name, who, request, outcome)| Scenario { name, gate, who, request, outcome };
    all.into_iter().map(situation).collect()
}

type Row = (&'static str, Caller, HttpMessage, ExpectedOutcome);

fn allowed() -> Vec<Row> {
    use Caller::{Partner, Retiring, Successor, User};

    let row = |name, who, request| (name, who, request, ExpectedOutcome::Passes);
    let partner = || pair(Partner);
    vec![
        row("an account passcode", Partner, partner()),
        row("a user passcode", User, pair(User)),
        row("a Bearer token", Partner, bearer(Partner)),
        row("with 100 KB", Partner, post(partner(), 100_000)),
        row("with 100 KB in a chunk", Partner, chunked(post(partner(), 100_000))),
        row("a reset is about to end it", Retiring, pair(Retiring)),
        row("a reset has made it", Successor, pair(Successor)),
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
        row("nothing", Unknown, anonymous()),
        row("no Account ID", Partner, anonymous().with(PASSCODE, secret(Partner))),
        row("an Account ID of another shape", Partner, named("nobody")),
        row("another account's ID", Partner, named(account(Elsewhere))),
        row("malformed", Malformed, pair(Malformed)),
        row("unknown", Unknown, pair(Unknown)),
        row("unknown, a Bearer token", Unknown, bearer(Unknown)),
        row("unknown, with 100 KB", Unknown, post(pair(Unknown), 100_000)),
        row("expired", Expired, pair(Expired)),
        row("revoked", Revoked, pair(Revoked)),
        row("revoked, a Bearer token", Revoked, bearer(Revoked)),
        row("deleted", Deleted, pair(Deleted)),
        row("replaced by a reset", Replaced, pair(Replaced)),
        row("no user's, where users are demanded", WithoutUserPasscode, pair(WithoutUserPasscode)),
        ("of another region", Elsewhere, pair(Elsewhere), ExpectedOutcome::Refused(403)),
        (
            "of another region, a Bearer token",
            Elsewhere,
            bearer(Elsewhere),
            ExpectedOutcome::Refused(403),
        ),
        row("two passcodes", Partner, pair(Partner).with(PASSCODE, secret(Partner))),
        row(
            "a passcode and a Bearer token",
            Partner,
            pair(Partner).with("Authorization", "Bearer x"),
        ),
        row("underscores alone", Partner, underscores(anonymous(), secret(Partner))),
        row("?passcode=", Partner, query("passcode")),
        row("?access_token=", Partner, query("access_token")),
        row("forged identity alone", Unknown, with_forged_headers(anonymous(), "-")),
    ]
}

fn forged() -> Vec<Row> {
    use Caller::{Partner, User};

    let row = |name, who, request| (name, who, request, ExpectedOutcome::Passes);
    let partner = || pair(Partner);
    vec![
        (
            "underscores beside a good passcode",
            Partner,
            underscores(partner(), FORGED_VALUE),
            ExpectedOutcome::RejectedOrStripped,
        ),
        row("forged identity", Partner, with_forged_headers(partner(), "-")),
        row("forged identity of the other kind", User, with_forged_headers(pair(User), "-")),
        row("forged identity with underscores", Partner, with_forged_headers(partner(), "_")),
        row("forged X-Forwarded-For and the like", Partner, forwarded(partner())),
        row("forged demands", Partner, with_required_scope(partner())),
        row(
            "Connection names the identity",
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
        ("a token", Token, token(), Passes),
        ("a token, forged identity", Token, with_forged_headers(token(), "-"), Passes),
        ("a token, forged demands", Token, with_required_scope(token()), Passes),
        ("a token, as a passcode", Token, pair(Token), Refused(401)),
        ("a token, as a legacy key", Token, basic(Token, ""), Refused(401)),
        key("a legacy key", Legacy, Passes),
        (
            "a legacy key, forged identity",
            Legacy,
            with_forged_headers(basic(Legacy, ""), "-"),
            Passes,
        ),
        key("a legacy key, limited", LegacyLimited, Passes),
        key("a legacy key, past its sunset", LegacySunset, Refused(410)),
        ("past its sunset, in version 3", LegacySunset, old("/v3.0/things"), Refused(410)),
        ("past its sunset, in no version", LegacySunset, old("/things"), Refused(410)),
        ("unknown, Bearer, in version 3", Unknown, unknown("/v3.0/things?a=1"), Refused(401)),
        ("unknown, Bearer, in no version", Unknown, unknown("/things"), Refused(401)),
        ("a legacy key with a password", Legacy, basic(Legacy, "password"), Refused(401)),
        ("Basic with a passcode", Partner, basic(Partner, ""), Refused(401)),
        ("Basic, unknown", Unknown, basic(Unknown, ""), Refused(401)),
    ]
}

/// What only a real gate says to an app; how the question arrives there, the stub tells.
fn apps() -> Vec<Row> {
    use Caller::{App, LegacySunset, Token};
    use ExpectedOutcome::Answered;

    let tokens = |path: &str| get(path).with("Authorization", &app_login());
    let reset = tokens(&format!("/oauth/tokens/{TOKEN}/reset"));
    let first = || "GET /oauth/tokeninfo HTTP/1.1".to_owned();
    let info = HttpMessage { start_line: first(), ..bearer(Token) };
    let late = HttpMessage { start_line: first(), ..basic(LegacySunset, "") };
    vec![
        ("the tokens of an app", App, tokens("/oauth/tokens?owner_type=district"), Answered),
        ("the same in version 3", App, tokens("/v3.0/oauth/tokens?owner_type=district"), Answered),
        (
            "100 KB for a reset, in a chunk",
            App,
            chunked(post(reset, 100_000)),
            ExpectedOutcome::TooLarge,
        ),
        ("of whom a token is", Token, info, Answered),
        ("of whom a key past its sunset is", LegacySunset, late, ExpectedOutcome::Refused(410)),
    ]
}

fn limits() -> Vec<Row> {
    use Caller::{LegacyRateLimited, TokenRateLimited};
    use ExpectedOutcome::Refused;

    vec![
        ("a token, over its limit", TokenRateLimited, bearer(TokenRateLimited), Refused(429)),
        (
            "a legacy key, over its limit",
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
        ("an app wants its tokens", App, tokens(), Answered),
        ("an app wants its tokens, forging all", App, forged(), Answered),
        ("an app resets a token", App, post(reset(), 30), Answered),
        ("an app resets, with 100 KB", App, post(reset(), 100_000), TooLarge),
        ("whose is a token", Token, with_token("/v2.0/oauth/tokeninfo"), Answered),
        ("the document for apps", Unknown, get("/openapi.json"), Answered),
        ("a stranger wants tokens", Unknown, get("/oauth/tokens"), Answered),
        ("an app wants something else", App, by_app("/oauth/tokens/all"), Refused(401)),
        ("an app asks beyond", App, by_app("/oauth/tokeninfo/x"), Refused(401)),
        (
            "a line end in the path",
            App,
            by_app("/oauth/tokens%0a?owner_type=district"),
            Refused(401),
        ),
        ("a way around", Token, with_token("/verify/../oauth/tokens"), RejectedOrStripped),
    ]
}

/// A token's id, as apps write it.
const TOKEN: &str = "59f2a1c0d4e86b7310000001";

fn failures() -> Vec<Row> {
    use Caller::{Drop, Hang, Slow, TooManyRequests};
    use ExpectedOutcome::{Passes, Refused, Unavailable};

    let row = |name, who, outcome| (name, who, pair(who), outcome);
    vec![
        row("too many requests", TooManyRequests, Refused(429)),
        (
            "too many requests, a Bearer token",
            TooManyRequests,
            bearer(TooManyRequests),
            Refused(429),
        ),
        row("the gate is slow", Slow, Passes),
        row("the gate hangs", Hang, Unavailable),
        row("the gate drops the connection", Drop, Unavailable),
    ]
}

/// The identity, as what goes no further than the next hop.
const IDENTITY_HEADERS: &str =
    "close, X-Gatepass-Account, X-Gatepass-Kind, X-CleverTap-Passcode, X-Forwarded-For";

fn get(path: &str) -> HttpMessage {
    HttpMessage::new(&format!("GET {path} HTTP/1.1")).with("Host", "api.example.com")
}

fn pair(who: Caller) -> HttpMessage {
    get("/v1/things?a=1").with(ACCOUNT_ID, account(who)).with(PASSCODE, secret(who))
}

/// A request with somebody's secret as a Bearer token.
pub fn bearer(who: Caller) -> HttpMessage {
    get("/v1/things?a=1").with("Authorization", &format!("Bearer {}", secret(who)))
}

/// A request with somebody's secret as the user name of `Basic`.
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

/// The same with every header that the gate may say, and what it demands, in the client's words.
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

/// The same with demands that nobody meets.
fn with_required_scope(request: HttpMessage) -> HttpMessage {
    let names = ["Scope", "District", "App"];
    names.into_iter().fold(request, |request, name| {
        request.with(&format!("X-Gatepass-Require-{name}"), FORGED_VALUE)
    })
}

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

//! The situations: what a client sends, to which gate, and what must come of it.

use super::gate::{ACCOUNT, Gate, Running, Who};
use crate::support::http::Message;

/// What must come of a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The request reaches the backend.
    Passes,
    /// It is refused with this status.
    Refused(u16),
    /// It is refused with 401, unless the proxy has made it harmless and lets it pass.
    Harmless,
    /// It is refused with a 5xx.
    Unavailable,
}

/// A row of the matrix.
pub struct Situation {
    /// What it is.
    pub name: &'static str,
    /// The gate it needs.
    pub gate: Gate,
    /// Who comes.
    pub who: Who,
    /// What is sent.
    pub request: Message,
    /// What must come of it.
    pub outcome: Outcome,
}

/// The word in everything that a client claims and has no right to.
pub const FORGED: &str = "forged";

const PASSCODE: &str = "X-CleverTap-Passcode";
const ACCOUNT_ID: &str = "X-CleverTap-Account-Id";

/// All situations for a gate.
pub fn situations(gate: Gate, running: &Running) -> Vec<Situation> {
    let all = match gate {
        Gate::Real => real(running),
        Gate::Stub => stub(running),
        Gate::Gone => vec![(
            "the gate is gone",
            Who::Partner,
            pair(running, Who::Partner),
            Outcome::Unavailable,
        )],
    };
    let situation = |(name, who, request, outcome)| Situation { name, gate, who, request, outcome };
    all.into_iter().map(situation).collect()
}

type Row = (&'static str, Who, Message, Outcome);

/// What a real gate can be asked.
fn real(gate: &Running) -> Vec<Row> {
    use Outcome::{Harmless, Passes, Refused};
    use Who::{Expired, Partner, Retiring, Revoked, Unknown, User};

    let secret = gate.secret(Partner);
    let partner = || pair(gate, Partner);
    let query = |name: &str| get(&format!("/v1/things?a=1&{name}={secret}"));
    vec![
        ("allowed, an account passcode", Partner, partner(), Passes),
        ("allowed, a user passcode", User, pair(gate, User), Passes),
        ("allowed, by a Bearer token", Partner, bearer(gate, Partner), Passes),
        ("allowed, with 100 KB", Partner, post(partner(), 100_000), Passes),
        ("allowed, with 100 KB in a chunk", Partner, chunked(post(partner(), 100_000)), Passes),
        ("allowed, a reset is about to end it", Retiring, pair(gate, Retiring), Passes),
        ("missing", Unknown, get("/v1/things?a=1"), Refused(401)),
        ("unknown", Unknown, pair(gate, Unknown), Refused(401)),
        ("unknown, by a Bearer token", Unknown, bearer(gate, Unknown), Refused(401)),
        ("unknown, with 100 KB", Unknown, post(pair(gate, Unknown), 100_000), Refused(401)),
        ("expired", Expired, pair(gate, Expired), Refused(401)),
        ("revoked", Revoked, pair(gate, Revoked), Refused(401)),
        ("two passcodes", Partner, partner().with(PASSCODE, &secret), Refused(401)),
        (
            "a passcode and a Bearer token",
            Partner,
            partner().with("Authorization", "Bearer x"),
            Refused(401),
        ),
        ("underscores alone", Partner, underscores(get("/v1/things?a=1"), &secret), Refused(401)),
        ("underscores beside a good passcode", Partner, underscores(partner(), FORGED), Harmless),
        ("?passcode=", Partner, query("passcode"), Refused(401)),
        ("?access_token=", Partner, query("access_token"), Refused(401)),
        ("forged identity", Partner, forge(partner(), "-"), Passes),
        ("forged identity of the other kind", User, forge(pair(gate, User), "-"), Passes),
        ("forged identity with underscores", Partner, forge(partner(), "_"), Passes),
        ("forged identity alone", Unknown, forge(get("/v1/things?a=1"), "-"), Refused(401)),
        ("forged X-Forwarded-For and the like", Partner, forwarded(partner()), Passes),
        (
            "forged X-Gatepass-Require-Scope",
            Partner,
            partner().with("X-Gatepass-Require-Scope", FORGED),
            Passes,
        ),
        ("Connection names the identity", Partner, partner().with("Connection", NAMED), Passes),
    ]
}

/// What only the stub does.
fn stub(gate: &Running) -> Vec<Row> {
    use Outcome::{Passes, Refused, Unavailable};
    use Who::{Drop, Hang, Limited, Slow, StoreGone, Sunset};

    let row = |name, who, outcome| (name, who, pair(gate, who), outcome);
    vec![
        row("too many requests", Limited, Refused(429)),
        ("too many requests, by a Bearer token", Limited, bearer(gate, Limited), Refused(429)),
        row("past its sunset", Sunset, Refused(410)),
        row("the gate is slow", Slow, Passes),
        row("the gate's store is gone", StoreGone, Unavailable),
        row("the gate hangs", Hang, Unavailable),
        row("the gate drops the connection", Drop, Unavailable),
    ]
}

/// The identity, as what goes no further than the next hop.
const NAMED: &str =
    "close, X-Gatepass-Account, X-Gatepass-Kind, X-CleverTap-Passcode, X-Forwarded-For";

fn get(path: &str) -> Message {
    Message::new(&format!("GET {path} HTTP/1.1")).with("Host", "api.example.com")
}

fn pair(gate: &Running, who: Who) -> Message {
    get("/v1/things?a=1").with(ACCOUNT_ID, ACCOUNT).with(PASSCODE, &gate.secret(who))
}

fn bearer(gate: &Running, who: Who) -> Message {
    get("/v1/things?a=1").with("Authorization", &format!("Bearer {}", gate.secret(who)))
}

fn post(request: Message, length: usize) -> Message {
    let body: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
    Message { first: request.first.replace("GET", "POST"), ..request }.body(body)
}

fn chunked(request: Message) -> Message {
    request.with("Transfer-Encoding", "chunked")
}

fn underscores(request: Message, secret: &str) -> Message {
    request.with("X_CleverTap_Account_Id", ACCOUNT).with("X_CleverTap_Passcode", secret)
}

/// The same with every header that the gate may say, and what it demands, in the client's words.
fn forge(request: Message, sign: &str) -> Message {
    let names = [
        "Account",
        "Credential",
        "Kind",
        "Name",
        "User",
        "Scopes",
        "Expires",
        "Status",
        "Reason",
        "Error",
    ];
    names.into_iter().fold(request, |request, name| {
        request.with(&format!("X{sign}Gatepass{sign}{name}"), FORGED)
    })
}

fn forwarded(request: Message) -> Message {
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
    let request = request.with("Forwarded", &format!("for={FORGED}"));
    names.into_iter().fold(request, |request, name| request.with(name, FORGED))
}

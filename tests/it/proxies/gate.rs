//! Gates to put behind the proxies, and who comes to them.

use std::{net::SocketAddr, thread, time::Duration};

use crate::support::http::{Answer, Message, Server};

/// The account of everybody here.
pub const ACCOUNT: &str = "948-4KK-444Z";

/// Which gate a situation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// `gatepass serve`. Until it is there, the stub stands in for it.
    Real,
    /// One that also does what a real gate can't be made to do at will.
    Stub,
    /// The same, after it went.
    Gone,
}

/// How a gate says what nginx's `auth_request` has no ear for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// 401 and 403 alone, with the finer status in a header.
    Exact,
    /// Every status as it is.
    Full,
}

/// Who calls, by what becomes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Partner,
    User,
    Retiring,
    Unknown,
    Expired,
    Revoked,
    /// The rest is for the stub alone: one who is over the limit, one who is past a sunset, and what befalls a gate.
    Limited,
    Sunset,
    StoreGone,
    Slow,
    Hang,
    Drop,
}

/// How long the slow one takes: less than any proxy waits.
const SLOWLY: Duration = Duration::from_millis(300);

/// A gate that runs, until it goes.
pub struct Running {
    address: SocketAddr,
    server: Option<Server>,
}

impl Gate {
    /// Starts it.
    pub fn start(self, profile: Profile) -> Running {
        match self {
            Self::Real | Self::Stub | Self::Gone => {
                let server = Server::start(move |request| answer(request, profile));
                Running { address: server.address(), server: Some(server) }
            }
        }
    }
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// It goes, and its connections with it.
    pub fn go(&mut self) {
        self.server = None;
    }

    /// The secret of somebody.
    pub fn secret(&self, who: Who) -> String {
        secret(who)
    }

    /// Everything that the gate says about somebody: headers that the backend must see as they are, and no others.
    pub fn identity(&self, who: Who) -> Vec<(&'static str, String)> {
        identity(who).into_iter().map(|(name, value)| (name, value.to_owned())).collect()
    }

    /// Whether somebody's secret stands in a text.
    pub fn is_told(&self, text: &str) -> bool {
        EVERYBODY.into_iter().any(|who| text.contains(&self.secret(who)))
    }
}

const EVERYBODY: [Who; 12] = [
    Who::Partner,
    Who::User,
    Who::Retiring,
    Who::Unknown,
    Who::Expired,
    Who::Revoked,
    Who::Limited,
    Who::Sunset,
    Who::StoreGone,
    Who::Slow,
    Who::Hang,
    Who::Drop,
];

fn secret(who: Who) -> String {
    format!("secret-of-{who:?}")
}

fn identity(who: Who) -> Vec<(&'static str, &'static str)> {
    let account = ("X-Gatepass-Account", ACCOUNT);
    let expires = ("X-Gatepass-Expires", "2027-01-31T00:00:00Z");
    match who {
        Who::User => vec![
            account,
            expires,
            ("X-Gatepass-Credential", "pc_user"),
            ("X-Gatepass-Kind", "user"),
            ("X-Gatepass-User", "ann%40example.com"),
        ],
        Who::Retiring => vec![
            account,
            expires,
            ("X-Gatepass-Credential", "pc_retiring"),
            ("X-Gatepass-Kind", "account"),
            ("X-Gatepass-Name", "retiring"),
        ],
        _ => vec![
            account,
            ("X-Gatepass-Credential", "pc_partner"),
            ("X-Gatepass-Kind", "account"),
            ("X-Gatepass-Name", "partner%20%C3%A9"),
            ("X-Gatepass-Scopes", "read:students read:sections"),
        ],
    }
}

/// What the stub answers: the contract of `gatepass serve`, in as few words as will do.
fn answer(request: &Message, profile: Profile) -> Answer {
    let refused =
        |status, reason, error| Answer::Say(refusal(request, profile, status, reason, error));
    let given =
        |names: &[&str]| names.iter().flat_map(|name| request.all(name)).collect::<Vec<_>>();
    let uris = given(&["x-forwarded-uri", "x-original-uri"]);
    let in_query = |uri: &str| uri.contains("passcode=") || uri.contains("access_token=");
    if request.headers.iter().any(|(name, _)| name.to_lowercase().contains("x_clevertap")) {
        return refused(401, "duplicate", "Passcode Invalid");
    }
    if uris.into_iter().chain([request.word(1)]).any(in_query) {
        return refused(401, "in_query", "Passcode Invalid");
    }
    let secrets = given(&["x-clevertap-passcode", "authorization"]);
    let [presented] = secrets.as_slice() else {
        let reason = if secrets.is_empty() { "missing" } else { "duplicate" };
        return refused(401, reason, "Passcode Invalid");
    };
    let presented = presented.strip_prefix("Bearer ").unwrap_or(presented);
    let Some(who) = EVERYBODY.into_iter().find(|who| secret(*who) == presented) else {
        return refused(401, "unknown", "Passcode Invalid");
    };
    match who {
        Who::Unknown => return refused(401, "unknown", "Passcode Invalid"),
        Who::Expired => return refused(401, "expired", "Passcode Expired"),
        Who::Revoked => return refused(401, "revoked", "Passcode Invalid"),
        Who::Limited => return refused(429, "too_many", "Too many concurrent requests"),
        Who::Sunset => return refused(410, "sunset", "Passcode Expired"),
        Who::StoreGone => return refused(503, "store", "Service Unavailable"),
        Who::Hang => return Answer::Hang,
        Who::Drop => return Answer::Drop,
        Who::Slow => thread::sleep(SLOWLY),
        Who::Partner | Who::User | Who::Retiring => {}
    }
    let held = identity(who).into_iter().find(|(name, _)| *name == "X-Gatepass-Scopes");
    let mut held = held.map(|(_, scopes)| scopes).unwrap_or_default().split(' ');
    if !given(&["x-gatepass-require-scope"]).into_iter().all(|scope| held.any(|one| one == scope)) {
        return refused(403, "scope_missing", "Passcode Invalid");
    }
    let mut allowed = Message::new("HTTP/1.1 200 OK");
    for (name, value) in identity(who) {
        allowed = allowed.with(name, value);
    }
    if who == Who::Retiring {
        allowed = allowed
            .with("Deprecation", "@1795327200")
            .with("Sunset", "Sun, 29 Nov 2026 06:00:00 GMT");
    }
    Answer::Say(allowed)
}

fn refusal(request: &Message, profile: Profile, status: u16, reason: &str, error: &str) -> Message {
    let sent = if profile == Profile::Exact && [410, 429].contains(&status) { 403 } else { status };
    let bearer = request.one("authorization").is_some();
    let (kind, body) = if bearer {
        ("application/json", r#"{"error":"invalid_token"}"#.to_owned())
    } else {
        let body = format!(r#"{{"status":"fail","error":"{error}","code":{status}}}"#);
        ("application/json;charset=utf-8", body)
    };
    let mut refusal = Message::new(&format!("HTTP/1.1 {sent} Refused"))
        .with("X-Gatepass-Status", &status.to_string())
        .with("X-Gatepass-Reason", reason)
        .with("X-Gatepass-Error", error)
        .with("Content-Type", kind)
        .body(body);
    if status == 401 {
        let word = if bearer { r#", error="invalid_token""# } else { "" };
        refusal = refusal.with("WWW-Authenticate", &format!(r#"Bearer realm="gatepass"{word}"#));
    }
    if status == 429 {
        refusal = refusal.with("Retry-After", "7");
    }
    refusal
}

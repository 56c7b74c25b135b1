//! The stub: a gate that does what a real one can't be made to do at will.

use std::{thread, time::Duration};

use super::{
    backend::{LIMIT, told as told_of},
    cast::{APP, DISTRICT, SCOPES, Who, basic, identity, secret, told},
    gate::Profile,
};
use crate::support::http::{Answer, Message, Server};

/// How long the slow one takes: less than any proxy waits.
const SLOWLY: Duration = Duration::from_millis(300);

/// Starts one.
pub fn start(profile: Profile) -> Server {
    Server::start(move |request| match request.word(1).starts_with("/verify") {
        true => answer(request, profile),
        false => Answer::Say(answer_app(request)),
    })
}

/// The contract of `gatepass serve`, as far as these callers need it.
fn answer(request: &Message, profile: Profile) -> Answer {
    let refused = |status, reason, error| refusal(request, profile, status, reason, error);
    let who = caller(request);
    let answer = match who {
        Some(Who::Limited) => refused(429, "too_many", "Too many concurrent requests"),
        Some(Who::TokenLimited | Who::LegacyOver) => {
            refused(429, "rate_limited", "Too many requests")
        }
        Some(Who::Sunset | Who::LegacySunset) => refused(410, "legacy_sunset", "Gone"),
        Some(who @ (Who::Token | Who::Legacy | Who::LegacyLimited)) => match unmet(request) {
            Some(reason) => refused(403, reason, "Forbidden"),
            None => allowed(who),
        },
        Some(Who::Slow) => {
            thread::sleep(SLOWLY);
            allowed(Who::Slow)
        }
        Some(Who::Hang) => return Answer::Hang,
        Some(Who::Drop) => return Answer::Drop,
        _ => refused(401, "unknown", "Passcode Invalid"),
    };
    let told = who.map(told).unwrap_or_default().into_iter();
    Answer::Say(told.fold(answer, |answer, name| answer.with(name, word_of(name))))
}

fn caller(request: &Message) -> Option<Who> {
    use Who::{
        Drop, Hang, Legacy, LegacyLimited, LegacyOver, LegacySunset, Limited, Slow, Sunset, Token,
        TokenLimited,
    };

    let authorization = request.one("authorization").unwrap_or_default();
    let bearer = authorization.strip_prefix("Bearer ");
    let presented = request.one("x-clevertap-passcode").or(bearer);
    let keys = [Legacy, LegacyLimited, LegacyOver, LegacySunset];
    let key = keys.into_iter().find(|who| basic(*who, "") == authorization);
    let others = [Token, TokenLimited, Limited, Sunset, Slow, Hang, Drop];
    key.or_else(|| others.into_iter().find(|who| Some(secret(*who)) == presented))
}

/// What the proxy demands and nobody here can offer.
fn unmet(request: &Message) -> Option<&'static str> {
    let demands = [
        ("x-gatepass-require-app", APP, "wrong_app"),
        ("x-gatepass-require-district", DISTRICT, "wrong_district"),
        ("x-gatepass-require-scope", SCOPES, "scope_missing"),
    ];
    let is_unmet = |(name, offered, _): &(&str, &str, &str)| {
        let offered: Vec<&str> = offered.split(' ').collect();
        request
            .all(name)
            .iter()
            .flat_map(|all| all.split(' '))
            .any(|one| !one.is_empty() && !offered.contains(&one))
    };
    demands.into_iter().find(is_unmet).map(|(_, _, reason)| reason)
}

fn allowed(who: Who) -> Message {
    let headers = identity(who).into_iter();
    headers.fold(Message::new("HTTP/1.1 200 OK"), |all, (name, value)| all.with(name, &value))
}

/// What it says in a header that callers are to see.
fn word_of(name: &str) -> &'static str {
    match name {
        "Deprecation" => "@1795328280",
        "Sunset" => "Tue, 01 Dec 2026 00:00:00 GMT",
        "Link" => r#"<https://api.example.com/sunset>; rel="sunset""#,
        "X-Ratelimit-Bucket" => "4fee004cca2e43cf2700028b",
        "X-Ratelimit-Limit" => "1200",
        "X-Ratelimit-Remaining" => "0",
        _ => "1795328340",
    }
}

fn refusal(request: &Message, profile: Profile, status: u16, reason: &str, error: &str) -> Message {
    let sent = if profile == Profile::Exact && [410, 429].contains(&status) { 403 } else { status };
    let authorization = request.one("authorization").unwrap_or_default();
    let (kind, body) = match authorization.split(' ').next() {
        Some("Bearer") => ("application/json", r#"{"error":"invalid_token"}"#.to_owned()),
        Some("Basic") if status == 429 => ("application/json", String::new()),
        Some("Basic") => ("application/json", format!(r#"{{"error":"{reason}"}}"#)),
        _ => {
            let body = format!(r#"{{"status":"fail","error":"{error}","code":{status}}}"#);
            ("application/json;charset=utf-8", body)
        }
    };
    let refusal = Message::new(&format!("HTTP/1.1 {sent} Refused"))
        .with("X-Gatepass-Status", &status.to_string())
        .with("X-Gatepass-Reason", reason)
        .with("X-Gatepass-Error", error)
        .with("Content-Type", kind)
        .body(body);
    match status {
        401 | 403 => refusal.with("WWW-Authenticate", &challenge(reason)),
        429 => refusal.with("Retry-After", "7"),
        _ => refusal,
    }
}

fn challenge(reason: &str) -> String {
    let error = match reason {
        "scope_missing" => r#"error="insufficient_scope", scope="read:sections""#,
        _ => r#"error="invalid_token""#,
    };
    format!(r#"Bearer realm="gatepass", {error}"#)
}

/// Answers an app with its own question, but for the secret; who is nobody is told so.
fn answer_app(request: &Message) -> Message {
    let login = request.one("authorization").unwrap_or_default();
    let known = [basic(Who::App, ""), format!("Bearer {}", secret(Who::Token))];
    let mut asked = request.clone();
    asked.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    let is_open = request.word(1) == "/openapi.json";
    let mut answer = told_of(&asked);
    if !is_open && !known.iter().any(|one| one == login) {
        answer.first = "HTTP/1.1 401 Unauthorized".to_owned();
        answer = answer.with("WWW-Authenticate", r#"Basic realm="gatepass""#);
    }
    // What it says to proxies stays with them.
    let answer = answer.with("X-Gatepass-Reason", "allowed");
    LIMIT.iter().fold(answer, |answer, name| answer.with(name, word_of(name)))
}

//! The stub: a gate that does what a real one can't be made to do at will.

use std::{thread, time::Duration};

use super::{
    backend::{LIMIT, told as told_of},
    cast::{Who, basic, identity, login, secret, told},
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
        Some(Who::TokenOver | Who::LegacyOver) => refused(429, "rate_limited", "Too many requests"),
        Some(Who::Token) => allowed(Who::Token),
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
    use Who::{Drop, Hang, LegacyOver, Limited, Slow, Token, TokenOver};

    let authorization = request.one("authorization").unwrap_or_default();
    let bearer = authorization.strip_prefix("Bearer ");
    let presented = request.one("x-clevertap-passcode").or(bearer);
    let key = Some(LegacyOver).filter(|who| basic(*who, "") == authorization);
    let others = [Token, TokenOver, Limited, Slow, Hang, Drop];
    key.or_else(|| others.into_iter().find(|who| Some(secret(*who)) == presented))
}

fn allowed(who: Who) -> Message {
    let headers = identity(who).into_iter();
    headers.fold(Message::new("HTTP/1.1 200 OK"), |all, (name, value)| all.with(name, &value))
}

/// What it says in a header that callers are to see.
fn word_of(name: &str) -> &'static str {
    match name {
        "X-Ratelimit-Bucket" => "tk_59f2a1c0d4e86b7310000001",
        "X-Ratelimit-Limit" => "1200",
        "X-Ratelimit-Remaining" => "0",
        _ => "1795328340",
    }
}

fn refusal(request: &Message, profile: Profile, status: u16, reason: &str, error: &str) -> Message {
    let sent = if profile == Profile::Exact && [410, 429].contains(&status) { 403 } else { status };
    let authorization = request.one("authorization").unwrap_or_default();
    let (kind, body) = match authorization.split(' ').next() {
        Some("Basic") if status == 429 => ("application/json", String::new()),
        Some("Basic" | "Bearer") => ("application/json", format!(r#"{{"error":"{reason}"}}"#)),
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
        401 if authorization.starts_with("Basic ") => refusal.with("WWW-Authenticate", BASIC),
        401 => refusal.with("WWW-Authenticate", BEARER),
        429 => refusal.with("Retry-After", "7"),
        _ => refusal,
    }
}

const BASIC: &str = r#"Basic realm="gatepass""#;
const BEARER: &str = r#"Bearer realm="gatepass", error="invalid_token""#;

/// Answers an app with its own question, but for the secret; who is nobody is told so.
fn answer_app(request: &Message) -> Message {
    let presented = request.one("authorization").unwrap_or_default();
    let known = [login(), format!("Bearer {}", secret(Who::Token))];
    let mut asked = request.clone();
    asked.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    let is_open = request.word(1) == "/openapi.json";
    let mut answer = told_of(&asked);
    if !is_open && !known.iter().any(|one| one == presented) {
        answer.first = "HTTP/1.1 401 Unauthorized".to_owned();
        answer = answer.with("WWW-Authenticate", BASIC);
    }
    // What it says to proxies stays with them.
    let answer = answer.with("X-Gatepass-Reason", "allowed");
    LIMIT.iter().fold(answer, |answer, name| answer.with(name, word_of(name)))
}

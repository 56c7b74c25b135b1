//! The stub: a gate that does what a real one can't be made to do at will.

use std::{thread, time::Duration};

use super::{
    cast::{Who, identity, secret},
    gate::Profile,
};
use crate::support::http::{Answer, Message, Server};

/// How long the slow one takes: less than any proxy waits.
const SLOWLY: Duration = Duration::from_millis(300);

/// Starts one.
pub fn start(profile: Profile) -> Server {
    Server::start(move |request| answer(request, profile))
}

/// The contract of `gatepass serve`, as far as these callers need it.
fn answer(request: &Message, profile: Profile) -> Answer {
    let refused = |status, reason, error| refusal(request, profile, status, reason, error);
    Answer::Say(match caller(request) {
        Some(Who::Limited) => refused(429, "too_many", "Too many concurrent requests"),
        Some(Who::Sunset) => refused(410, "sunset", "Passcode Expired"),
        Some(Who::Slow) => {
            thread::sleep(SLOWLY);
            let allowed = Message::new("HTTP/1.1 200 OK");
            identity(Who::Slow)
                .into_iter()
                .fold(allowed, |all, (name, value)| all.with(name, &value))
        }
        Some(Who::Hang) => return Answer::Hang,
        Some(Who::Drop) => return Answer::Drop,
        _ => refused(401, "unknown", "Passcode Invalid"),
    })
}

fn caller(request: &Message) -> Option<Who> {
    let bearer = || request.one("authorization")?.strip_prefix("Bearer ");
    let presented = request.one("x-clevertap-passcode").or_else(bearer)?;
    [Who::Limited, Who::Sunset, Who::Slow, Who::Hang, Who::Drop]
        .into_iter()
        .find(|who| secret(*who) == presented)
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
    let refusal = Message::new(&format!("HTTP/1.1 {sent} Refused"))
        .with("X-Gatepass-Status", &status.to_string())
        .with("X-Gatepass-Reason", reason)
        .with("X-Gatepass-Error", error)
        .with("Content-Type", kind)
        .body(body);
    match status {
        401 => refusal.with("WWW-Authenticate", r#"Bearer realm="gatepass""#),
        429 => refusal.with("Retry-After", "7"),
        _ => refusal,
    }
}

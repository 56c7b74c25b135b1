//! The stub: a gate for what a real one can't be made to do at will.

use std::{thread, time::Duration};

use super::{
    backend::{RATE_LIMIT_HEADERS, echo_request},
    callers::{Caller, app_login, basic, gate_response_headers, identity, secret},
    gate::Profile,
};
use crate::support::http::{HttpMessage, ServerReply, TestServer};

/// How long a slow response takes: less than any proxy waits.
const SLOW_DELAY: Duration = Duration::from_millis(300);

/// Starts a stub.
pub fn start(profile: Profile) -> TestServer {
    TestServer::start(move |request| match request.start_line_word(1).starts_with("/verify") {
        true => reply(request, profile),
        false => ServerReply::Respond(app_response(request)),
    })
}

/// Responds as `gatepass serve` would to these callers.
fn reply(request: &HttpMessage, profile: Profile) -> ServerReply {
    let refused = |status, reason, error| rejection(request, profile, status, reason, error);
    let who = caller(request);
    let response = match who {
        Some(Caller::TooManyRequests) => refused(429, "too_many", "Too many concurrent requests"),
        Some(Caller::TokenRateLimited | Caller::LegacyRateLimited) => {
            refused(429, "rate_limited", "Too many requests")
        }
        Some(Caller::Token) => allowed(Caller::Token),
        Some(Caller::Slow) => {
            thread::sleep(SLOW_DELAY);
            allowed(Caller::Slow)
        }
        Some(Caller::Hang) => return ServerReply::Hang,
        Some(Caller::Drop) => return ServerReply::Drop,
        _ => refused(401, "unknown", "Passcode Invalid"),
    };
    let headers = who.map(gate_response_headers).unwrap_or_default().into_iter();
    ServerReply::Respond(
        headers.fold(response, |response, name| response.with(name, value_of(name))),
    )
}

fn caller(request: &HttpMessage) -> Option<Caller> {
    use Caller::{Drop, Hang, LegacyRateLimited, Slow, Token, TokenRateLimited, TooManyRequests};

    let authorization = request.single("authorization").unwrap_or_default();
    let bearer = authorization.strip_prefix("Bearer ");
    let presented = request.single("x-clevertap-passcode").or(bearer);
    let key = Some(LegacyRateLimited).filter(|who| basic(*who, "") == authorization);
    let others = [Token, TokenRateLimited, TooManyRequests, Slow, Hang, Drop];
    key.or_else(|| others.into_iter().find(|who| Some(secret(*who)) == presented))
}

fn allowed(who: Caller) -> HttpMessage {
    let headers = identity(who).into_iter();
    headers.fold(HttpMessage::new("HTTP/1.1 200 OK"), |all, (name, value)| all.with(name, &value))
}

/// Returns the value of a header that clients get.
fn value_of(name: &str) -> &'static str {
    match name {
        "X-Ratelimit-Bucket" => "tk_59f2a1c0d4e86b7310000001",
        "X-Ratelimit-Limit" => "1200",
        "X-Ratelimit-Remaining" => "0",
        _ => "1795328340",
    }
}

fn rejection(
    request: &HttpMessage,
    profile: Profile,
    status: u16,
    reason: &str,
    error: &str,
) -> HttpMessage {
    let sent = if profile == Profile::Exact && [410, 429].contains(&status) { 403 } else { status };
    let authorization = request.single("authorization").unwrap_or_default();
    let (kind, body) = match authorization.split(' ').next() {
        Some("Basic") if status == 429 => ("application/json", String::new()),
        Some("Basic" | "Bearer") => ("application/json", format!(r#"{{"error":"{reason}"}}"#)),
        _ => {
            let body = format!(r#"{{"status":"fail","error":"{error}","code":{status}}}"#);
            ("application/json;charset=utf-8", body)
        }
    };
    let refusal = HttpMessage::new(&format!("HTTP/1.1 {sent} Refused"))
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

/// Responds to an app with its own request, without the secret; without a login, as 401.
fn app_response(request: &HttpMessage) -> HttpMessage {
    let presented = request.single("authorization").unwrap_or_default();
    let known = [app_login(), format!("Bearer {}", secret(Caller::Token))];
    let mut shown = request.clone();
    shown.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    let is_open = request.start_line_word(1) == "/openapi.json";
    let mut response = echo_request(&shown);
    if !is_open && !known.iter().any(|one| one == presented) {
        response.start_line = "HTTP/1.1 401 Unauthorized".to_owned();
        response = response.with("WWW-Authenticate", BASIC);
    }
    // The proxy must remove this header.
    let response = response.with("X-Gatepass-Reason", "allowed");
    RATE_LIMIT_HEADERS.iter().fold(response, |response, name| response.with(name, value_of(name)))
}

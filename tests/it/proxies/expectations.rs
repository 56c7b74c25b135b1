//! What is wrong with the outcome of a scenario.

use serde_json::Value;

use super::{
    backend::{OWN_SERVER, RATE_LIMIT_HEADERS, echoed},
    callers::{contains_secret, gate_response_headers, identity},
    gate::Gate,
    scenario::{CLIENT, ExpectedOutcome, FORGED_VALUE, Scenario},
};
use crate::support::http::HttpMessage;

/// The outcome of a request.
pub struct Observed {
    /// The response that the client got.
    pub response: HttpMessage,
    /// How many requests reached the backend.
    pub reached: usize,
    /// The line of the gate's log about its decision; `None` if it made none.
    pub decision: Option<Value>,
}

/// Returns everything that is wrong with the outcome of a scenario.
pub fn problems(scenario: &Scenario, observed: &Observed) -> Vec<String> {
    let Observed { response, reached, decision } = observed;
    let status = response.status();
    let is_by_gate = *reached == 0 && is_for_apps(response);
    let is_expected = match scenario.outcome {
        ExpectedOutcome::Passes => *reached == 1 && status == 200,
        ExpectedOutcome::Refused(expected) => *reached == 0 && status == expected,
        ExpectedOutcome::RejectedOrStripped => match reached {
            0 => status == 401 || is_by_gate,
            _ => *reached == 1 && status == 200,
        },
        ExpectedOutcome::Answered => *reached == 0 && is_by_gate,
        ExpectedOutcome::TooLarge => *reached == 0 && [413, 502].contains(&status),
        ExpectedOutcome::Unavailable => *reached == 0 && (500..600).contains(&status),
    };
    let mut wrong = Vec::new();
    if !is_expected {
        wrong.push(format!("{:?}, but {status} and {reached} at the backend", scenario.outcome));
    }
    let seen = echoed(response).filter(|_| *reached > 0);
    match &seen {
        Some(seen) => check_passed(scenario, response, seen, &mut wrong),
        None if is_by_gate => check_answered(scenario, response, &mut wrong),
        None if scenario.outcome == ExpectedOutcome::TooLarge => {
            let kind = response.single("content-type").unwrap_or_default();
            if !kind.starts_with("application/json") {
                wrong.push(format!("the client receives {kind}"));
            }
        }
        None => check_refused(scenario, response, &mut wrong),
    }
    if let Some((name, _)) = response.headers.iter().find(|(name, _)| is_for_proxies(name)) {
        wrong.push(format!("the client sees {name}"));
    }
    let is_decided = [Gate::Real, Gate::StoreMissing].contains(&scenario.gate);
    if is_decided
        && ![ExpectedOutcome::Answered, ExpectedOutcome::TooLarge].contains(&scenario.outcome)
    {
        let decision = decision.as_ref().unwrap_or(&Value::Null);
        check_decision(scenario, decision, seen.as_ref(), &mut wrong);
    }
    if contains_secret(&text(response)) {
        wrong.push("the response contains a secret".to_owned());
    }
    wrong
}

/// Checks that the gate decided about the request that the client sent, and logged it as such.
fn check_decision(
    scenario: &Scenario,
    decision: &Value,
    seen: Option<&HttpMessage>,
    wrong: &mut Vec<String>,
) {
    let sent = &scenario.request;
    let path = sent.start_line_word(1).split('?').next().unwrap_or_default();
    let is_same_request =
        seen.is_none_or(|seen| seen.single("x-request-id") == decision["request_id"].as_str());
    let is_right = decision["peer"] == CLIENT.to_string()
        && decision["method"] == sent.start_line_word(0)
        && decision["path"] == path
        && decision["allowed"] == seen.is_some()
        && is_same_request;
    if !is_right || contains_secret(&decision.to_string()) {
        wrong.push(format!("the gate logs {decision}"));
    }
}

/// Checks the request as the backend got it, and the response as the client got it.
fn check_passed(
    scenario: &Scenario,
    response: &HttpMessage,
    seen: &HttpMessage,
    wrong: &mut Vec<String>,
) {
    let lower = |(name, value): &(String, String)| (name.to_lowercase(), value.clone());
    let headers: Vec<(String, String)> = seen.headers.iter().map(lower).collect();
    let is_set = |(_, value): &&(String, String)| !value.is_empty();
    let is_ours = |(name, _): &&(String, String)| name.contains("gatepass");
    let mut received: Vec<_> = headers.iter().filter(is_ours).filter(is_set).cloned().collect();
    let own = |(name, value): (&str, String)| (name.to_lowercase(), value);
    let mut expected: Vec<_> = identity(scenario.who).into_iter().map(own).collect();
    received.sort();
    expected.sort();
    if received != expected {
        wrong.push(format!("the backend sees {received:?} instead of {expected:?}"));
    }
    for (name, value) in headers.iter().filter(is_set) {
        let is_secret = name.contains("clevertap") || name == "authorization";
        let is_for_the_gate = ["x-forwarded-uri", "x-forwarded-method"].contains(&name.as_str());
        if is_secret || is_for_the_gate || name.starts_with("x_") || value.contains(FORGED_VALUE) {
            wrong.push(format!("the backend sees {name}: {value}"));
        }
    }
    check_forwarded_headers(scenario, seen, wrong);
    check_response_headers(response, (&gate_response_headers(scenario.who), &[OWN_SERVER]), wrong);
}

/// Checks that the request arrived as it was sent, and that the client's address came with it.
fn check_forwarded_headers(scenario: &Scenario, seen: &HttpMessage, wrong: &mut Vec<String>) {
    if seen.all("x-forwarded-for") != [CLIENT.to_string()] {
        wrong.push(format!("X-Forwarded-For is {:?}", seen.all("x-forwarded-for")));
    }
    if seen.single("x-request-id").is_none() {
        wrong.push("X-Request-Id is missing".to_owned());
    }
    let sent = &scenario.request;
    let sum: u64 = sent.body.iter().map(|byte| u64::from(*byte)).sum();
    let body = format!("{} {sum}", sent.body.len());
    // After a path traversal, the path arrives as the proxy understood it.
    let is_same = sent.start_line.starts_with(&seen.start_line)
        || scenario.outcome == ExpectedOutcome::RejectedOrStripped;
    if !is_same || seen.body != body.as_bytes() {
        wrong.push(format!("{} with {body} arrives", seen.start_line));
    }
}

/// Checks that the headers of the gate about limits and deprecation occur once, whatever the backend sends itself.
fn check_response_headers(
    response: &HttpMessage,
    (by_gate, by_backend): (&[&str], &[&str]),
    wrong: &mut Vec<String>,
) {
    for name in RATE_LIMIT_HEADERS.into_iter().chain(["Deprecation", "Sunset", "Link"]) {
        let from_backend =
            by_backend.iter().filter(|_| RATE_LIMIT_HEADERS.contains(&name) || name == "Link");
        let is_own = |value: &&&str| value.contains(OWN_SERVER);
        let all = response.all(name);
        let (owns, others) = (all.iter().filter(is_own).count(), all.len());
        let (is_sent, is_limit) = (by_gate.contains(&name), RATE_LIMIT_HEADERS.contains(&name));
        // The gate's headers about a limit replace the backend's; its other headers are added to them.
        let expected_own = if is_sent && is_limit { 0 } else { from_backend.count() };
        if (owns, others - owns) != (expected_own, usize::from(is_sent)) {
            wrong.push(format!("the client receives {name} {all:?}"));
        }
    }
}

/// Checks a response of the gate itself, which the stub makes of the request as it arrived there.
fn check_answered(scenario: &Scenario, response: &HttpMessage, wrong: &mut Vec<String>) {
    let Some(seen) = echoed(response) else {
        return check_response_headers(
            response,
            (&gate_response_headers(scenario.who), &[]),
            wrong,
        );
    };
    check_forwarded_headers(scenario, &seen, wrong);
    if seen.start_line_word(1).contains("/verify") {
        wrong.push(format!("the gate receives {}", seen.start_line));
    }
    let is_trusted_by_gate = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with("x-forwarded-")
            || name.starts_with("x-original-")
            || name.starts_with("x-gatepass-require-")
            || name == "x-request-id"
    };
    for (name, value) in &seen.headers {
        if is_trusted_by_gate(name) && value.contains(FORGED_VALUE) {
            wrong.push(format!("the gate receives {name}: {value}"));
        }
    }
    if RATE_LIMIT_HEADERS.iter().any(|name| response.single(name).is_none()) {
        wrong.push(format!("the client receives {:?}", response.headers));
    }
    let challenge = response.single("www-authenticate");
    if (response.status() == 401) != (challenge == Some("Basic realm=\"gatepass\"")) {
        wrong.push(format!("a challenge of {challenge:?}"));
    }
}

/// Returns whether a gate responded to an app: the stub with the request, a real one with tokens.
pub fn is_for_apps(response: &HttpMessage) -> bool {
    let text = String::from_utf8_lossy(&response.body);
    let is_real =
        ["{\"data\":[{\"id\":", "{\"client_id\":"].iter().any(|start| text.starts_with(start));
    is_real || echoed(response).is_some()
}

fn is_for_proxies(name: &str) -> bool {
    name.to_lowercase().contains("gatepass")
}

/// Checks a rejection as the client got it.
fn check_refused(scenario: &Scenario, response: &HttpMessage, wrong: &mut Vec<String>) {
    let status = response.status();
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let for_pair = body["status"] == "fail" && body["code"] == status && body["error"].is_string();
    // A reason, not a sentence.
    let for_bearer = body["error"].as_str().is_some_and(|error| !error.contains(' '));
    let authorization = scenario.request.single("authorization").unwrap_or_default();
    let is_key = authorization.starts_with("Basic ");
    let is_silent = is_key && status == 429 && response.body.is_empty();
    let is_understood = match authorization {
        "" => for_pair,
        _ if is_key && status == 429 => is_silent,
        _ if scenario.request.start_line_word(1).starts_with("/v3") => body["message"].is_string(),
        _ => for_bearer || for_pair,
    };
    let kind = response.single("content-type").unwrap_or_default();
    if !is_understood || !(is_silent || kind.starts_with("application/json")) {
        wrong.push(format!("the client receives {kind}: {body}"));
    }
    let challenge = response.single("www-authenticate");
    let scheme = if is_key { "Basic realm=" } else { "Bearer realm=" };
    if [401, 403].contains(&status) != challenge.is_some_and(|text| text.starts_with(scheme)) {
        wrong.push(format!("a challenge of {:?}", response.all("www-authenticate")));
    }
    let is_bearer = authorization.starts_with("Bearer ")
        && scenario.request.single("x-clevertap-passcode").is_none();
    if is_bearer && challenge.is_some_and(|text| !text.contains(", error=\"")) {
        wrong.push(format!("a challenge without an error: {challenge:?}"));
    }
    if status == 429 && response.single("retry-after") != Some("7") {
        wrong.push(format!("Retry-After is {:?}", response.all("retry-after")));
    }
    // A rejection has headers about a limit only if the limit is its cause.
    let by_gate = if status == 429 { gate_response_headers(scenario.who) } else { Vec::new() };
    check_response_headers(response, (&by_gate, &[]), wrong);
}

fn text(response: &HttpMessage) -> String {
    format!("{:?} {}", response.headers, String::from_utf8_lossy(&response.body))
}

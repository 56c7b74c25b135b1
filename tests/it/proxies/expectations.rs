//! What is wrong with the outcome of a situation.

use serde_json::Value;

use super::{
    backend::{OWN_SERVER, RATE_LIMIT_HEADERS, echoed},
    callers::{contains_secret, gate_response_headers, identity},
    gate::Gate,
    scenario::{CLIENT, ExpectedOutcome, FORGED_VALUE, Scenario},
};
use crate::support::http::HttpMessage;

/// What became of a request.
pub struct Observed {
    /// What the client heard.
    pub answer: HttpMessage,
    /// How many requests reached the backend.
    pub reached: usize,
    /// What the gate told of its decision.
    pub decision: Option<Value>,
}

/// Everything that is wrong.
pub fn problems(situation: &Scenario, became: &Observed) -> Vec<String> {
    let Observed { answer, reached, decision } = became;
    let status = answer.status();
    let is_by_gate = *reached == 0 && is_for_apps(answer);
    let is_expected = match situation.outcome {
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
        wrong.push(format!("{:?}, but {status} and {reached} at the backend", situation.outcome));
    }
    let seen = echoed(answer).filter(|_| *reached > 0);
    match &seen {
        Some(seen) => check_passed(situation, answer, seen, &mut wrong),
        None if is_by_gate => check_answered(situation, answer, &mut wrong),
        None if situation.outcome == ExpectedOutcome::TooLarge => {
            let kind = answer.single("content-type").unwrap_or_default();
            if !kind.starts_with("application/json") {
                wrong.push(format!("the client hears {kind}"));
            }
        }
        None => check_refused(situation, answer, &mut wrong),
    }
    if let Some((name, _)) = answer.headers.iter().find(|(name, _)| is_for_proxies(name)) {
        wrong.push(format!("the client sees {name}"));
    }
    let is_decided = [Gate::Real, Gate::StoreMissing].contains(&situation.gate);
    if is_decided
        && ![ExpectedOutcome::Answered, ExpectedOutcome::TooLarge].contains(&situation.outcome)
    {
        let decision = decision.as_ref().unwrap_or(&Value::Null);
        check_decision(situation, decision, seen.as_ref(), &mut wrong);
    }
    if contains_secret(&text(answer)) {
        wrong.push("the secret comes out again".to_owned());
    }
    wrong
}

/// The gate decides about the request that the client sent, and tells of it as such.
fn check_decision(
    situation: &Scenario,
    decision: &Value,
    seen: Option<&HttpMessage>,
    wrong: &mut Vec<String>,
) {
    let sent = &situation.request;
    let path = sent.start_line_word(1).split('?').next().unwrap_or_default();
    let is_same_request =
        seen.is_none_or(|seen| seen.single("x-request-id") == decision["request_id"].as_str());
    let is_true = decision["peer"] == CLIENT.to_string()
        && decision["method"] == sent.start_line_word(0)
        && decision["path"] == path
        && decision["allowed"] == seen.is_some()
        && is_same_request;
    if !is_true || contains_secret(&decision.to_string()) {
        wrong.push(format!("the gate tells {decision}"));
    }
}

/// The request as the backend saw it.
fn check_passed(
    situation: &Scenario,
    answer: &HttpMessage,
    seen: &HttpMessage,
    wrong: &mut Vec<String>,
) {
    let lower = |(name, value): &(String, String)| (name.to_lowercase(), value.clone());
    let headers: Vec<(String, String)> = seen.headers.iter().map(lower).collect();
    let is_said = |(_, value): &&(String, String)| !value.is_empty();
    let is_ours = |(name, _): &&(String, String)| name.contains("gatepass");
    let mut said: Vec<_> = headers.iter().filter(is_ours).filter(is_said).cloned().collect();
    let own = |(name, value): (&str, String)| (name.to_lowercase(), value);
    let mut expected: Vec<_> = identity(situation.who).into_iter().map(own).collect();
    said.sort();
    expected.sort();
    if said != expected {
        wrong.push(format!("the backend sees {said:?} instead of {expected:?}"));
    }
    for (name, value) in headers.iter().filter(is_said) {
        let is_secret = name.contains("clevertap") || name == "authorization";
        let is_for_the_gate = ["x-forwarded-uri", "x-forwarded-method"].contains(&name.as_str());
        if is_secret || is_for_the_gate || name.starts_with("x_") || value.contains(FORGED_VALUE) {
            wrong.push(format!("the backend sees {name}: {value}"));
        }
    }
    check_forwarded_headers(situation, seen, wrong);
    check_response_headers(answer, (&gate_response_headers(situation.who), &[OWN_SERVER]), wrong);
}

/// The request as it was sent, by who it came from.
fn check_forwarded_headers(situation: &Scenario, seen: &HttpMessage, wrong: &mut Vec<String>) {
    if seen.all("x-forwarded-for") != [CLIENT.to_string()] {
        wrong.push(format!("X-Forwarded-For is {:?}", seen.all("x-forwarded-for")));
    }
    if seen.single("x-request-id").is_none() {
        wrong.push("there is no X-Request-Id".to_owned());
    }
    let sent = &situation.request;
    let sum: u64 = sent.body.iter().map(|byte| u64::from(*byte)).sum();
    let body = format!("{} {sum}", sent.body.len());
    // On a way around, the path arrives as the proxy understood it.
    let is_same = sent.start_line.starts_with(&seen.start_line)
        || situation.outcome == ExpectedOutcome::RejectedOrStripped;
    if !is_same || seen.body != body.as_bytes() {
        wrong.push(format!("what arrives is {} with {body}", seen.start_line));
    }
}

/// What the gate tells callers beside the answer, once, whatever the backend says itself.
fn check_response_headers(
    answer: &HttpMessage,
    (told, own): (&[&str], &[&str]),
    wrong: &mut Vec<String>,
) {
    for name in RATE_LIMIT_HEADERS.into_iter().chain(["Deprecation", "Sunset", "Link"]) {
        let by_backend =
            own.iter().filter(|_| RATE_LIMIT_HEADERS.contains(&name) || name == "Link");
        let is_own = |value: &&&str| value.contains(OWN_SERVER);
        let all = answer.all(name);
        let (owns, others) = (all.iter().filter(is_own).count(), all.len());
        let (is_told, is_limit) = (told.contains(&name), RATE_LIMIT_HEADERS.contains(&name));
        // The gate's words about a limit take the place of the backend's; others stand beside them.
        let expected_own = if is_told && is_limit { 0 } else { by_backend.count() };
        if (owns, others - owns) != (expected_own, usize::from(is_told)) {
            wrong.push(format!("the client hears {name} {all:?}"));
        }
    }
}

/// The gate's own answer, which tells of the question as it arrived there.
fn check_answered(situation: &Scenario, answer: &HttpMessage, wrong: &mut Vec<String>) {
    let Some(seen) = echoed(answer) else {
        return check_response_headers(answer, (&gate_response_headers(situation.who), &[]), wrong);
    };
    check_forwarded_headers(situation, &seen, wrong);
    if seen.start_line_word(1).contains("/verify") {
        wrong.push(format!("the gate is asked {}", seen.start_line));
    }
    let is_believed = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with("x-forwarded-")
            || name.starts_with("x-original-")
            || name.starts_with("x-gatepass-require-")
            || name == "x-request-id"
    };
    for (name, value) in &seen.headers {
        if is_believed(name) && value.contains(FORGED_VALUE) {
            wrong.push(format!("the gate hears {name}: {value}"));
        }
    }
    if RATE_LIMIT_HEADERS.iter().any(|name| answer.single(name).is_none()) {
        wrong.push(format!("the client hears {:?}", answer.headers));
    }
    let challenge = answer.single("www-authenticate");
    if (answer.status() == 401) != (challenge == Some("Basic realm=\"gatepass\"")) {
        wrong.push(format!("a challenge of {challenge:?}"));
    }
}

/// Whether the gate said this to an app: the stub, what was asked; a real one, what was asked for.
pub fn is_for_apps(answer: &HttpMessage) -> bool {
    let text = String::from_utf8_lossy(&answer.body);
    let is_told =
        ["{\"data\":[{\"id\":", "{\"client_id\":"].iter().any(|start| text.starts_with(start));
    is_told || echoed(answer).is_some()
}

fn is_for_proxies(name: &str) -> bool {
    name.to_lowercase().contains("gatepass")
}

/// The refusal as the client heard it.
fn check_refused(situation: &Scenario, answer: &HttpMessage, wrong: &mut Vec<String>) {
    let status = answer.status();
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let for_pair = body["status"] == "fail" && body["code"] == status && body["error"].is_string();
    // A word, not a sentence.
    let for_bearer = body["error"].as_str().is_some_and(|error| !error.contains(' '));
    let authorization = situation.request.single("authorization").unwrap_or_default();
    let is_key = authorization.starts_with("Basic ");
    let is_silent = is_key && status == 429 && answer.body.is_empty();
    let is_understood = match authorization {
        "" => for_pair,
        _ if is_key && status == 429 => is_silent,
        _ if situation.request.start_line_word(1).starts_with("/v3") => body["message"].is_string(),
        _ => for_bearer || for_pair,
    };
    let kind = answer.single("content-type").unwrap_or_default();
    if !is_understood || !(is_silent || kind.starts_with("application/json")) {
        wrong.push(format!("the client hears {kind}: {body}"));
    }
    let challenge = answer.single("www-authenticate");
    let scheme = if is_key { "Basic realm=" } else { "Bearer realm=" };
    if [401, 403].contains(&status) != challenge.is_some_and(|text| text.starts_with(scheme)) {
        wrong.push(format!("a challenge of {:?}", answer.all("www-authenticate")));
    }
    let is_bearer = authorization.starts_with("Bearer ")
        && situation.request.single("x-clevertap-passcode").is_none();
    if is_bearer && challenge.is_some_and(|text| !text.contains(", error=\"")) {
        wrong.push(format!("a challenge without a word for it: {challenge:?}"));
    }
    if status == 429 && answer.single("retry-after") != Some("7") {
        wrong.push(format!("Retry-After is {:?}", answer.all("retry-after")));
    }
    // Who is refused is told of a limit where that is why.
    let told = if status == 429 { gate_response_headers(situation.who) } else { Vec::new() };
    check_response_headers(answer, (&told, &[]), wrong);
}

fn text(answer: &HttpMessage) -> String {
    format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body))
}

//! What is wrong with the outcome of a situation.

use serde_json::Value;

use super::{
    backend::echoed,
    cast::{Who, identity, is_told},
    gate::Gate,
    situation::{CLIENT, FORGED, Outcome, Situation},
};
use crate::support::http::Message;

/// What became of a request.
pub struct Became {
    /// What the client heard.
    pub answer: Message,
    /// How many requests reached the backend.
    pub reached: usize,
    /// What the gate told of its decision.
    pub decision: Option<Value>,
}

/// Everything that is wrong.
pub fn complaints(situation: &Situation, became: &Became) -> Vec<String> {
    let Became { answer, reached, decision } = became;
    let status = answer.status();
    let is_expected = match situation.outcome {
        Outcome::Passes => *reached == 1 && status == 200,
        Outcome::Refused(expected) => *reached == 0 && status == expected,
        Outcome::Harmless => (*reached == 1 && status == 200) || (*reached == 0 && status == 401),
        Outcome::Unavailable => *reached == 0 && (500..600).contains(&status),
    };
    let mut wrong = Vec::new();
    if !is_expected {
        wrong.push(format!("{:?}, but {status} and {reached} at the backend", situation.outcome));
    }
    let seen = echoed(answer).filter(|_| *reached > 0);
    match &seen {
        Some(seen) => judge_passed(situation, answer, seen, &mut wrong),
        None => judge_refused(situation, answer, &mut wrong),
    }
    if [Gate::Real, Gate::Storeless].contains(&situation.gate) {
        let decision = decision.as_ref().unwrap_or(&Value::Null);
        judge_decision(situation, decision, seen.as_ref(), &mut wrong);
    }
    if is_told(&text(answer)) {
        wrong.push("the secret comes out again".to_owned());
    }
    wrong
}

/// The gate decides about the request that the client sent, and tells of it as such.
fn judge_decision(
    situation: &Situation,
    decision: &Value,
    seen: Option<&Message>,
    wrong: &mut Vec<String>,
) {
    let sent = &situation.request;
    let path = sent.word(1).split('?').next().unwrap_or_default();
    let is_same_request =
        seen.is_none_or(|seen| seen.one("x-request-id") == decision["request_id"].as_str());
    let is_true = decision["peer"] == CLIENT.to_string()
        && decision["method"] == sent.word(0)
        && decision["path"] == path
        && decision["allowed"] == seen.is_some()
        && is_same_request;
    if !is_true || is_told(&decision.to_string()) {
        wrong.push(format!("the gate tells {decision}"));
    }
}

/// The request as the backend saw it.
fn judge_passed(situation: &Situation, answer: &Message, seen: &Message, wrong: &mut Vec<String>) {
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
        if is_secret || is_for_the_gate || name.starts_with("x_") || value.contains(FORGED) {
            wrong.push(format!("the backend sees {name}: {value}"));
        }
    }
    if seen.all("x-forwarded-for") != [CLIENT.to_string()] {
        wrong.push(format!("X-Forwarded-For is {:?}", seen.all("x-forwarded-for")));
    }
    if seen.one("x-request-id").is_none() {
        wrong.push("there is no X-Request-Id".to_owned());
    }
    let sent = &situation.request;
    let sum: u64 = sent.body.iter().map(|byte| u64::from(*byte)).sum();
    let body = format!("{} {sum}", sent.body.len());
    if !sent.first.starts_with(&seen.first) || seen.body != body.as_bytes() {
        wrong.push(format!("the backend sees {} with {body}", seen.first));
    }
    let told = ["deprecation", "sunset"].map(|name| answer.one(name).is_some());
    if told != [situation.who == Who::Retiring; 2] {
        wrong.push(format!("Deprecation and Sunset are told: {told:?}"));
    }
}

/// The refusal as the client heard it.
fn judge_refused(situation: &Situation, answer: &Message, wrong: &mut Vec<String>) {
    let status = answer.status();
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let for_pair = body["status"] == "fail" && body["code"] == status && body["error"].is_string();
    // A word, not a sentence.
    let for_bearer = body["error"].as_str().is_some_and(|error| !error.contains(' '));
    let is_understood = match situation.request.one("authorization") {
        Some(_) => for_bearer || for_pair,
        None => for_pair,
    };
    let kind = answer.one("content-type").unwrap_or_default();
    if !is_understood || !kind.starts_with("application/json") {
        wrong.push(format!("the client hears {kind}: {body}"));
    }
    let challenge = answer.one("www-authenticate");
    if [401, 403].contains(&status)
        != challenge.is_some_and(|text| text.starts_with("Bearer realm="))
    {
        wrong.push(format!("a challenge of {:?}", answer.all("www-authenticate")));
    }
    if status == 429 && answer.one("retry-after") != Some("7") {
        wrong.push(format!("Retry-After is {:?}", answer.all("retry-after")));
    }
    for (name, _) in &answer.headers {
        if name.to_lowercase().contains("gatepass") {
            wrong.push(format!("the client sees {name}"));
        }
    }
}

fn text(answer: &Message) -> String {
    format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body))
}

//! Responses as snapshots show them: whole, or as a summary of what differs from one response to the next.

use crate::support::http::HttpMessage;

/// The content type of every JSON body.
const JSON: &str = "application/json;charset=utf-8";

/// The challenge of a rejected passcode.
const CHALLENGE: &str = "Bearer realm=\"gatepass\"";

/// Returns everything in a response but its date, with the headers in order.
pub fn whole(response: &HttpMessage) -> String {
    let headers: String = Headers::of(response).0.iter().map(|line| line.text() + "\n").collect();
    let body = body(response);
    let body = if body.is_empty() { body } else { format!("\n{body}\n") };
    format!("{}\n{headers}{body}", response.start_line)
}

/// Returns the status, with the reason of a rejection or the identity of the credential, and the headers and the body
/// that not every such response has.
///
/// Omits what it has checked: the words of the status, the length of the body, JSON as its type, and the challenge and
/// the body of a rejected passcode.
pub fn summary(response: &HttpMessage) -> String {
    let (status, mut body) = (response.status().to_string(), body(response));
    let mut headers = Headers::of(response);
    let mut lines = Vec::new();
    assert_eq!(response.start_line, format!("HTTP/1.1 {status} {}", status_words(&status)));
    assert_eq!(headers.take("content-length"), Some(response.body.len().to_string()));
    if !body.is_empty() {
        let content_type = headers.take("content-type").expect("a body without its type");
        lines.extend((content_type != JSON).then(|| format!("content-type: {content_type}")));
    }
    let first = match headers.take("x-gatepass-reason") {
        Some(reason) => rejection(&status, &reason, &mut headers, &mut body, &mut lines),
        None => {
            let identity = headers.take_group("x-gatepass-");
            let rest = if identity.is_empty() { std::mem::take(&mut body) } else { identity };
            format!("{status} {rest}").trim_end().to_owned()
        }
    };
    let limit = headers.take_group("x-ratelimit-");
    lines.extend((!limit.is_empty()).then(|| format!("ratelimit {limit}")));
    lines.extend(headers.0.iter().map(Header::text));
    lines.extend((!body.is_empty()).then_some(body));
    lines.iter().fold(first, |text, line| format!("{text}\n    {line}"))
}

/// Returns the first line of a rejection, and takes from its headers and its body what a rejected passcode gets.
fn rejection(
    status: &str,
    reason: &str,
    headers: &mut Headers,
    body: &mut String,
    lines: &mut Vec<String>,
) -> String {
    let [code, error] = ["x-gatepass-status", "x-gatepass-error"]
        .map(|name| headers.take(name).unwrap_or_else(|| panic!("a rejection without {name}")));
    let challenge = headers.take("www-authenticate");
    let expected = ["401", "403"].contains(&code.as_str()).then_some(CHALLENGE);
    if challenge.as_deref() != expected {
        lines.push(challenge.map_or("no www-authenticate".to_owned(), |challenge| {
            format!("www-authenticate: {challenge}")
        }));
    }
    if *body == format!(r#"{{"status":"fail","error":"{error}","code":{code}}}"#) {
        body.clear();
    } else if body.is_empty() {
        "no body".clone_into(body);
    }
    let instead = if status == code { String::new() } else { format!(" instead of {code}") };
    format!("{status}{instead} {reason}: {error}")
}

fn status_words(status: &str) -> &'static str {
    match status {
        "200" => "OK",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not Found",
        "405" => "Method Not Allowed",
        "409" => "Conflict",
        "410" => "Gone",
        "413" => "Payload Too Large",
        "429" => "Too Many Requests",
        "503" => "Service Unavailable",
        _ => panic!("status {status} is not expected here"),
    }
}

fn body(response: &HttpMessage) -> String {
    String::from_utf8_lossy(&response.body).trim_end().to_owned()
}

struct Header {
    name: String,
    value: String,
}

impl Header {
    fn text(&self) -> String {
        format!("{}: {}", self.name, self.value).trim_end().to_owned()
    }
}

/// The headers that a summary has not accounted for yet, in order.
struct Headers(Vec<Header>);

impl Headers {
    /// Returns all headers but the date.
    fn of(response: &HttpMessage) -> Self {
        let header =
            |(name, value): &(String, String)| Header { name: name.clone(), value: value.clone() };
        let mut headers: Vec<Header> = response.headers.iter().map(header).collect();
        headers.retain(|header| header.name != "date");
        headers.sort_by_key(Header::text);
        Self(headers)
    }

    /// Takes a header that occurs at most once.
    fn take(&mut self, name: &str) -> Option<String> {
        let mut found = self.0.extract_if(.., |header| header.name == name);
        let value = found.next().map(|header| header.value);
        assert!(found.next().is_none(), "{name} occurs twice");
        value
    }

    /// Takes the headers whose names begin with `prefix`, as `name=value` without it.
    fn take_group(&mut self, prefix: &str) -> String {
        let group = self.0.extract_if(.., |header| header.name.starts_with(prefix));
        let group =
            group.map(|header| format!("{}={}", &header.name[prefix.len()..], header.value));
        group.collect::<Vec<_>>().join(", ")
    }
}

/// A response that lacks what is omitted, or has more of it, must not look like one that is right.
#[test]
fn a_summary_notices_what_it_omits() {
    let rejected = |body: &str| {
        HttpMessage::new("HTTP/1.1 401 Unauthorized")
            .with("content-length", &body.len().to_string())
            .with("content-type", JSON)
            .with("www-authenticate", CHALLENGE)
            .with("x-gatepass-error", "Passcode Invalid")
            .with("x-gatepass-reason", "unknown")
            .with("x-gatepass-status", "401")
            .body(body)
    };
    let right = rejected(r#"{"status":"fail","error":"Passcode Invalid","code":401}"#);
    let expected = "401 unknown: Passcode Invalid";
    assert_eq!(summary(&right), expected);
    for (name, _) in &right.headers {
        let mut without = right.clone();
        without.headers.retain(|(other, _)| other != name);
        let twice = right.clone().with(name, "x");
        for wrong in [without, twice] {
            let shown = std::panic::catch_unwind(|| summary(&wrong));
            assert!(
                shown.is_err() || shown.is_ok_and(|text| text != expected),
                "{name}: {wrong:?}"
            );
        }
    }
    assert_ne!(summary(&right.clone().with("x-more", "x")), expected);
    assert_ne!(summary(&rejected(r#"{"status":"fail","error":"Forbidden","code":401}"#)), expected);
}

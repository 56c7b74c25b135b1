//! The refusal: what each kind of caller is told of a verdict against it, and what it is not.

use hyper::{
    StatusCode,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE},
};

use super::decider::{GateOutcome, REQUIRE_SCOPE};
use crate::{
    config::gate_policy::Profile,
    domain::{
        decision::Reason,
        request::{ACCOUNT_HEADER, PASSCODE_HEADER},
    },
    server::{
        cache::index_cache::Unavailable,
        http::response::{HttpResponse, RETRY_SOON, empty, json},
        oauth::client_api::{ErrorStyle, error_style},
    },
};

const STATUS: HeaderName = HeaderName::from_static("x-gatepass-status");
const REASON: HeaderName = HeaderName::from_static("x-gatepass-reason");
const ERROR: HeaderName = HeaderName::from_static("x-gatepass-error");
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"gatepass\"");
const BASIC_CHALLENGE: HeaderValue = HeaderValue::from_static("Basic realm=\"gatepass\"");

/// How the caller authenticated, and so what it understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// CleverTap's pair of headers, or nothing at all.
    HeaderPair,
    /// RFC 6750.
    Bearer,
    /// RFC 7617, as legacy keys come.
    Basic,
}

impl AuthScheme {
    /// The dialect of a request.
    pub fn of(headers: &HeaderMap) -> Self {
        let is_pair = headers.contains_key(PASSCODE_HEADER) || headers.contains_key(ACCOUNT_HEADER);
        match headers.get(AUTHORIZATION).filter(|_| !is_pair) {
            None => Self::HeaderPair,
            Some(value) if is_basic(value) => Self::Basic,
            Some(_) => Self::Bearer,
        }
    }
}

/// What a refusal says to the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status that says it best.
    pub status: StatusCode,
    /// The reason, as far as the caller may hear it.
    pub reason: &'static str,
    /// CleverTap's words for it.
    error: &'static str,
    /// RFC 6750's word for it; none where nothing was presented.
    code: Option<&'static str>,
}

/// The error of a wrong passcode, which is also that of everything that must look like one.
const INVALID_PASSCODE: &str = "Passcode Invalid";
/// The error that is followed by the scope that was missing.
const INSUFFICIENT_SCOPE: &str = "insufficient_scope";

impl Refusal {
    /// What is said of an outcome; nothing of one that is none.
    pub fn of(outcome: GateOutcome) -> Option<Self> {
        let unauthorized = |reason, error| Self {
            status: StatusCode::UNAUTHORIZED,
            reason,
            error,
            code: Some("invalid_token"),
        };
        let forbidden = |reason, code| Self {
            status: StatusCode::FORBIDDEN,
            reason,
            error: "Forbidden",
            code: Some(code),
        };
        let undecided = |status, reason, error| Self { status, reason, error, code: None };
        let reason = match outcome {
            GateOutcome::Decided(reason) => reason,
            GateOutcome::RateLimited => {
                let (status, error) = (StatusCode::TOO_MANY_REQUESTS, "Too many requests");
                return Some(undecided(status, outcome.as_str(), error));
            }
            GateOutcome::Undecided(Unavailable::Overloaded) => {
                let (status, error) =
                    (StatusCode::TOO_MANY_REQUESTS, "Too many concurrent requests");
                return Some(undecided(status, outcome.as_str(), error));
            }
            GateOutcome::Undecided(Unavailable::StoreUnreachable) => {
                let (status, error) = (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable");
                return Some(undecided(status, outcome.as_str(), error));
            }
        };
        Some(match reason {
            Reason::Allowed => return None,
            Reason::Missing => Self { code: None, ..unauthorized("missing", INVALID_PASSCODE) },
            Reason::Duplicate | Reason::InQuery => Self {
                code: Some("invalid_request"),
                ..unauthorized(reason.as_str(), INVALID_PASSCODE)
            },
            Reason::Malformed => unauthorized("malformed", INVALID_PASSCODE),
            Reason::AccountMissing | Reason::AccountMalformed => {
                unauthorized(reason.as_str(), "12 digit account ID mandatory")
            }
            // Who has not proved a secret of this account hears one and the same answer.
            Reason::Unknown | Reason::Tampered | Reason::WrongAccount => {
                unauthorized("unknown", INVALID_PASSCODE)
            }
            Reason::Deleted | Reason::Revoked | Reason::Replaced => {
                unauthorized(reason.as_str(), INVALID_PASSCODE)
            }
            Reason::Expired => unauthorized("expired", "Passcode Expired"),
            Reason::UserPasscodeRequired => unauthorized(reason.as_str(), "User Passcode Required"),
            Reason::LegacySunset => Self {
                status: StatusCode::GONE,
                reason: reason.as_str(),
                error: "Gone",
                code: Some("invalid_token"),
            },
            Reason::WrongRegion | Reason::WrongApp | Reason::WrongDistrict => {
                forbidden(reason.as_str(), "invalid_token")
            }
            Reason::ScopeMissing => forbidden(reason.as_str(), INSUFFICIENT_SCOPE),
        })
    }

    /// The status that is sent: what a proxy can't carry becomes 403.
    fn status_for(self, profile: Profile) -> StatusCode {
        let is_carried = matches!(self.status.as_u16(), 401 | 403 | 503);
        if is_carried || profile == Profile::Full { self.status } else { StatusCode::FORBIDDEN }
    }

    /// The answer to who asked so; `path` is that of the API, whose version chooses the shape of the body.
    pub fn to_response(self, profile: Profile, asked: &HeaderMap, path: &str) -> HttpResponse {
        let dialect = AuthScheme::of(asked);
        let mut answer = match self.body(dialect, error_style(path)) {
            Some(body) => json(self.status_for(profile), body),
            None => empty(self.status_for(profile)),
        };
        let headers = answer.headers_mut();
        headers.insert(STATUS, HeaderValue::from(self.status.as_u16()));
        headers.insert(REASON, HeaderValue::from_static(self.reason));
        headers.insert(ERROR, HeaderValue::from_static(self.error));
        if matches!(self.status.as_u16(), 401 | 403) {
            headers.insert(WWW_AUTHENTICATE, self.challenge(dialect, asked));
        }
        if matches!(self.status.as_u16(), 429 | 503) {
            headers.insert(RETRY_AFTER, RETRY_SOON);
        }
        answer
    }

    /// RFC 6750, section 3.1: who sent nothing is told how to, and no more.
    fn challenge(&self, dialect: AuthScheme, asked: &HeaderMap) -> HeaderValue {
        if dialect == AuthScheme::Basic {
            return BASIC_CHALLENGE;
        }
        let Some(code) = self.code.filter(|_| dialect == AuthScheme::Bearer) else {
            return CHALLENGE;
        };
        let mut text = format!("Bearer realm=\"gatepass\", error=\"{code}\"");
        if code == INSUFFICIENT_SCOPE
            && let Some(scopes) = required_scopes(asked)
        {
            text += &format!(", scope=\"{scopes}\"");
        }
        HeaderValue::from_str(&text).unwrap_or(CHALLENGE)
    }

    /// The body that the caller's programs understand. Who was limited with a legacy key never got one.
    fn body(&self, dialect: AuthScheme, style: Option<ErrorStyle>) -> Option<String> {
        let (error, reason, status) = (self.error, self.reason, self.status.as_u16());
        match (dialect, style, self.code) {
            (AuthScheme::Basic, ..) if status == 429 => None,
            (AuthScheme::HeaderPair, ..) | (AuthScheme::Bearer, None, None) => {
                Some(format!("{{\"status\":\"fail\",\"error\":\"{error}\",\"code\":{status}}}"))
            }
            (AuthScheme::Bearer, None, Some(code)) => {
                Some(format!("{{\"error\":\"{code}\",\"error_description\":\"{reason}\"}}"))
            }
            (_, style, _) => Some(style.unwrap_or(ErrorStyle::Error).body(reason)),
        }
    }
}

/// The scopes that are demanded, with one space between them, if they can stand in quotes (RFC 6749, section 3.3).
fn required_scopes(asked: &HeaderMap) -> Option<String> {
    let all = asked.get_all(REQUIRE_SCOPE).iter().map(HeaderValue::to_str);
    let all: Vec<&str> = all.collect::<Result<_, _>>().ok()?;
    let scopes: Vec<&str> = all.into_iter().flat_map(str::split_ascii_whitespace).collect();
    let is_fit = |byte: u8| byte.is_ascii_graphic() && !b"\"\\".contains(&byte);
    let are_fit = !scopes.is_empty() && scopes.iter().all(|scope| scope.bytes().all(is_fit));
    are_fit.then(|| scopes.join(" "))
}

fn is_basic(authorization: &HeaderValue) -> bool {
    authorization.as_bytes().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"basic "))
}

#[cfg(test)]
mod tests;

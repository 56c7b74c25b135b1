//! Rejections, as each kind of caller may learn of them.

use hyper::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE},
};

use super::{access_request::REQUIRE_SCOPE, auth_scheme::AuthScheme, outcome::GateOutcome};
use crate::{
    config::gate_policy::Profile,
    domain::decision::Reason,
    server::{
        http::{
            error_style::ErrorStyle,
            response::{HttpResponse, RETRY_SOON, empty, json},
        },
        unavailable::Unavailable,
    },
};

const STATUS: HeaderName = HeaderName::from_static("x-gatepass-status");
const REASON: HeaderName = HeaderName::from_static("x-gatepass-reason");
const ERROR: HeaderName = HeaderName::from_static("x-gatepass-error");
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"gatepass\"");
const BASIC_CHALLENGE: HeaderValue = HeaderValue::from_static("Basic realm=\"gatepass\"");

/// The contents of a refusal, as the caller sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The most specific status; the proxy may need another.
    status: StatusCode,
    /// The reason, as far as the caller may learn it.
    reason: &'static str,
    /// CleverTap's text for it.
    clevertap_error: &'static str,
    /// The error code of RFC 6750; `None` if no credential was presented or it is not the reason.
    oauth_error: Option<&'static str>,
}

// CleverTap's texts.
const INVALID_PASSCODE: &str = "Passcode Invalid";
const ACCOUNT_REQUIRED: &str = "12 digit account ID mandatory";

// The error codes of RFC 6750.
const INVALID_REQUEST: &str = "invalid_request";
const INVALID_TOKEN: &str = "invalid_token";
const INSUFFICIENT_SCOPE: &str = "insufficient_scope";

impl Refusal {
    /// Returns the rejection for an outcome; `None` if the request passes.
    pub fn of(outcome: GateOutcome) -> Option<Self> {
        let (status, clevertap_error) = match outcome {
            GateOutcome::Decided(reason) => return Self::of_reason(reason),
            GateOutcome::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            GateOutcome::Undecided(Unavailable::Overloaded) => {
                (StatusCode::TOO_MANY_REQUESTS, "Too many concurrent requests")
            }
            GateOutcome::Undecided(Unavailable::StoreUnreachable) => {
                (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable")
            }
        };
        Some(Self { status, reason: outcome.as_str(), clevertap_error, oauth_error: None })
    }

    /// One line a reason. Callers who have not proved a secret of this account can't tell unknown, tampered and another
    /// account's apart.
    fn of_reason(reason: Reason) -> Option<Self> {
        Some(match reason {
            Reason::Allowed => return None,
            Reason::Missing => Self { oauth_error: None, ..unauthorized(reason, INVALID_PASSCODE) },
            Reason::Duplicate => invalid_request(reason),
            Reason::InQuery => invalid_request(reason),
            Reason::Malformed => unauthorized(reason, INVALID_PASSCODE),
            Reason::AccountMissing => unauthorized(reason, ACCOUNT_REQUIRED),
            Reason::AccountMalformed => unauthorized(reason, ACCOUNT_REQUIRED),
            Reason::Unknown => unauthorized(Reason::Unknown, INVALID_PASSCODE),
            Reason::Tampered => unauthorized(Reason::Unknown, INVALID_PASSCODE),
            Reason::WrongAccount => unauthorized(Reason::Unknown, INVALID_PASSCODE),
            Reason::Deleted => unauthorized(reason, INVALID_PASSCODE),
            Reason::Revoked => unauthorized(reason, INVALID_PASSCODE),
            Reason::Replaced => unauthorized(reason, INVALID_PASSCODE),
            Reason::Expired => unauthorized(reason, "Passcode Expired"),
            Reason::UserPasscodeRequired => unauthorized(reason, "User Passcode Required"),
            Reason::LegacySunset => refusal(StatusCode::GONE, reason, "Gone", INVALID_TOKEN),
            Reason::WrongRegion => forbidden(reason, INVALID_TOKEN),
            Reason::WrongApp => forbidden(reason, INVALID_TOKEN),
            Reason::WrongDistrict => forbidden(reason, INVALID_TOKEN),
            Reason::ScopeMissing => forbidden(reason, INSUFFICIENT_SCOPE),
        })
    }

    /// Returns the status to send: 403 instead of one that the proxy can't carry.
    fn status_for(self, profile: Profile) -> StatusCode {
        let is_carried = matches!(self.status.as_u16(), 401 | 403 | 503);
        if is_carried || profile == Profile::Full { self.status } else { StatusCode::FORBIDDEN }
    }

    /// Returns the response to a request with these headers. `path` is that of the original request; its version selects
    /// the style of the body.
    pub fn to_response(
        self,
        profile: Profile,
        request_headers: &HeaderMap,
        path: &str,
    ) -> HttpResponse {
        let scheme = AuthScheme::of(request_headers);
        let mut response = match self.body(scheme, ErrorStyle::of_path(path)) {
            Some(body) => json(self.status_for(profile), body),
            None => empty(self.status_for(profile)),
        };
        let headers = response.headers_mut();
        headers.insert(STATUS, HeaderValue::from(self.status.as_u16()));
        headers.insert(REASON, HeaderValue::from_static(self.reason));
        headers.insert(ERROR, HeaderValue::from_static(self.clevertap_error));
        if matches!(self.status.as_u16(), 401 | 403) {
            headers.insert(WWW_AUTHENTICATE, self.challenge(scheme, request_headers));
        }
        if matches!(self.status.as_u16(), 429 | 503) {
            headers.insert(RETRY_AFTER, RETRY_SOON);
        }
        response
    }

    /// Returns the value of `WWW-Authenticate`. Without a credential it names only the scheme (RFC 6750, section 3.1).
    fn challenge(&self, scheme: AuthScheme, request_headers: &HeaderMap) -> HeaderValue {
        if scheme == AuthScheme::Basic {
            return BASIC_CHALLENGE;
        }
        let Some(code) = self.oauth_error.filter(|_| scheme == AuthScheme::Bearer) else {
            return CHALLENGE;
        };
        let mut text = format!("Bearer realm=\"gatepass\", error=\"{code}\"");
        if code == INSUFFICIENT_SCOPE
            && let Some(scopes) = required_scopes(request_headers)
        {
            text += &format!(", scope=\"{scopes}\"");
        }
        HeaderValue::from_str(&text).unwrap_or(CHALLENGE)
    }

    /// Returns the body in the format that the caller's programs understand. `None` for a legacy key over its rate limit,
    /// which never had a body.
    fn body(&self, scheme: AuthScheme, style: Option<ErrorStyle>) -> Option<String> {
        let (error, reason, status) = (self.clevertap_error, self.reason, self.status.as_u16());
        match (scheme, style, self.oauth_error) {
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

fn unauthorized(reason: Reason, clevertap_error: &'static str) -> Refusal {
    refusal(StatusCode::UNAUTHORIZED, reason, clevertap_error, INVALID_TOKEN)
}

fn invalid_request(reason: Reason) -> Refusal {
    refusal(StatusCode::UNAUTHORIZED, reason, INVALID_PASSCODE, INVALID_REQUEST)
}

fn forbidden(reason: Reason, oauth_error: &'static str) -> Refusal {
    refusal(StatusCode::FORBIDDEN, reason, "Forbidden", oauth_error)
}

fn refusal(
    status: StatusCode,
    reason: Reason,
    clevertap_error: &'static str,
    oauth_error: &'static str,
) -> Refusal {
    Refusal { status, reason: reason.as_str(), clevertap_error, oauth_error: Some(oauth_error) }
}

/// Returns the required scopes, separated by single spaces. `None` if they can't stand in quotes (RFC 6749, section 3.3).
fn required_scopes(request_headers: &HeaderMap) -> Option<String> {
    let all = request_headers.get_all(REQUIRE_SCOPE).iter().map(HeaderValue::to_str);
    let all: Vec<&str> = all.collect::<Result<_, _>>().ok()?;
    let scopes: Vec<&str> = all.into_iter().flat_map(str::split_ascii_whitespace).collect();
    let is_fit = |byte: u8| byte.is_ascii_graphic() && !b"\"\\".contains(&byte);
    let are_fit = !scopes.is_empty() && scopes.iter().all(|scope| scope.bytes().all(is_fit));
    are_fit.then(|| scopes.join(" "))
}

#[cfg(test)]
mod tests;

//! The answer: what a verdict looks like on the wire, to each kind of caller.

use http_body_util::Full;
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE},
};

use super::{
    mirror::NoAnswer,
    verdict::{Identity, Outcome, REQUIRE_SCOPE, Verdict},
};
use crate::{
    config::policy::Profile,
    domain::{
        credential::Kind,
        decision::Reason,
        request::{ACCOUNT_HEADER, PASSCODE_HEADER},
    },
};

/// The most bytes of a body that are taken; proxies send none.
pub const BODY_LIMIT: u64 = 64 * 1024;

/// What the server sends.
pub type Answer = Response<Full<Bytes>>;

const ACCOUNT: HeaderName = HeaderName::from_static("x-gatepass-account");
const CREDENTIAL: HeaderName = HeaderName::from_static("x-gatepass-credential");
const KIND: HeaderName = HeaderName::from_static("x-gatepass-kind");
const NAME: HeaderName = HeaderName::from_static("x-gatepass-name");
const USER: HeaderName = HeaderName::from_static("x-gatepass-user");
const SCOPES: HeaderName = HeaderName::from_static("x-gatepass-scopes");
const EXPIRES: HeaderName = HeaderName::from_static("x-gatepass-expires");
const STATUS: HeaderName = HeaderName::from_static("x-gatepass-status");
const REASON: HeaderName = HeaderName::from_static("x-gatepass-reason");
const ERROR: HeaderName = HeaderName::from_static("x-gatepass-error");
/// RFC 9745.
const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
/// RFC 8594.
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// How many headers an answer has at most.
const HEADERS: usize = 12;
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
const SOON: HeaderValue = HeaderValue::from_static("1");
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"gatepass\"");

/// How the caller authenticated, and so what it understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// CleverTap's pair of headers, or nothing at all.
    Pair,
    /// RFC 6750.
    Bearer,
}

impl Dialect {
    /// The dialect of a request.
    pub fn of(headers: &HeaderMap) -> Self {
        let is_pair = headers.contains_key(PASSCODE_HEADER) || headers.contains_key(ACCOUNT_HEADER);
        match !is_pair && headers.contains_key(hyper::header::AUTHORIZATION) {
            true => Self::Bearer,
            false => Self::Pair,
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
const INVALID: &str = "Passcode Invalid";
/// The error that is followed by the scope that was missing.
const INSUFFICIENT: &str = "insufficient_scope";

impl Refusal {
    /// What is said of an outcome; nothing of one that is none.
    pub fn of(outcome: Outcome) -> Option<Self> {
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
            Outcome::Decided(reason) => reason,
            Outcome::Undecided(NoAnswer::TooMany) => {
                let (status, error) =
                    (StatusCode::TOO_MANY_REQUESTS, "Too many concurrent requests");
                return Some(undecided(status, outcome.as_str(), error));
            }
            Outcome::Undecided(NoAnswer::Stale) => {
                let (status, error) = (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable");
                return Some(undecided(status, outcome.as_str(), error));
            }
        };
        Some(match reason {
            Reason::Allowed => return None,
            Reason::Missing => Self { code: None, ..unauthorized("missing", INVALID) },
            Reason::Duplicate | Reason::InQuery => {
                Self { code: Some("invalid_request"), ..unauthorized(reason.as_str(), INVALID) }
            }
            Reason::Malformed => unauthorized("malformed", INVALID),
            Reason::AccountMissing | Reason::AccountMalformed => {
                unauthorized(reason.as_str(), "12 digit account ID mandatory")
            }
            // Who has not proved a secret of this account hears one and the same answer.
            Reason::Unknown | Reason::Tampered | Reason::WrongAccount => {
                unauthorized("unknown", INVALID)
            }
            Reason::Deleted | Reason::Revoked | Reason::Replaced => {
                unauthorized(reason.as_str(), INVALID)
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
            Reason::ScopeMissing => forbidden(reason.as_str(), INSUFFICIENT),
        })
    }

    /// The status that is sent: what a proxy can't carry becomes 403.
    fn sent(&self, profile: Profile) -> StatusCode {
        let is_carried = matches!(self.status.as_u16(), 401 | 403 | 503);
        if is_carried || profile == Profile::Full { self.status } else { StatusCode::FORBIDDEN }
    }

    fn answer(&self, profile: Profile, asked: &HeaderMap) -> Answer {
        let dialect = Dialect::of(asked);
        let mut answer = json(self.sent(profile), self.body(dialect));
        let headers = answer.headers_mut();
        headers.insert(STATUS, HeaderValue::from(self.status.as_u16()));
        headers.insert(REASON, HeaderValue::from_static(self.reason));
        headers.insert(ERROR, HeaderValue::from_static(self.error));
        if matches!(self.status.as_u16(), 401 | 403) {
            headers.insert(WWW_AUTHENTICATE, self.challenge(dialect, asked.get(REQUIRE_SCOPE)));
        }
        if matches!(self.status.as_u16(), 429 | 503) {
            headers.insert(RETRY_AFTER, SOON);
        }
        answer
    }

    /// RFC 6750, section 3.1: who sent nothing is told how to, and no more.
    fn challenge(&self, dialect: Dialect, scope: Option<&HeaderValue>) -> HeaderValue {
        let Some(code) = self.code.filter(|_| dialect == Dialect::Bearer) else { return CHALLENGE };
        let mut text = format!("Bearer realm=\"gatepass\", error=\"{code}\"");
        if let (INSUFFICIENT, Some(scope)) = (code, scope.and_then(quotable)) {
            text += &format!(", scope=\"{scope}\"");
        }
        HeaderValue::from_str(&text).unwrap_or(CHALLENGE)
    }

    fn body(&self, dialect: Dialect) -> String {
        match (dialect, self.code) {
            (Dialect::Bearer, Some(code)) => {
                format!("{{\"error\":\"{code}\",\"error_description\":\"{}\"}}", self.reason)
            }
            _ => {
                let (error, code) = (self.error, self.status.as_u16());
                format!("{{\"status\":\"fail\",\"error\":\"{error}\",\"code\":{code}}}")
            }
        }
    }
}

/// A scope that can stand in quotes (RFC 6749, section 3.3).
fn quotable(scope: &HeaderValue) -> Option<&str> {
    let text = scope.to_str().ok()?;
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte)).then_some(text)
}

/// The answer to a body that nobody will read.
pub fn too_large() -> Answer {
    error(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request")
}

/// An error in OAuth's own shape (RFC 6749, section 5.2).
pub fn error(status: StatusCode, code: &'static str) -> Answer {
    json(status, format!("{{\"error\":\"{code}\"}}"))
}

/// The answer to a proxy's question.
pub fn verify(verdict: &Verdict, profile: Profile, asked: &HeaderMap) -> Answer {
    match (Refusal::of(verdict.outcome), &verdict.identity) {
        (Some(refusal), _) => refusal.answer(profile, asked),
        (None, identity) => {
            let mut answer = Answer::new(Full::default());
            // Ours and those that the server adds, without growing on the way.
            answer.headers_mut().reserve(HEADERS);
            identity.iter().for_each(|who| who.tell(answer.headers_mut()));
            answer
        }
    }
}

/// The answer to CleverTap's own check of a passcode.
pub fn connect(verdict: &Verdict, profile: Profile, asked: &HeaderMap) -> Answer {
    let mut answer = verify(verdict, profile, asked);
    if verdict.is_allowed() {
        answer.headers_mut().insert(CONTENT_TYPE, JSON);
        *answer.body_mut() = Full::new(Bytes::from_static(b"{\"status\":\"success\"}"));
    }
    answer
}

/// An answer of JSON text.
pub fn json(status: StatusCode, body: String) -> Answer {
    let mut answer = Answer::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, JSON);
    answer
}

impl Identity {
    /// Says who it is. A header that does not apply is left out: the proxy must not hand on what a client put there.
    fn tell(&self, headers: &mut HeaderMap) {
        let text = |text: &str| HeaderValue::from_str(text).ok();
        let put = |headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>| {
            value.map(|value| headers.insert(name, value));
        };
        put(headers, ACCOUNT, text(self.account.as_str()));
        put(headers, CREDENTIAL, HeaderValue::from_bytes(&self.id.text()).ok());
        headers.insert(KIND, HeaderValue::from_static(self.kind.as_str()));
        let owner = if self.kind == Kind::User { USER } else { NAME };
        put(headers, owner, self.owner.clone());
        headers.insert(SCOPES, HeaderValue::from_static(""));
        let end = self.expiry.instant().map(|end| end.stamp());
        put(headers, EXPIRES, end.and_then(|end| HeaderValue::from_bytes(&end).ok()));
        if let Some((since, until)) = self.sunset {
            put(headers, DEPRECATION, text(&format!("@{}", since.unix())));
            put(headers, SUNSET, text(&until.http_date()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use hyper::header::AUTHORIZATION;
    use insta::assert_snapshot;

    fn pair() -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(PASSCODE_HEADER), SOON)])
    }

    fn bearer() -> HeaderMap {
        HeaderMap::from_iter([(AUTHORIZATION, SOON)])
    }

    fn outcomes() -> impl Iterator<Item = Outcome> {
        let undecided = [NoAnswer::Stale, NoAnswer::TooMany].map(Outcome::Undecided);
        Reason::ALL.into_iter().map(Outcome::Decided).chain(undecided)
    }

    fn answered(outcome: Outcome, profile: Profile, asked: &HeaderMap) -> Answer {
        verify(&Verdict { outcome, identity: None }, profile, asked)
    }

    #[test]
    fn every_outcome_has_its_answer() {
        let rows = outcomes().map(|outcome| {
            let exact = answered(outcome, Profile::Exact, &pair());
            let full = answered(outcome, Profile::Full, &pair());
            let header = |name| exact.headers().get(name).map_or("", |text| text.to_str().unwrap());
            let (exact_status, full) = (exact.status().as_u16(), full.status().as_u16());
            let (status, reason, error) = (
                header("x-gatepass-status"),
                header("x-gatepass-reason"),
                header("x-gatepass-error"),
            );
            let row = format!(
                "{:<24}{exact_status} {full} {status:<5}{reason:<24}{error}",
                outcome.as_str()
            );
            format!("{}\n", row.trim_end())
        });
        assert_snapshot!(rows.collect::<String>(), @"
        allowed                 200 200
        missing                 401 401 401  missing                 Passcode Invalid
        duplicate               401 401 401  duplicate               Passcode Invalid
        in_query                401 401 401  in_query                Passcode Invalid
        malformed               401 401 401  malformed               Passcode Invalid
        account_missing         401 401 401  account_missing         12 digit account ID mandatory
        account_malformed       401 401 401  account_malformed       12 digit account ID mandatory
        unknown                 401 401 401  unknown                 Passcode Invalid
        tampered                401 401 401  unknown                 Passcode Invalid
        wrong_account           401 401 401  unknown                 Passcode Invalid
        deleted                 401 401 401  deleted                 Passcode Invalid
        revoked                 401 401 401  revoked                 Passcode Invalid
        replaced                401 401 401  replaced                Passcode Invalid
        expired                 401 401 401  expired                 Passcode Expired
        user_passcode_required  401 401 401  user_passcode_required  User Passcode Required
        legacy_sunset           403 410 410  legacy_sunset           Gone
        wrong_region            403 403 403  wrong_region            Forbidden
        wrong_app               403 403 403  wrong_app               Forbidden
        wrong_district          403 403 403  wrong_district          Forbidden
        scope_missing           403 403 403  scope_missing           Forbidden
        unavailable             503 503 503  unavailable             Service Unavailable
        too_many                403 429 429  too_many                Too many concurrent requests
        ");
    }

    #[test]
    fn proxies_are_sent_what_every_one_of_them_carries() {
        for outcome in outcomes() {
            for asked in [pair(), bearer(), HeaderMap::new()] {
                let answer = answered(outcome, Profile::Exact, &asked);
                let (status, headers) = (answer.status().as_u16(), answer.headers());
                assert!([200, 401, 403, 503].contains(&status), "{outcome:?}: {status}");
                assert_eq!(status == 200, outcome == Outcome::Decided(Reason::Allowed));
                // RFC 9110, sections 11.6.1 and 10.2.3: 401 tells how to do better, 503 when.
                assert!(status != 401 || headers.contains_key(WWW_AUTHENTICATE), "{outcome:?}");
                assert!(status != 503 || headers.contains_key(RETRY_AFTER), "{outcome:?}");
            }
        }
    }

    /// Who has proved no secret must not tell apart what is unknown, altered or somebody else's.
    #[test]
    fn strangers_hear_one_and_the_same_answer() {
        for asked in [pair(), bearer()] {
            let heard = [Reason::Unknown, Reason::Tampered, Reason::WrongAccount].map(|reason| {
                format!("{:?}", answered(Outcome::Decided(reason), Profile::Full, &asked))
            });
            assert!(heard.iter().all(|one| *one == heard[0]), "{heard:?}");
        }
    }

    #[test]
    fn who_sends_both_is_answered_as_a_pair() {
        let both = pair().into_iter().chain(bearer()).map(|(name, value)| (name.unwrap(), value));
        assert_eq!(Dialect::of(&both.collect()), Dialect::Pair);
        assert_eq!(Dialect::of(&bearer()), Dialect::Bearer);
        assert_eq!(Dialect::of(&HeaderMap::new()), Dialect::Pair);
    }
}

//! The answer: what a verdict looks like on the wire, to each kind of caller.

use http_body_util::Full;
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK, RETRY_AFTER},
};

use crate::{
    domain::credential::CredentialKind,
    server::decision::{
        caller_identity::{CallerIdentity, DeprecationNotice},
        rate_limiter::Quota,
    },
};

/// The most bytes of a body that are taken; proxies send none.
pub const BODY_LIMIT: u64 = 64 * 1024;

/// What the server sends.
pub type HttpResponse = Response<Full<Bytes>>;

const ACCOUNT: HeaderName = HeaderName::from_static("x-gatepass-account");
const CREDENTIAL: HeaderName = HeaderName::from_static("x-gatepass-credential");
const KIND: HeaderName = HeaderName::from_static("x-gatepass-kind");
const NAME: HeaderName = HeaderName::from_static("x-gatepass-name");
const USER: HeaderName = HeaderName::from_static("x-gatepass-user");
const SCOPES: HeaderName = HeaderName::from_static("x-gatepass-scopes");
const APP: HeaderName = HeaderName::from_static("x-gatepass-app");
const DISTRICT: HeaderName = HeaderName::from_static("x-gatepass-district");
const EXPIRES: HeaderName = HeaderName::from_static("x-gatepass-expires");
/// RFC 9745.
const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
/// RFC 8594.
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// What is counted together, as the service that gatepass follows tells it: these four stand on every answer.
const RATE_LIMIT_BUCKET: HeaderName = HeaderName::from_static("x-ratelimit-bucket");
const RATE_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const RATE_LIMIT_REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RATE_LIMIT_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// How many headers an answer has at most.
const MAX_HEADERS: usize = 18;
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
/// Come again in a second.
pub const RETRY_SOON: HeaderValue = HeaderValue::from_static("1");

/// The answer to a body that nobody will read.
pub fn too_large() -> HttpResponse {
    error(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request")
}

/// The answer, with the advice to come again soon.
pub fn with_retry_after(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(RETRY_AFTER, RETRY_SOON);
    answer
}

/// An error in OAuth's own shape (RFC 6749, section 5.2).
pub fn error(status: StatusCode, code: &'static str) -> HttpResponse {
    json(status, format!("{{\"error\":\"{code}\"}}"))
}

/// The answer to a proxy whose caller passes; `asked` are the headers that it came with.
pub fn allow(identity: Option<&CallerIdentity>, mut asked: HeaderMap) -> HttpResponse {
    let mut answer = empty(StatusCode::OK);
    // Nobody needs the question's headers any more: the answer's take their room, instead of new one each time.
    asked.clear();
    asked.reserve(MAX_HEADERS);
    identity.into_iter().for_each(|who| who.write_headers(&mut asked));
    *answer.headers_mut() = asked;
    answer
}

/// The same with the body of CleverTap's own check of a passcode.
pub fn allow_with_body(identity: Option<&CallerIdentity>, asked: HeaderMap) -> HttpResponse {
    let mut answer = allow(identity, asked);
    answer.headers_mut().insert(CONTENT_TYPE, JSON);
    *answer.body_mut() = Full::new(Bytes::from_static(b"{\"status\":\"success\"}"));
    answer
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> HttpResponse {
    let mut answer = HttpResponse::new(Full::default());
    *answer.status_mut() = status;
    answer
}

/// An answer of JSON text.
pub fn json(status: StatusCode, body: String) -> HttpResponse {
    let mut answer = HttpResponse::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, JSON);
    answer
}

impl CallerIdentity {
    /// Says who it is. A header that does not apply is left out: the proxy must not hand on what a client put there.
    fn write_headers(&self, headers: &mut HeaderMap) {
        insert_if_some(headers, ACCOUNT, header_value(self.account.as_str()));
        insert_if_some(headers, CREDENTIAL, HeaderValue::from_bytes(&self.id.to_ascii()).ok());
        headers.insert(KIND, HeaderValue::from_static(self.kind.as_str()));
        let owner = if self.kind == CredentialKind::User { USER } else { NAME };
        insert_if_some(headers, owner, self.subject.clone());
        let grantee = self.token_context.as_ref();
        insert_if_some(headers, APP, grantee.map(|grantee| grantee.app.clone()));
        let district = grantee.and_then(|grantee| grantee.district);
        insert_if_some(
            headers,
            DISTRICT,
            district.and_then(|district| header_value(district.as_str())),
        );
        let scopes = grantee.and_then(|grantee| grantee.scopes.clone());
        headers.insert(SCOPES, scopes.unwrap_or(HeaderValue::from_static("")));
        let end = self.expiry.instant().map(|end| end.rfc3339_bytes());
        insert_if_some(headers, EXPIRES, end.and_then(|end| HeaderValue::from_bytes(&end).ok()));
        self.write_deprecation(headers);
        self.write_quota(headers);
    }

    /// Says that what was sent is about to end, or has ended, if so.
    pub fn write_deprecation(&self, headers: &mut HeaderMap) {
        self.deprecation.iter().for_each(|farewell| farewell.write_headers(headers));
    }

    /// Says what is left of this minute, if that was counted.
    pub fn write_quota(&self, headers: &mut HeaderMap) {
        let Some(Quota { limit, remaining, resets_at, is_exceeded: is_over }) = self.quota else {
            return;
        };
        insert_if_some(
            headers,
            RATE_LIMIT_BUCKET,
            HeaderValue::from_bytes(&self.id.to_ascii()).ok(),
        );
        headers.insert(RATE_LIMIT, HeaderValue::from(limit.per_minute()));
        headers.insert(RATE_LIMIT_REMAINING, HeaderValue::from(remaining));
        headers.insert(RATE_LIMIT_RESET, HeaderValue::from(resets_at.unix()));
        if is_over {
            headers.insert(RETRY_AFTER, HeaderValue::from(resets_at.since(self.decided_at).max(1)));
        }
    }
}

impl DeprecationNotice {
    fn write_headers(&self, headers: &mut HeaderMap) {
        insert_if_some(headers, DEPRECATION, header_value(&format!("@{}", self.since.unix())));
        insert_if_some(headers, SUNSET, header_value(&self.until.http_date()));
        insert_if_some(headers, LINK, self.link.clone());
    }
}

fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

fn insert_if_some(headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>) {
    value.map(|value| headers.insert(name, value));
}

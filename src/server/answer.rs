//! The answer: what a verdict looks like on the wire, to each kind of caller.

use http_body_util::Full;
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK, RETRY_AFTER},
};

use super::{
    identity::{Farewell, Identity},
    limits::Quota,
};
use crate::domain::credential::Kind;

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
const APP: HeaderName = HeaderName::from_static("x-gatepass-app");
const DISTRICT: HeaderName = HeaderName::from_static("x-gatepass-district");
const EXPIRES: HeaderName = HeaderName::from_static("x-gatepass-expires");
/// RFC 9745.
const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
/// RFC 8594.
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// What is counted together, as the service that gatepass follows tells it: these four stand on every answer.
const BUCKET: HeaderName = HeaderName::from_static("x-ratelimit-bucket");
const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// How many headers an answer has at most.
const HEADERS: usize = 18;
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
/// Come again in a second.
pub const SOON: HeaderValue = HeaderValue::from_static("1");

/// The answer to a body that nobody will read.
pub fn too_large() -> Answer {
    error(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request")
}

/// The answer, with the advice to come again soon.
pub fn wait(mut answer: Answer) -> Answer {
    answer.headers_mut().insert(RETRY_AFTER, SOON);
    answer
}

/// An error in OAuth's own shape (RFC 6749, section 5.2).
pub fn error(status: StatusCode, code: &'static str) -> Answer {
    json(status, format!("{{\"error\":\"{code}\"}}"))
}

/// The answer to a proxy whose caller passes; `asked` are the headers that it came with.
pub fn allow(identity: Option<&Identity>, mut asked: HeaderMap) -> Answer {
    let mut answer = empty(StatusCode::OK);
    // Nobody needs the question's headers any more: the answer's take their room, instead of new one each time.
    asked.clear();
    asked.reserve(HEADERS);
    identity.into_iter().for_each(|who| who.tell(&mut asked));
    *answer.headers_mut() = asked;
    answer
}

/// The same with the body of CleverTap's own check of a passcode.
pub fn allow_connect(identity: Option<&Identity>, asked: HeaderMap) -> Answer {
    let mut answer = allow(identity, asked);
    answer.headers_mut().insert(CONTENT_TYPE, JSON);
    *answer.body_mut() = Full::new(Bytes::from_static(b"{\"status\":\"success\"}"));
    answer
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Answer {
    let mut answer = Answer::new(Full::default());
    *answer.status_mut() = status;
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
        put(headers, ACCOUNT, text(self.account.as_str()));
        put(headers, CREDENTIAL, HeaderValue::from_bytes(&self.id.text()).ok());
        headers.insert(KIND, HeaderValue::from_static(self.kind.as_str()));
        let owner = if self.kind == Kind::User { USER } else { NAME };
        put(headers, owner, self.owner.clone());
        let grantee = self.grantee.as_ref();
        put(headers, APP, grantee.map(|grantee| grantee.app.clone()));
        let district = grantee.and_then(|grantee| grantee.district);
        put(headers, DISTRICT, district.and_then(|district| text(district.as_str())));
        let scopes = grantee.and_then(|grantee| grantee.scopes.clone());
        headers.insert(SCOPES, scopes.unwrap_or(HeaderValue::from_static("")));
        let end = self.expiry.instant().map(|end| end.stamp());
        put(headers, EXPIRES, end.and_then(|end| HeaderValue::from_bytes(&end).ok()));
        self.tell_farewell(headers);
        self.tell_quota(headers);
    }

    /// Says that what was sent is about to end, or has ended, if so.
    pub fn tell_farewell(&self, headers: &mut HeaderMap) {
        self.farewell.iter().for_each(|farewell| farewell.tell(headers));
    }

    /// Says what is left of this minute, if that was counted.
    pub fn tell_quota(&self, headers: &mut HeaderMap) {
        let Some(Quota { limit, remaining, resets_at, is_over }) = self.quota else { return };
        put(headers, BUCKET, HeaderValue::from_bytes(&self.id.text()).ok());
        headers.insert(LIMIT, HeaderValue::from(limit.per_minute()));
        headers.insert(REMAINING, HeaderValue::from(remaining));
        headers.insert(RESET, HeaderValue::from(resets_at.unix()));
        if is_over {
            headers.insert(RETRY_AFTER, HeaderValue::from(resets_at.since(self.at).max(1)));
        }
    }
}

impl Farewell {
    fn tell(&self, headers: &mut HeaderMap) {
        put(headers, DEPRECATION, text(&format!("@{}", self.since.unix())));
        put(headers, SUNSET, text(&self.until.http_date()));
        put(headers, LINK, self.link.clone());
    }
}

fn text(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>) {
    value.map(|value| headers.insert(name, value));
}

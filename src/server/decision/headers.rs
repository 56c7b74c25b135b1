//! The headers in which the gate describes a credential to the proxy and to the caller.

use http_body_util::Full;
use hyper::{
    StatusCode,
    body::Bytes,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK, RETRY_AFTER},
};

use super::{caller_identity::CallerIdentity, deprecation::DeprecationNotice, quota::Quota};
use crate::{
    domain::credential::CredentialKind,
    server::http::response::{HttpResponse, JSON, empty, header_value, insert_if_some},
};

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

// The rate limit, in the headers of the service that gatepass follows. Every response about a credential with a limit has
// all four.
const RATE_LIMIT_BUCKET: HeaderName = HeaderName::from_static("x-ratelimit-bucket");
const RATE_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const RATE_LIMIT_REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RATE_LIMIT_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The most headers of a response.
const MAX_HEADERS: usize = 18;

/// Returns the response to a proxy whose caller passes.
pub fn allow(identity: Option<&CallerIdentity>, mut request_headers: HeaderMap) -> HttpResponse {
    let mut response = empty(StatusCode::OK);
    // Reuses the memory of the request's headers instead of allocating a new map.
    request_headers.clear();
    request_headers.reserve(MAX_HEADERS);
    identity.into_iter().for_each(|identity| identity.write_headers(&mut request_headers));
    *response.headers_mut() = request_headers;
    response
}

/// Returns the same with the body of CleverTap's own check of a passcode.
pub fn allow_with_body(
    identity: Option<&CallerIdentity>,
    request_headers: HeaderMap,
) -> HttpResponse {
    let mut response = allow(identity, request_headers);
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    *response.body_mut() = Full::new(Bytes::from_static(b"{\"status\":\"success\"}"));
    response
}

impl CallerIdentity {
    /// Writes what the proxy passes on. Headers that do not apply are left out.
    fn write_headers(&self, headers: &mut HeaderMap) {
        insert_if_some(headers, ACCOUNT, header_value(self.account.as_str()));
        insert_if_some(headers, CREDENTIAL, HeaderValue::from_bytes(&self.id.to_ascii()).ok());
        headers.insert(KIND, HeaderValue::from_static(self.kind.as_str()));
        let subject = if self.kind == CredentialKind::User { USER } else { NAME };
        insert_if_some(headers, subject, self.subject.clone());
        let token = self.token_context.as_ref();
        insert_if_some(headers, APP, token.map(|token| token.app.clone()));
        let district = token.and_then(|token| token.district);
        insert_if_some(
            headers,
            DISTRICT,
            district.and_then(|district| header_value(district.as_str())),
        );
        let scopes = token.and_then(|token| token.scopes.clone());
        headers.insert(SCOPES, scopes.unwrap_or(HeaderValue::from_static("")));
        let expiry = self.expiry.instant().map(|expiry| expiry.rfc3339_bytes());
        let expiry = expiry.and_then(|expiry| HeaderValue::from_bytes(&expiry).ok());
        insert_if_some(headers, EXPIRES, expiry);
        self.write_deprecation(headers);
        self.write_quota(headers);
    }

    /// Writes the deprecation notice, if there is one.
    pub fn write_deprecation(&self, headers: &mut HeaderMap) {
        self.deprecation.iter().for_each(|notice| notice.write_headers(headers));
    }

    /// Writes what is left of the rate limit, if the request was counted.
    pub fn write_quota(&self, headers: &mut HeaderMap) {
        let Some(Quota { limit, remaining, resets_at, is_exceeded }) = self.quota else {
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
        if is_exceeded {
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

//! How callers authenticate.

use hyper::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use crate::domain::request::{ACCOUNT_HEADER, PASSCODE_HEADER};

/// How the caller authenticated, and so which errors it understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// CleverTap's pair of headers, or no credential at all.
    HeaderPair,
    /// A bearer token (RFC 6750).
    Bearer,
    /// HTTP Basic (RFC 7617), as legacy keys are sent.
    Basic,
}

impl AuthScheme {
    /// Returns the scheme of a request. The header pair takes precedence over `Authorization`.
    pub fn of(request_headers: &HeaderMap) -> Self {
        let is_pair = request_headers.contains_key(PASSCODE_HEADER)
            || request_headers.contains_key(ACCOUNT_HEADER);
        match request_headers.get(AUTHORIZATION).filter(|_| !is_pair) {
            None => Self::HeaderPair,
            Some(value) if is_basic(value) => Self::Basic,
            Some(_) => Self::Bearer,
        }
    }
}

fn is_basic(authorization: &HeaderValue) -> bool {
    authorization.as_bytes().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"basic "))
}

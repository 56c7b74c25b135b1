//! The credential that a request presents, and what it must be valid for.

use hyper::{header::HeaderValue, http::request::Parts};

use crate::{
    config::gate_policy::GatePolicy,
    domain::{
        credential::secret::Digest,
        decision::{Reason, Requirements},
        request::{PresentedCredential, target_contains_secret},
    },
    keys::Keys,
};

/// The header in which a proxy requires scopes.
pub const REQUIRE_SCOPE: &str = "x-gatepass-require-scope";
/// The header in which a proxy requires a district.
const REQUIRE_DISTRICT: &str = "x-gatepass-require-district";
/// The header in which a proxy requires an app.
const REQUIRE_APP: &str = "x-gatepass-require-app";
/// The headers in which proxies forward the original target.
const FORWARDED_URI: &str = "x-forwarded-uri";
const ORIGINAL_URI: &str = "x-original-uri";

/// A presented secret and the requirements that it must meet.
pub struct AccessRequest {
    /// The keyed digest of the secret.
    pub digest: Digest,
    /// What the caller and the proxy require.
    pub requirements: Requirements,
}

impl AccessRequest {
    /// Reads the head of a request.
    ///
    /// # Errors
    /// The reason for the rejection, if the request has no readable secret or shows one in its target.
    pub fn read(head: &Parts, policy: &GatePolicy, keys: &Keys) -> Result<Self, Reason> {
        let target = head.uri.path_and_query().map(|target| target.as_str().as_bytes());
        let mut in_query = target.is_some_and(target_contains_secret);
        let (mut scopes, mut district, mut app) = (None, None, None);
        // One pass over the headers: looking up each one would hash its name.
        let headers = head.headers.iter().map(|(name, value)| {
            match name.as_str() {
                FORWARDED_URI | ORIGINAL_URI => {
                    in_query |= target_contains_secret(value.as_bytes())
                }
                REQUIRE_SCOPE => add_requirement(&mut scopes, value),
                REQUIRE_DISTRICT => add_requirement(&mut district, value),
                REQUIRE_APP => add_requirement(&mut app, value),
                _ => {}
            }
            (name.as_ref(), value.as_bytes())
        });
        let presented = PresentedCredential::from_headers(headers);
        if in_query {
            return Err(Reason::InQuery);
        }
        let presented = presented.map_err(|refusal| refusal.reason)?;
        Ok(Self {
            digest: keys.digest(presented.secret.expose()),
            requirements: Requirements {
                account: presented.account,
                region: policy.region,
                district,
                app,
                scopes,
            },
        })
    }
}

/// Adds what a header requires. An empty header requires nothing. A header that occurs twice requires both values, which
/// no token can meet for two districts or apps.
fn add_requirement(required: &mut Option<Box<str>>, value: &HeaderValue) {
    if !value.is_empty() {
        let text = String::from_utf8_lossy(value.as_bytes());
        *required = Some(match required.take() {
            Some(before) if *before != *text => format!("{before} {text}").into(),
            _ => text.into(),
        });
    }
}

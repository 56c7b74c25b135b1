//! The endpoints, and the paths that lead to them.

use hyper::Method;

use super::error_style::{ErrorStyle, split_version};
use crate::domain::directory::id::ObjectId;

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// How its errors look, if it is called by apps.
    pub error_style: ErrorStyle,
    /// The id in the path; `None` for an endpoint whose path has none.
    pub id: Option<ObjectId>,
}

/// A page or API of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Decides for a proxy, whatever the path behind `/verify` and the method.
    Verify,
    /// Describes a token (RFC 7662).
    Introspect,
    /// The description of the API for apps.
    OpenApi,
    /// Lists the tokens of an app.
    ListTokens,
    /// Gives a token a new secret.
    ResetToken,
    /// Describes the caller's own token.
    TokenInfo,
    /// A path below `/oauth` that does not exist.
    UnknownOauth,
    /// CleverTap's check of a passcode, at any other path.
    PasscodeCheck,
}

/// A set of paths.
#[derive(Clone, Copy, Debug)]
pub enum Pattern {
    /// This path alone.
    Exact(&'static str),
    /// This path and all below it.
    Under(&'static str),
    /// This path, with or without a version before it.
    Versioned(&'static str),
    /// All paths below this one, with or without a version before it.
    VersionedUnder(&'static str),
    /// The path between these two parts is an id. With or without a version before it.
    VersionedWithId(&'static str, &'static str),
    /// Any path.
    Any,
}

/// Every endpoint with its path and its method; `None` if it takes any method, or checks it only after the decision.
/// The first match wins, so the one that nearly every request is for comes first.
pub const ENDPOINTS: &[(Pattern, Option<Method>, Endpoint)] = &[
    (Pattern::Under("/verify"), None, Endpoint::Verify),
    (Pattern::Exact("/introspect"), None, Endpoint::Introspect),
    (Pattern::Exact("/openapi.json"), Some(Method::GET), Endpoint::OpenApi),
    (Pattern::Versioned("/oauth/tokens"), Some(Method::GET), Endpoint::ListTokens),
    (
        Pattern::VersionedWithId("/oauth/tokens/", "/reset"),
        Some(Method::POST),
        Endpoint::ResetToken,
    ),
    (Pattern::Versioned("/oauth/tokeninfo"), Some(Method::GET), Endpoint::TokenInfo),
    (Pattern::VersionedUnder("/oauth"), None, Endpoint::UnknownOauth),
    (Pattern::Any, None, Endpoint::PasscodeCheck),
];

impl Route {
    /// Parses the path of a request.
    pub fn parse(path: &str) -> Self {
        let matching = ENDPOINTS.iter().find_map(|(pattern, _, endpoint)| {
            let (error_style, id) = pattern.matches(path)?;
            Some(Self { endpoint: *endpoint, error_style, id })
        });
        // The last pattern matches any path.
        let any =
            Self { endpoint: Endpoint::PasscodeCheck, error_style: ErrorStyle::Error, id: None };
        matching.unwrap_or(any)
    }
}

impl Endpoint {
    /// Returns the only method that it takes; `None` as in the table.
    pub fn method(self) -> Option<&'static Method> {
        ENDPOINTS.iter().find(|(_, _, endpoint)| *endpoint == self)?.1.as_ref()
    }

    /// Returns whether apps call it directly, so that no proxy has to understand its statuses and errors have the style
    /// of the API's version.
    pub fn is_for_apps(self) -> bool {
        match self {
            Self::OpenApi
            | Self::ListTokens
            | Self::ResetToken
            | Self::TokenInfo
            | Self::UnknownOauth => true,
            Self::Verify | Self::Introspect | Self::PasscodeCheck => false,
        }
    }
}

impl Pattern {
    /// Returns the error style and the id in a path that matches.
    fn matches(self, path: &str) -> Option<(ErrorStyle, Option<ObjectId>)> {
        let (error_style, unversioned) = match self {
            Self::Exact(_) | Self::Under(_) | Self::Any => (ErrorStyle::Error, path),
            _ => split_version(path).unwrap_or((ErrorStyle::Error, path)),
        };
        match self {
            Self::Any => true,
            Self::Exact(exact) | Self::Versioned(exact) => unversioned == exact,
            Self::Under(parent) => {
                let below = unversioned.strip_prefix(parent);
                below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
            }
            Self::VersionedUnder(parent) => {
                unversioned.strip_prefix(parent).is_some_and(|below| below.starts_with('/'))
            }
            Self::VersionedWithId(before, after) => {
                let id = unversioned.strip_prefix(before)?.strip_suffix(after)?;
                return ObjectId::parse(id).map(|id| (error_style, Some(id)));
            }
        }
        .then_some((error_style, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_prefix_selects_the_error_style() {
        let id = ObjectId::parse("4fd43cc56d11340000000005").unwrap();
        for (path, endpoint, error_style) in [
            ("/oauth/tokens", Endpoint::ListTokens, ErrorStyle::Error),
            ("/v1.1/oauth/tokens", Endpoint::ListTokens, ErrorStyle::Error),
            ("/v2.0/oauth/tokeninfo", Endpoint::TokenInfo, ErrorStyle::Message),
            ("/v3.0/oauth/x", Endpoint::UnknownOauth, ErrorStyle::Message),
            (
                "/oauth/tokens/4fd43cc56d11340000000005/reset",
                Endpoint::ResetToken,
                ErrorStyle::Error,
            ),
            ("/oauth/tokens/4fd4/reset", Endpoint::UnknownOauth, ErrorStyle::Error),
            ("/oauth/tokens/", Endpoint::UnknownOauth, ErrorStyle::Error),
            ("/openapi.json", Endpoint::OpenApi, ErrorStyle::Error),
            ("/v2.0/openapi.json", Endpoint::PasscodeCheck, ErrorStyle::Error),
            ("/oauth", Endpoint::PasscodeCheck, ErrorStyle::Error),
            ("/oauthx/tokens", Endpoint::PasscodeCheck, ErrorStyle::Error),
            ("/vx/oauth/tokens", Endpoint::PasscodeCheck, ErrorStyle::Error),
            ("/verify/v2.0/oauth/tokens", Endpoint::Verify, ErrorStyle::Error),
            ("/v", Endpoint::PasscodeCheck, ErrorStyle::Error),
            ("/verify", Endpoint::Verify, ErrorStyle::Error),
            ("/verify/", Endpoint::Verify, ErrorStyle::Error),
            ("/verifyx", Endpoint::PasscodeCheck, ErrorStyle::Error),
            ("/introspect", Endpoint::Introspect, ErrorStyle::Error),
            ("/introspect/", Endpoint::PasscodeCheck, ErrorStyle::Error),
            ("/", Endpoint::PasscodeCheck, ErrorStyle::Error),
        ] {
            let id = (endpoint == Endpoint::ResetToken).then_some(id);
            assert_eq!(Route::parse(path), Route { endpoint, error_style, id }, "{path}");
        }
    }

    #[test]
    fn each_endpoint_stands_in_the_table_once() {
        for (_, method, endpoint) in ENDPOINTS {
            assert_eq!(endpoint.method(), method.as_ref(), "{endpoint:?}");
            let rows = ENDPOINTS.iter().filter(|(_, _, other)| other == endpoint);
            assert_eq!(rows.count(), 1, "{endpoint:?}");
        }
    }
}

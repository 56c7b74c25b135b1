//! The JSON shape of errors, which depends on the API version at the beginning of a path.

use hyper::{
    Method, StatusCode,
    header::{HeaderValue, WWW_AUTHENTICATE},
};

use super::response::{self, HttpResponse};

/// The JSON key of an error's text. It changed with version 2 of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// `{"error": …}`: paths without a version, and versions before 2.
    Error,
    /// `{"message": …}`: version 2 and later.
    Message,
}

impl ErrorStyle {
    /// Returns the style that a path's version selects; `None` if the path has no version.
    pub fn of_path(path: &str) -> Option<Self> {
        split_version(path).map(|(style, _)| style)
    }

    /// Returns an error response.
    pub fn response(self, status: StatusCode, text: &str) -> HttpResponse {
        response::json(status, self.body(text))
    }

    /// Returns the body of an error.
    pub fn body(self, text: &str) -> String {
        let key = match self {
            Self::Error => "error",
            Self::Message => "message",
        };
        serde_json::json!({ key: text }).to_string()
    }

    /// Returns the response to a body that is too long to be read.
    pub fn too_large(self) -> HttpResponse {
        self.response(StatusCode::PAYLOAD_TOO_LARGE, "Too large")
    }

    /// Returns the response to a path that is no endpoint.
    pub fn not_found(self) -> HttpResponse {
        self.response(StatusCode::NOT_FOUND, "Not found")
    }

    /// Returns the response to a method that an endpoint does not support; `allowed` is the one that it does.
    pub fn method_not_allowed(self, allowed: &Method) -> HttpResponse {
        let response = self.response(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
        response::with_allow(response, allowed)
    }

    /// Returns the response to a failed client authentication (RFC 6749, section 5.2).
    pub fn unauthorized(self) -> HttpResponse {
        let mut response = self.response(StatusCode::UNAUTHORIZED, "Invalid client credentials");
        let challenge = HeaderValue::from_static("Basic realm=\"gatepass\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        response
    }
}

/// Splits the version off the beginning of a path, such as `/v2.0`; `None` if it has none.
pub fn split_version(path: &str) -> Option<(ErrorStyle, &str)> {
    let rest = path.strip_prefix("/v")?;
    let (version, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let major = version.split('.').next()?.parse::<u32>().ok()?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let style = if major >= 2 { ErrorStyle::Message } else { ErrorStyle::Error };
    is_version.then_some((style, rest))
}

//! Responses.

use http_body_util::Full;
use hyper::{
    Method, Response, StatusCode,
    body::Bytes,
    header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};

/// The response type of every endpoint.
pub type HttpResponse = Response<Full<Bytes>>;

/// The content type of JSON bodies.
pub const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
/// Retry after one second.
pub const RETRY_SOON: HeaderValue = HeaderValue::from_static("1");

/// Returns a response without a body.
pub fn empty(status: StatusCode) -> HttpResponse {
    let mut response = HttpResponse::new(Full::default());
    *response.status_mut() = status;
    response
}

/// Returns a response whose body is JSON text.
pub fn json(status: StatusCode, body: String) -> HttpResponse {
    let mut response = HttpResponse::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

/// Returns a response with a short text for people.
pub fn plain_text(status: StatusCode, text: &'static str) -> HttpResponse {
    text_response(status, Bytes::from_static(text.as_bytes()), "text/plain; charset=utf-8")
}

/// Returns a response with a text of the given content type.
pub fn text_response(status: StatusCode, body: Bytes, content_type: &'static str) -> HttpResponse {
    let mut response = HttpResponse::new(Full::new(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Returns an error in the format of OAuth (RFC 6749, section 5.2).
pub fn error(status: StatusCode, code: &'static str) -> HttpResponse {
    json(status, format!("{{\"error\":\"{code}\"}}"))
}

/// Returns the response to a body that is too long to be read.
pub fn too_large() -> HttpResponse {
    error(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request")
}

/// Adds the method that an endpoint supports.
pub fn with_allow(mut response: HttpResponse, method: &Method) -> HttpResponse {
    insert_if_some(response.headers_mut(), ALLOW, header_value(method.as_str()));
    response
}

/// Asks the caller to retry after one second.
pub fn with_retry_after(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(RETRY_AFTER, RETRY_SOON);
    response
}

/// Returns a header value; `None` for a text that can't stand in a header.
pub fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

/// Sets a header if it has a value.
pub fn insert_if_some(headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>) {
    value.map(|value| headers.insert(name, value));
}

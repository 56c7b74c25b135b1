//! Requests of apps for their tokens, or for a new secret of one. The app authenticates with its client credentials.

use std::net::IpAddr;

use hyper::{StatusCode, body::Incoming, header::AUTHORIZATION, http::request::Parts};
use serde::Deserialize;

use super::token_list::token_list_response;
use crate::{
    domain::{
        credential::MAX_APP_OVERLAP,
        directory::id::ObjectId,
        request::{ClientCredentials, target_contains_secret},
    },
    ops::app::client::ClientResponse,
    server::{
        http::{
            body::{BodyError, read_body},
            request_context::RequestContext,
            response::{HttpResponse, with_retry_after},
        },
        tasks::client_request::{ClientApi, ClientRequest},
        unavailable::Unavailable,
    },
};

/// Answers `GET /oauth/tokens` and `POST /oauth/tokens/{id}/reset`. `address` is the caller's.
pub async fn respond(
    request: &RequestContext,
    body: Incoming,
    client_api: &ClientApi,
    address: Option<IpAddr>,
) -> HttpResponse {
    let style = request.route.error_style;
    if let Some(error) = request.method_error() {
        return error;
    }
    let target = request.head.uri.path_and_query().map_or("", |target| target.as_str());
    if target_contains_secret(target.as_bytes()) {
        return style
            .response(StatusCode::BAD_REQUEST, "A secret does not belong into the address");
    }
    let Some(login) = client_login(&request.head) else { return style.unauthorized() };
    let client_request = match read_request(request, body).await {
        Ok(client_request) => client_request,
        Err(bad) => return style.response(bad.status, bad.message),
    };
    match client_api.send(login, client_request, address).await {
        Ok(ClientResponse::Tokens { tokens, in_doubt }) => {
            let status = if in_doubt.is_some() { StatusCode::ACCEPTED } else { StatusCode::OK };
            token_list_response(target, status, &tokens)
        }
        Ok(ClientResponse::NotFound) => style.not_found(),
        Ok(ClientResponse::OverlapPending { until }) => style.response(
            StatusCode::CONFLICT,
            &format!("An earlier reset keeps the old secret valid until {until}"),
        ),
        Ok(ClientResponse::Unauthenticated) => style.unauthorized(),
        Err(Unavailable::Overloaded) => {
            with_retry_after(style.response(StatusCode::TOO_MANY_REQUESTS, "Too many requests"))
        }
        Err(Unavailable::StoreUnreachable) => {
            with_retry_after(style.response(StatusCode::SERVICE_UNAVAILABLE, "Service unavailable"))
        }
    }
}

/// Why a request is invalid.
struct BadRequest {
    status: StatusCode,
    message: &'static str,
}

impl BadRequest {
    const fn new(message: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message }
    }
}

impl From<BodyError> for BadRequest {
    fn from(error: BodyError) -> Self {
        let (status, message) = match error {
            BodyError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
            BodyError::TimedOut => (StatusCode::REQUEST_TIMEOUT, "Timed out"),
        };
        Self { status, message }
    }
}

/// Returns the client credentials; `None` if there are none, or more than one `Authorization` header.
fn client_login(head: &Parts) -> Option<ClientCredentials> {
    let mut all = head.headers.get_all(AUTHORIZATION).iter();
    let login = ClientCredentials::parse(all.next()?.as_bytes());
    login.filter(|_| all.next().is_none())
}

async fn read_request(
    request: &RequestContext,
    body: Incoming,
) -> Result<ClientRequest, BadRequest> {
    match request.route.id {
        Some(token) => {
            let overlap_seconds = read_overlap(body).await?;
            Ok(ClientRequest::ResetToken { token, overlap_seconds })
        }
        None => requested_district(&request.head).map(ClientRequest::ListTokens),
    }
}

/// Reads the query of a list; `None` means all districts.
fn requested_district(head: &Parts) -> Result<Option<ObjectId>, BadRequest> {
    let (mut owner_type, mut district) = (None, None);
    for (name, value) in form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()) {
        let parameter = match &*name {
            "owner_type" => &mut owner_type,
            "district" => &mut district,
            _ => continue,
        };
        if parameter.replace(value).is_some() {
            return Err(BadRequest::new("A parameter was given twice"));
        }
    }
    if owner_type.as_deref() != Some("district") {
        return Err(BadRequest::new("owner_type must be district"));
    }
    let parse = |text: &str| {
        ObjectId::parse(text).ok_or(BadRequest::new("district must be 24 hexadecimal digits"))
    };
    district.as_deref().map(parse).transpose()
}

/// The body of a reset, which may be empty.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResetBody {
    /// How long the old secret remains valid.
    #[serde(default)]
    overlap_seconds: i64,
}

async fn read_overlap(body: Incoming) -> Result<i64, BadRequest> {
    let body = read_body(body).await?;
    let reset = match body.is_empty() {
        true => Ok(ResetBody::default()),
        false => serde_json::from_slice(&body),
    };
    let reset: ResetBody =
        reset.map_err(|_| BadRequest::new("The body must be {\"overlap_seconds\": N}"))?;
    match reset.overlap_seconds {
        seconds @ 0..=MAX_APP_OVERLAP => Ok(seconds),
        _ => Err(BadRequest::new("overlap_seconds must be a number from 0 to 604800")),
    }
}

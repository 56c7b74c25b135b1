//! `GET /oauth/tokeninfo`: what the caller's own token is for.

use hyper::{StatusCode, header::HeaderValue};
use serde::Serialize;

use crate::{
    domain::directory::id::ClientId,
    server::{
        decision::caller_identity::{CallerIdentity, TokenContext},
        http::{
            request_context::RequestContext,
            response::{HttpResponse, json},
        },
    },
};

/// What an app needs to recognize its token. The names of the fields are the JSON keys.
#[derive(Serialize)]
struct TokenInfoBody<'a> {
    client_id: &'a str,
    scopes: Vec<&'a str>,
}

/// Returns the response to a caller with a valid credential, which must be a token.
pub fn token_info(request: &RequestContext, identity: &CallerIdentity) -> HttpResponse {
    let mut response = match (request.method_error(), &identity.token_context) {
        (Some(error), _) => error,
        (None, Some(TokenContext { client, district: Some(_), scopes, .. })) => {
            token_info_response(client, scopes.as_ref())
        }
        _ => request.route.error_style.response(StatusCode::FORBIDDEN, "Not a token"),
    };
    identity.write_quota(response.headers_mut());
    response
}

fn token_info_response(client: &ClientId, scopes: Option<&HeaderValue>) -> HttpResponse {
    let scopes = scopes.and_then(|scopes| scopes.to_str().ok()).unwrap_or_default();
    let scopes = scopes.split_ascii_whitespace().collect();
    let info = TokenInfoBody { client_id: client.as_str(), scopes };
    json(StatusCode::OK, serde_json::to_string(&info).unwrap_or_default())
}

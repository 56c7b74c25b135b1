//! What apps ask for themselves, as they always did: the tokens that districts granted them, and whose a token is.

use std::{net::IpAddr, time::Duration};

use http_body_util::{BodyExt, Limited};
use hyper::{
    Method, StatusCode,
    body::Incoming,
    header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, HeaderValue, WWW_AUTHENTICATE},
    http::request::Parts,
};
use serde::{Deserialize, Serialize};
use tokio::time;

use crate::{
    domain::{
        credential::{MAX_APP_OVERLAP, secret::SecretKind},
        directory::id::{ClientId, ObjectId},
        instant::Instant,
        request::{ClientCredentials, target_contains_secret},
    },
    ops::app::client::{ClientResponse, ClientToken},
    server::{
        cache::index_cache::Unavailable,
        decision::caller_identity::{CallerIdentity, TokenContext},
        http::response::{self, BODY_LIMIT, HttpResponse},
        tasks::client_api_worker::{ClientApi, ClientRequest},
    },
};

/// What tells apps' programmers of all this.
const OPENAPI: &str = include_str!("openapi.json");
/// How long a peer may take for a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);
/// The characters of a secret that are not its prefix.
const MASKED_LENGTH: usize = 49;

/// The name under which an error stands in a body: that changed with version 2 of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// `{"error": …}`, without a version and in versions before 2.
    Error,
    /// `{"message": …}`, from version 2 on.
    Message,
}

/// What is asked for on a route of OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `GET /oauth/tokens`
    Tokens,
    /// `POST /oauth/tokens/{id}/reset`
    Reset(ObjectId),
    /// `GET /oauth/tokeninfo`
    TokenInfo,
    /// `GET /openapi.json`
    OpenApi,
    /// Anything else below `/oauth`.
    Unknown,
}

impl Route {
    /// The route of a path, with or without a version before it; `None` when it is not one of OAuth.
    pub fn of(path: &str) -> Option<(Self, ErrorStyle)> {
        if path == "/openapi.json" {
            return Some((Self::OpenApi, ErrorStyle::Error));
        }
        let (shape, path) = split_version(path).unwrap_or((ErrorStyle::Error, path));
        let rest = path.strip_prefix("/oauth").filter(|rest| rest.starts_with('/'))?;
        let reset =
            |rest: &str| ObjectId::parse(rest.strip_prefix("/tokens/")?.strip_suffix("/reset")?);
        let route = match rest {
            "/tokens" => Self::Tokens,
            "/tokeninfo" => Self::TokenInfo,
            rest => reset(rest).map_or(Self::Unknown, Self::Reset),
        };
        Some((route, shape))
    }

    /// The method that it takes.
    fn method(self) -> Option<Method> {
        match self {
            Self::Tokens | Self::TokenInfo | Self::OpenApi => Some(Method::GET),
            Self::Reset(_) => Some(Method::POST),
            Self::Unknown => None,
        }
    }
}

/// The shape of errors that the version at the beginning of a path asks for, if there is one.
pub fn error_style(path: &str) -> Option<ErrorStyle> {
    split_version(path).map(|(shape, _)| shape)
}

fn split_version(path: &str) -> Option<(ErrorStyle, &str)> {
    let rest = path.strip_prefix("/v")?;
    let (version, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let major = version.split('.').next()?.parse::<u32>().ok()?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let shape = if major >= 2 { ErrorStyle::Message } else { ErrorStyle::Error };
    is_version.then_some((shape, rest))
}

impl ErrorStyle {
    /// An error in this shape.
    pub fn response(self, status: StatusCode, text: &str) -> HttpResponse {
        response::json(status, self.body(text))
    }

    /// The body of an error.
    pub fn body(self, text: &str) -> String {
        let name = match self {
            Self::Error => "error",
            Self::Message => "message",
        };
        serde_json::json!({ name: text }).to_string()
    }

    /// The answer to a body that nobody will read.
    pub fn too_large(self) -> HttpResponse {
        self.response(StatusCode::PAYLOAD_TOO_LARGE, "Too large")
    }

    /// The answer to who has not proved to be an app's program (RFC 6749, section 5.2).
    fn unauthorized(self) -> HttpResponse {
        let mut answer = self.response(StatusCode::UNAUTHORIZED, "Invalid client credentials");
        let challenge = HeaderValue::from_static("Basic realm=\"gatepass\"");
        answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        answer
    }
}

/// Answers an app's program that wants its tokens, or a new secret for one.
pub async fn respond(
    route: (Route, ErrorStyle),
    head: &Parts,
    body: Incoming,
    clerk: &ClientApi,
    peer: Option<IpAddr>,
) -> HttpResponse {
    let (route, shape) = route;
    let Some(method) = route.method() else {
        return shape.response(StatusCode::NOT_FOUND, "Not found");
    };
    if head.method != method {
        return not_allowed(shape, &method);
    }
    if route == Route::OpenApi {
        return response::json(StatusCode::OK, OPENAPI.to_owned());
    }
    let target = head.uri.path_and_query().map_or("", |target| target.as_str());
    if target_contains_secret(target.as_bytes()) {
        return shape
            .response(StatusCode::BAD_REQUEST, "A secret does not belong into the address");
    }
    let Some(login) = client_login(head) else { return shape.unauthorized() };
    let errand = match route {
        Route::Reset(token) => {
            read_overlap(body).await.map(|overlap| ClientRequest::ResetToken(token, overlap))
        }
        _ => requested_district(head).map(ClientRequest::ListTokens),
    };
    let errand = match errand {
        Ok(errand) => errand,
        Err(bad) => return shape.response(bad.status, bad.message),
    };
    match clerk.send(login, errand, peer).await {
        Ok(ClientResponse::Tokens(granted)) => token_list_response(target, &granted),
        Ok(ClientResponse::NotFound) => shape.response(StatusCode::NOT_FOUND, "Not found"),
        Ok(ClientResponse::Unauthenticated) => shape.unauthorized(),
        Err(Unavailable::Overloaded) => response::with_retry_after(
            shape.response(StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
        ),
        Err(Unavailable::StoreUnreachable) => response::with_retry_after(
            shape.response(StatusCode::SERVICE_UNAVAILABLE, "Service unavailable"),
        ),
    }
}

/// The answer to a method that a route does not take.
fn not_allowed(shape: ErrorStyle, method: &Method) -> HttpResponse {
    let mut answer = shape.response(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
    if let Ok(method) = HeaderValue::from_str(method.as_str()) {
        answer.headers_mut().insert(ALLOW, method);
    }
    answer
}

/// What is wrong with a request.
struct BadRequest {
    status: StatusCode,
    message: &'static str,
}

impl BadRequest {
    const fn new(text: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: text }
    }
}

fn client_login(head: &Parts) -> Option<ClientCredentials> {
    let mut all = head.headers.get_all(AUTHORIZATION).iter();
    let login = ClientCredentials::parse(all.next()?.as_bytes());
    login.filter(|_| all.next().is_none())
}

/// The district that is asked for, if it is one alone.
fn requested_district(head: &Parts) -> Result<Option<ObjectId>, BadRequest> {
    let (mut owner_type, mut district) = (None, None);
    for (name, value) in form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()) {
        let place = match &*name {
            "owner_type" => &mut owner_type,
            "district" => &mut district,
            _ => continue,
        };
        if place.replace(value).is_some() {
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

/// What may be said with a reset.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResetBody {
    /// How long the old token lives on.
    #[serde(default)]
    overlap_seconds: i64,
}

async fn read_overlap(body: Incoming) -> Result<i64, BadRequest> {
    let body = time::timeout(BODY_TIMEOUT, Limited::new(body, BODY_LIMIT as usize).collect()).await;
    let body = match body {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => {
            return Err(BadRequest { status: StatusCode::PAYLOAD_TOO_LARGE, message: "Too large" });
        }
        Err(_) => {
            return Err(BadRequest { status: StatusCode::REQUEST_TIMEOUT, message: "Timed out" });
        }
    };
    let form = match body.is_empty() {
        true => Ok(ResetBody::default()),
        false => serde_json::from_slice(&body),
    };
    let form: ResetBody =
        form.map_err(|_| BadRequest::new("The body must be {\"overlap_seconds\": N}"))?;
    match form.overlap_seconds {
        seconds @ 0..=MAX_APP_OVERLAP => Ok(seconds),
        _ => Err(BadRequest::new("overlap_seconds must be a number from 0 to 604800")),
    }
}

/// Tokens in the shape in which apps have always had them, key order and all.
#[derive(Serialize)]
struct TokenList<'a> {
    data: Vec<TokenItem<'a>>,
    links: [TokenListLink<'a>; 1],
}

#[derive(Serialize)]
struct TokenItem<'a> {
    id: String,
    created: String,
    owner: TokenOwner,
    access_token: String,
    scopes: Vec<&'a str>,
}

#[derive(Serialize)]
struct TokenOwner {
    r#type: &'static str,
    id: String,
}

#[derive(Serialize)]
struct TokenListLink<'a> {
    rel: &'static str,
    uri: &'a str,
}

fn token_list_response(target: &str, granted: &[ClientToken]) -> HttpResponse {
    let links = [TokenListLink { rel: "self", uri: target }];
    let listed = TokenList { data: granted.iter().map(TokenItem::of).collect(), links };
    let mut answer =
        response::json(StatusCode::OK, serde_json::to_string(&listed).unwrap_or_default());
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

impl<'a> TokenItem<'a> {
    fn of(granted: &'a ClientToken) -> Self {
        let ClientToken { token, secret } = granted;
        let shown =
            secret.as_ref().map(|secret| String::from_utf8_lossy(secret.expose()).into_owned());
        let hidden = || format!("{}{}", SecretKind::Token.prefix(), "*".repeat(MASKED_LENGTH));
        let district = token.subject.district().map(|district| district.to_string());
        Self {
            id: token.id.to_object_id().to_string(),
            created: with_milliseconds(token.secrets.created_at),
            owner: TokenOwner { r#type: "district", id: district.unwrap_or_default() },
            access_token: shown.unwrap_or_else(hidden),
            scopes: token.scopes.iter().collect(),
        }
    }
}

/// An instant with milliseconds, which apps have always read.
fn with_milliseconds(at: Instant) -> String {
    at.to_string().replace('Z', ".000Z")
}

/// Whose token it is, and what it is good for: all that an app needs to know that it is its own.
#[derive(Serialize)]
struct TokenInfoBody<'a> {
    client_id: &'a str,
    scopes: Vec<&'a str>,
}

/// The answer of `GET /oauth/tokeninfo` to who has a live secret, which must be a token.
pub fn token_info(shape: ErrorStyle, identity: &CallerIdentity, method: &Method) -> HttpResponse {
    let mut answer = match &identity.token_context {
        _ if *method != Method::GET => not_allowed(shape, &Method::GET),
        Some(TokenContext { client, district: Some(_), scopes, .. }) => {
            token_info_response(client, scopes.as_ref())
        }
        _ => shape.response(StatusCode::FORBIDDEN, "Not a token"),
    };
    identity.write_quota(answer.headers_mut());
    answer
}

fn token_info_response(client: &ClientId, scopes: Option<&HeaderValue>) -> HttpResponse {
    let scopes = scopes.and_then(|scopes| scopes.to_str().ok()).unwrap_or_default();
    let scopes = scopes.split_ascii_whitespace().collect();
    let info = TokenInfoBody { client_id: client.as_str(), scopes };
    response::json(StatusCode::OK, serde_json::to_string(&info).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_prefix_selects_the_error_style() {
        let id = ObjectId::parse("4fd43cc56d11340000000005").unwrap();
        for (path, expected) in [
            ("/oauth/tokens", Some((Route::Tokens, ErrorStyle::Error))),
            ("/v1.1/oauth/tokens", Some((Route::Tokens, ErrorStyle::Error))),
            ("/v2.0/oauth/tokeninfo", Some((Route::TokenInfo, ErrorStyle::Message))),
            ("/v3.0/oauth/x", Some((Route::Unknown, ErrorStyle::Message))),
            (
                "/oauth/tokens/4fd43cc56d11340000000005/reset",
                Some((Route::Reset(id), ErrorStyle::Error)),
            ),
            ("/oauth/tokens/4fd4/reset", Some((Route::Unknown, ErrorStyle::Error))),
            ("/oauth", None),
            ("/oauthx/tokens", None),
            ("/vx/oauth/tokens", None),
            ("/verify/v2.0/oauth/tokens", None),
            ("/v", None),
        ] {
            assert_eq!(Route::of(path), expected, "{path}");
        }
    }

    /// The document tells of every route and of no other, by the method that it takes.
    #[test]
    fn the_openapi_document_lists_every_route() {
        let id = ObjectId::parse("4fd43cc56d11340000000005").unwrap();
        let all = [Route::Tokens, Route::Reset(id), Route::TokenInfo, Route::OpenApi];
        let is_told = |route: Route| match route {
            // A new one belongs into the list above.
            Route::Tokens | Route::Reset(_) | Route::TokenInfo | Route::OpenApi => true,
            Route::Unknown => false,
        };
        assert!(all.into_iter().all(is_told));
        let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
        let told = document["paths"].as_object().unwrap().iter().map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().map(|method| method.to_uppercase());
            let (route, shape) = Route::of(&path.replace("{id}", id.as_str())).unwrap();
            assert_eq!(shape, ErrorStyle::Error);
            (route, methods.collect::<Vec<_>>())
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), all.len());
        for route in all {
            let method = route.method().unwrap().to_string();
            assert!(told.contains(&(route, vec![method])), "{route:?}");
        }
    }
}

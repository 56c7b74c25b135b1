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

use super::{
    answer::{self, Answer, BODY_LIMIT},
    clerk::{Clerk, Errand},
    identity::{Grantee, Identity},
    mirror::NoAnswer,
};
use crate::{
    domain::{
        id::{ClientId, ObjectId},
        instant::Instant,
        lifetime::LONGEST_OWN_OVERLAP,
        request::{ClientLogin, has_secret_in_query},
        secret::SecretKind,
    },
    ops::client::{Granted, Reply},
};

/// What tells apps' programmers of all this.
const DOCUMENT: &str = include_str!("openapi.json");
/// How long a peer may take for a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);
/// The characters of a secret that are not its prefix.
const HIDDEN: usize = 49;

/// The name under which an error stands in a body: that changed with version 2 of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
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
    Info,
    /// `GET /openapi.json`
    Document,
    /// Anything else below `/oauth`.
    Unknown,
}

impl Route {
    /// The route of a path, with or without a version before it; `None` when it is not one of OAuth.
    pub fn of(path: &str) -> Option<(Self, Shape)> {
        if path == "/openapi.json" {
            return Some((Self::Document, Shape::Error));
        }
        let (shape, path) = split_version(path).unwrap_or((Shape::Error, path));
        let rest = path.strip_prefix("/oauth").filter(|rest| rest.starts_with('/'))?;
        let reset =
            |rest: &str| ObjectId::parse(rest.strip_prefix("/tokens/")?.strip_suffix("/reset")?);
        let route = match rest {
            "/tokens" => Self::Tokens,
            "/tokeninfo" => Self::Info,
            rest => reset(rest).map_or(Self::Unknown, Self::Reset),
        };
        Some((route, shape))
    }

    /// The method that it takes.
    fn method(self) -> Option<Method> {
        match self {
            Self::Tokens | Self::Info | Self::Document => Some(Method::GET),
            Self::Reset(_) => Some(Method::POST),
            Self::Unknown => None,
        }
    }
}

/// The shape of errors that the version at the beginning of a path asks for, if there is one.
pub fn version(path: &str) -> Option<Shape> {
    split_version(path).map(|(shape, _)| shape)
}

fn split_version(path: &str) -> Option<(Shape, &str)> {
    let rest = path.strip_prefix("/v")?;
    let (version, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let major = version.split('.').next()?.parse::<u32>().ok()?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let shape = if major >= 2 { Shape::Message } else { Shape::Error };
    is_version.then_some((shape, rest))
}

impl Shape {
    /// An error in this shape.
    pub fn error(self, status: StatusCode, text: &str) -> Answer {
        answer::json(status, self.text(text))
    }

    /// The body of an error.
    pub fn text(self, text: &str) -> String {
        let name = match self {
            Self::Error => "error",
            Self::Message => "message",
        };
        serde_json::json!({ name: text }).to_string()
    }

    /// The answer to a body that nobody will read.
    pub fn too_large(self) -> Answer {
        self.error(StatusCode::PAYLOAD_TOO_LARGE, "Too large")
    }

    /// The answer to who has not proved to be an app's program (RFC 6749, section 5.2).
    fn unauthorized(self) -> Answer {
        let mut answer = self.error(StatusCode::UNAUTHORIZED, "Invalid client credentials");
        let challenge = HeaderValue::from_static("Basic realm=\"gatepass\"");
        answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        answer
    }
}

/// Answers an app's program that wants its tokens, or a new secret for one.
pub async fn answer(
    route: (Route, Shape),
    head: &Parts,
    body: Incoming,
    clerk: &Clerk,
    peer: Option<IpAddr>,
) -> Answer {
    let (route, shape) = route;
    let Some(method) = route.method() else {
        return shape.error(StatusCode::NOT_FOUND, "Not found");
    };
    if head.method != method {
        return not_allowed(shape, &method);
    }
    if route == Route::Document {
        return answer::json(StatusCode::OK, DOCUMENT.to_owned());
    }
    let target = head.uri.path_and_query().map_or("", |target| target.as_str());
    if has_secret_in_query(target.as_bytes()) {
        return shape.error(StatusCode::BAD_REQUEST, "A secret does not belong into the address");
    }
    let Some(login) = only_login(head) else { return shape.unauthorized() };
    let errand = match route {
        Route::Reset(token) => overlap(body).await.map(|overlap| Errand::Reset(token, overlap)),
        _ => district(head).map(Errand::Tokens),
    };
    let errand = match errand {
        Ok(errand) => errand,
        Err(bad) => return shape.error(bad.status, bad.text),
    };
    match clerk.run(login, errand, peer).await {
        Ok(Reply::Tokens(granted)) => listed(target, &granted),
        Ok(Reply::NotFound) => shape.error(StatusCode::NOT_FOUND, "Not found"),
        Ok(Reply::Stranger) => shape.unauthorized(),
        Err(NoAnswer::TooMany) => {
            answer::wait(shape.error(StatusCode::TOO_MANY_REQUESTS, "Too many requests"))
        }
        Err(NoAnswer::Stale) => {
            answer::wait(shape.error(StatusCode::SERVICE_UNAVAILABLE, "Service unavailable"))
        }
    }
}

/// The answer to a method that a route does not take.
fn not_allowed(shape: Shape, method: &Method) -> Answer {
    let mut answer = shape.error(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
    if let Ok(method) = HeaderValue::from_str(method.as_str()) {
        answer.headers_mut().insert(ALLOW, method);
    }
    answer
}

/// What is wrong with a request.
struct Bad {
    status: StatusCode,
    text: &'static str,
}

impl Bad {
    const fn request(text: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, text }
    }
}

fn only_login(head: &Parts) -> Option<ClientLogin> {
    let mut all = head.headers.get_all(AUTHORIZATION).iter();
    let login = ClientLogin::parse(all.next()?.as_bytes());
    login.filter(|_| all.next().is_none())
}

/// The district that is asked for, if it is one alone.
fn district(head: &Parts) -> Result<Option<ObjectId>, Bad> {
    let (mut owner_type, mut district) = (None, None);
    for (name, value) in form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()) {
        let place = match &*name {
            "owner_type" => &mut owner_type,
            "district" => &mut district,
            _ => continue,
        };
        if place.replace(value).is_some() {
            return Err(Bad::request("A parameter was given twice"));
        }
    }
    if owner_type.as_deref() != Some("district") {
        return Err(Bad::request("owner_type must be district"));
    }
    let parse = |text: &str| {
        ObjectId::parse(text).ok_or(Bad::request("district must be 24 hexadecimal digits"))
    };
    district.as_deref().map(parse).transpose()
}

/// What may be said with a reset.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResetForm {
    /// How long the old token lives on.
    #[serde(default)]
    overlap_seconds: i64,
}

async fn overlap(body: Incoming) -> Result<i64, Bad> {
    let body = time::timeout(BODY_TIMEOUT, Limited::new(body, BODY_LIMIT as usize).collect()).await;
    let body = match body {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return Err(Bad { status: StatusCode::PAYLOAD_TOO_LARGE, text: "Too large" }),
        Err(_) => return Err(Bad { status: StatusCode::REQUEST_TIMEOUT, text: "Timed out" }),
    };
    let form = match body.is_empty() {
        true => Ok(ResetForm::default()),
        false => serde_json::from_slice(&body),
    };
    let form: ResetForm =
        form.map_err(|_| Bad::request("The body must be {\"overlap_seconds\": N}"))?;
    match form.overlap_seconds {
        seconds @ 0..=LONGEST_OWN_OVERLAP => Ok(seconds),
        _ => Err(Bad::request("overlap_seconds must be a number from 0 to 604800")),
    }
}

/// Tokens in the shape in which apps have always had them, key order and all.
#[derive(Serialize)]
struct Listed<'a> {
    data: Vec<Token<'a>>,
    links: [Link<'a>; 1],
}

#[derive(Serialize)]
struct Token<'a> {
    id: String,
    created: String,
    owner: Owner,
    access_token: String,
    scopes: Vec<&'a str>,
}

#[derive(Serialize)]
struct Owner {
    r#type: &'static str,
    id: String,
}

#[derive(Serialize)]
struct Link<'a> {
    rel: &'static str,
    uri: &'a str,
}

fn listed(target: &str, granted: &[Granted]) -> Answer {
    let links = [Link { rel: "self", uri: target }];
    let listed = Listed { data: granted.iter().map(Token::of).collect(), links };
    let mut answer =
        answer::json(StatusCode::OK, serde_json::to_string(&listed).unwrap_or_default());
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

impl<'a> Token<'a> {
    fn of(granted: &'a Granted) -> Self {
        let Granted { token, secret } = granted;
        let shown =
            secret.as_ref().map(|secret| String::from_utf8_lossy(secret.expose()).into_owned());
        let hidden = || format!("{}{}", SecretKind::Token.prefix(), "*".repeat(HIDDEN));
        let district = token.owner.district().map(|district| district.to_string());
        Self {
            id: token.id.bare().to_string(),
            created: milliseconds(token.secrets.made_at),
            owner: Owner { r#type: "district", id: district.unwrap_or_default() },
            access_token: shown.unwrap_or_else(hidden),
            scopes: token.scopes.iter().collect(),
        }
    }
}

/// An instant with milliseconds, which apps have always read.
fn milliseconds(at: Instant) -> String {
    at.to_string().replace('Z', ".000Z")
}

/// Whose token it is, and what it is good for: all that an app needs to know that it is its own.
#[derive(Serialize)]
struct Info<'a> {
    client_id: &'a str,
    scopes: Vec<&'a str>,
}

/// The answer of `GET /oauth/tokeninfo` to who has a live secret, which must be a token.
pub fn info(shape: Shape, identity: &Identity, method: &Method) -> Answer {
    let mut answer = match &identity.grantee {
        _ if *method != Method::GET => not_allowed(shape, &Method::GET),
        Some(Grantee { client, district: Some(_), scopes, .. }) => told(client, scopes.as_ref()),
        _ => shape.error(StatusCode::FORBIDDEN, "Not a token"),
    };
    identity.tell_quota(answer.headers_mut());
    answer
}

fn told(client: &ClientId, scopes: Option<&HeaderValue>) -> Answer {
    let scopes = scopes.and_then(|scopes| scopes.to_str().ok()).unwrap_or_default();
    let scopes = scopes.split_ascii_whitespace().collect();
    let info = Info { client_id: client.as_str(), scopes };
    answer::json(StatusCode::OK, serde_json::to_string(&info).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_before_a_route_chooses_the_shape_of_errors() {
        let id = ObjectId::parse("4fd43cc56d11340000000005").unwrap();
        for (path, expected) in [
            ("/oauth/tokens", Some((Route::Tokens, Shape::Error))),
            ("/v1.1/oauth/tokens", Some((Route::Tokens, Shape::Error))),
            ("/v2.0/oauth/tokeninfo", Some((Route::Info, Shape::Message))),
            ("/v3.0/oauth/x", Some((Route::Unknown, Shape::Message))),
            (
                "/oauth/tokens/4fd43cc56d11340000000005/reset",
                Some((Route::Reset(id), Shape::Error)),
            ),
            ("/oauth/tokens/4fd4/reset", Some((Route::Unknown, Shape::Error))),
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
    fn the_document_has_every_route() {
        let id = ObjectId::parse("4fd43cc56d11340000000005").unwrap();
        let all = [Route::Tokens, Route::Reset(id), Route::Info, Route::Document];
        let is_told = |route: Route| match route {
            // A new one belongs into the list above.
            Route::Tokens | Route::Reset(_) | Route::Info | Route::Document => true,
            Route::Unknown => false,
        };
        assert!(all.into_iter().all(is_told));
        let document: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
        let told = document["paths"].as_object().unwrap().iter().map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().map(|method| method.to_uppercase());
            let (route, shape) = Route::of(&path.replace("{id}", id.as_str())).unwrap();
            assert_eq!(shape, Shape::Error);
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

//! The tokens of an app, in the format that apps have always received.

use hyper::{
    StatusCode,
    header::{CACHE_CONTROL, HeaderValue},
};
use serde::Serialize;

use crate::{
    domain::{credential::secret::SecretKind, instant::Instant},
    ops::app::client::ClientToken,
    server::http::response::{HttpResponse, json},
};

/// How many characters of a secret are masked: all but its prefix.
const MASKED_LENGTH: usize = 49;

// The names and the order of the fields are those of the JSON.
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

/// Returns the response with these tokens to a request for `target`. The status is 202 (RFC 9110, section 15.3.3) if
/// nobody knows whether the secrets in it are valid, else 200.
pub fn token_list_response(
    target: &str,
    status: StatusCode,
    tokens: &[ClientToken],
) -> HttpResponse {
    let links = [TokenListLink { rel: "self", uri: target }];
    let list = TokenList { data: tokens.iter().map(TokenItem::of).collect(), links };
    let mut response = json(status, serde_json::to_string(&list).unwrap_or_default());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl<'a> TokenItem<'a> {
    /// Describes a token. Its secret is masked unless this is the one time that it is shown.
    fn of(client_token: &'a ClientToken) -> Self {
        let ClientToken { token, secret } = client_token;
        let shown =
            secret.as_ref().map(|secret| String::from_utf8_lossy(secret.expose()).into_owned());
        let masked = || format!("{}{}", SecretKind::Token.prefix(), "*".repeat(MASKED_LENGTH));
        let district = token.subject.district().map(|district| district.to_string());
        Self {
            id: token.id.to_object_id().to_string(),
            created: with_milliseconds(token.secrets.created_at),
            owner: TokenOwner { r#type: "district", id: district.unwrap_or_default() },
            access_token: shown.unwrap_or_else(masked),
            scopes: token.scopes.iter().collect(),
        }
    }
}

/// Formats an instant with milliseconds, as apps expect it.
fn with_milliseconds(at: Instant) -> String {
    at.to_string().replace('Z', ".000Z")
}

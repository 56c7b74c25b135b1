//! `POST /introspect` (RFC 7662): describes a token to a caller whose own credential permits that.

use hyper::{
    HeaderMap, Method, StatusCode,
    body::Incoming,
    header::{CACHE_CONTROL, HeaderValue},
};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::{
    domain::{
        credential::{CredentialKind, secret::Plaintext},
        decision::{Decision, KnownSecret, Requirements, SecretLookup, decide},
        instant::Instant,
    },
    server::{
        decision::{
            access_request::AccessRequest,
            caller_identity::CallerIdentity,
            decider::Decider,
            headers::allow,
            outcome::{GateDecision, GateOutcome},
            refusal::Refusal,
        },
        http::{
            body::{BodyError, read_body},
            request_context::RequestContext,
            response::{HttpResponse, error, json, too_large, with_allow},
        },
        unavailable::Unavailable,
    },
};

/// The description of a valid token (RFC 7662, section 2.2). For any other the response is only `active: false`. The names
/// of the fields are the JSON keys.
#[derive(Serialize)]
struct IntrospectionResponse<'a> {
    active: bool,
    scope: &'a str,
    client_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    /// `None` for a retiring secret, whose creation is not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<i64>,
    iss: &'a str,
    token_type: &'a str,
}

/// Describes the token in the form to the caller, about whom `decision` is. A token of another account is reported as not
/// active. Introspecting a token is not a use of it.
pub async fn introspect(
    decider: &Decider<'_>,
    decision: &GateDecision,
    request: &RequestContext,
    access_request: &AccessRequest,
    body: Incoming,
) -> HttpResponse {
    let head = &request.head;
    let refuse = |outcome| match Refusal::of(outcome) {
        Some(refusal) => {
            refusal.to_response(decider.policy.profile, &head.headers, head.uri.path())
        }
        None => allow(None, HeaderMap::new()),
    };
    if head.method != Method::POST {
        let response = error(StatusCode::METHOD_NOT_ALLOWED, "invalid_request");
        return with_allow(response, &Method::POST);
    }
    let Some(caller) = decision.identity.as_ref().filter(|_| decision.is_allowed()) else {
        return refuse(decision.outcome);
    };
    let form = match read_body(body).await {
        Ok(form) => Zeroizing::new(form.to_vec()),
        Err(BodyError::TooLarge) => return too_large(),
        Err(BodyError::TimedOut) => return error(StatusCode::REQUEST_TIMEOUT, "invalid_request"),
    };
    let response = match may_introspect(decider, access_request).await {
        Ok(true) => introspect_token(decider, caller, &form).await,
        Ok(false) => return error(StatusCode::FORBIDDEN, "access_denied"),
        Err(cause) => Err(cause),
    };
    response.unwrap_or_else(|cause| refuse(GateOutcome::Undecided(cause)))
}

/// Returns whether the caller's own credential permits introspection.
async fn may_introspect(
    decider: &Decider<'_>,
    access_request: &AccessRequest,
) -> Result<bool, Unavailable> {
    let (found, _) = decider.store_lookup.find(access_request.digest).await?;
    Ok(matches!(found, SecretLookup::Known(known) if known.credential.introspect))
}

async fn introspect_token(
    decider: &Decider<'_>,
    caller: &CallerIdentity,
    form: &[u8],
) -> Result<HttpResponse, Unavailable> {
    let Some(token) = only_token(form) else {
        return Ok(error(StatusCode::BAD_REQUEST, "invalid_request"));
    };
    let requirements = Requirements {
        account: Some(caller.account),
        region: decider.policy.region,
        ..Requirements::default()
    };
    let decision = match Plaintext::parse(token.as_bytes()) {
        Err(_) => None,
        Ok(secret) => {
            let (found, last) =
                decider.store_lookup.find(decider.keys.digest(secret.expose())).await?;
            Some(decide(&requirements, found, decider.cache.now().max(last)))
        }
    };
    let known = decision.filter(Decision::is_allowed).and_then(|decision| decision.known);
    let text =
        known.map_or_else(|| "{\"active\":false}".to_owned(), |known| active_response(&known));
    let mut response = json(StatusCode::OK, text);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Returns the `token` of a form; `None` if there is none, or more than one. Other parameters are ignored.
fn only_token(form: &[u8]) -> Option<Zeroizing<String>> {
    let mut tokens = form_urlencoded::parse(form).filter(|(name, _)| name == "token");
    let token = Zeroizing::new(tokens.next()?.1.into_owned());
    tokens.next().is_none().then_some(token)
}

fn active_response(known: &KnownSecret) -> String {
    let KnownSecret { credential, account, app, digest } = known;
    let retiring = credential.secrets.retiring.filter(|retiring| retiring.digest == *digest);
    let undelivered = credential.secrets.undelivered.filter(|new| new.digest == *digest);
    let created_at = undelivered.map_or(credential.secrets.created_at, |new| new.created_at);
    let expiry = retiring.map(|retiring| retiring.until).or(credential.expiry.instant());
    let subject = credential.subject.as_str();
    let district = credential.subject.district();
    let response = IntrospectionResponse {
        active: true,
        scope: credential.scopes.as_str(),
        client_id: app.as_ref().map_or(account.id.as_str(), |app| app.client_id.as_str()),
        username: (credential.kind() == CredentialKind::User).then_some(subject),
        sub: district.as_ref().map_or(subject, |district| district.as_str()),
        exp: expiry.map(Instant::unix),
        iat: retiring.is_none().then_some(created_at.unix()),
        iss: "gatepass",
        token_type: "Bearer",
    };
    serde_json::to_string(&response).unwrap_or_default()
}

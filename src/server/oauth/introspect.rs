//! `POST /introspect` (RFC 7662): what a token is, for callers whose own credential may ask.

use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::{
    Method, StatusCode,
    body::Incoming,
    header::{ALLOW, CACHE_CONTROL, HeaderValue},
    http::request::Parts,
};
use serde::Serialize;
use tokio::time;
use zeroize::Zeroizing;

use crate::{
    domain::{
        credential::{CredentialKind, secret::Plaintext},
        decision::{Decision, KnownSecret, Requirements, SecretLookup, decide},
        instant::Instant,
    },
    server::{
        cache::index_cache::Unavailable,
        decision::{
            caller_identity::CallerIdentity,
            decider::{AccessRequest, Decider, GateDecision, GateOutcome},
            refusal::Refusal,
        },
        http::response::{self, BODY_LIMIT, HttpResponse},
    },
};

/// How long a peer may take for the form.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);

/// What is told of a live token (RFC 7662, section 2.2). Anything else is `active: false` and nothing more.
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
    /// Nobody wrote down when a secret was made that a reset is about to end.
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<i64>,
    iss: &'a str,
    token_type: &'a str,
}

/// Answers what the token in the form is. A token of another account is none to the caller, and to ask is no use.
pub async fn introspect(
    judge: &Decider<'_>,
    verdict: &GateDecision,
    head: &Parts,
    question: &AccessRequest,
    body: Incoming,
) -> HttpResponse {
    let refuse = |outcome| match Refusal::of(outcome) {
        Some(refusal) => refusal.to_response(judge.policy.profile, &head.headers, head.uri.path()),
        None => response::allow(None, hyper::HeaderMap::new()),
    };
    if head.method != Method::POST {
        let mut answer = response::error(StatusCode::METHOD_NOT_ALLOWED, "invalid_request");
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return answer;
    }
    let Some(caller) = verdict.identity.as_ref().filter(|_| verdict.is_allowed()) else {
        return refuse(verdict.outcome);
    };
    let form = Limited::new(body, BODY_LIMIT as usize).collect();
    let form = match time::timeout(BODY_TIMEOUT, form).await {
        Ok(Ok(form)) => form,
        Ok(Err(_)) => return response::too_large(),
        Err(_) => return response::error(StatusCode::REQUEST_TIMEOUT, "invalid_request"),
    };
    let form = Zeroizing::new(form.to_bytes().to_vec());
    let answered = match may_introspect(judge, question).await {
        Ok(true) => introspect_token(judge, caller, &form).await,
        Ok(false) => return response::error(StatusCode::FORBIDDEN, "access_denied"),
        Err(no_answer) => Err(no_answer),
    };
    answered.unwrap_or_else(|no_answer| refuse(GateOutcome::Undecided(no_answer)))
}

/// Whether the caller's own credential is one that may ask.
async fn may_introspect(
    judge: &Decider<'_>,
    question: &AccessRequest,
) -> Result<bool, Unavailable> {
    let (found, _) = judge.store_lookup.find(question.digest).await?;
    Ok(matches!(found, SecretLookup::Known(known) if known.credential.introspect))
}

async fn introspect_token(
    judge: &Decider<'_>,
    caller: &CallerIdentity,
    form: &[u8],
) -> Result<HttpResponse, Unavailable> {
    let Some(token) = only_token(form) else {
        return Ok(response::error(StatusCode::BAD_REQUEST, "invalid_request"));
    };
    let demand = Requirements {
        account: Some(caller.account),
        region: judge.policy.region,
        ..Requirements::default()
    };
    let decision = match Plaintext::parse(token.as_bytes()) {
        Err(_) => None,
        Ok(secret) => {
            let (found, last) = judge.store_lookup.find(judge.keys.digest(secret.expose())).await?;
            Some(decide(&demand, found, judge.cache.now().max(last)))
        }
    };
    let known = decision.filter(Decision::is_allowed).and_then(|decision| decision.known);
    let text =
        known.map_or_else(|| "{\"active\":false}".to_owned(), |known| active_response(&known));
    let mut answer = response::json(StatusCode::OK, text);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// The one `token` of a form; other parameters, such as a hint at its type, change nothing.
fn only_token(form: &[u8]) -> Option<Zeroizing<String>> {
    let mut tokens = form_urlencoded::parse(form).filter(|(name, _)| name == "token");
    let token = Zeroizing::new(tokens.next()?.1.into_owned());
    tokens.next().is_none().then_some(token)
}

fn active_response(known: &KnownSecret) -> String {
    let KnownSecret { credential, account, app, digest } = known;
    let retiring = credential.secrets.retiring.filter(|retiring| retiring.digest == *digest);
    let end = retiring.map(|retiring| retiring.until).or(credential.expiry.instant());
    let owner = credential.subject.as_str();
    let district = credential.subject.district();
    let live = IntrospectionResponse {
        active: true,
        scope: credential.scopes.as_str(),
        client_id: app.as_ref().map_or(account.id.as_str(), |app| app.client_id.as_str()),
        username: (credential.kind() == CredentialKind::User).then_some(owner),
        sub: district.as_ref().map_or(owner, |district| district.as_str()),
        exp: end.map(Instant::unix),
        iat: retiring.is_none().then_some(credential.secrets.created_at.unix()),
        iss: "gatepass",
        token_type: "Bearer",
    };
    serde_json::to_string(&live).unwrap_or_default()
}

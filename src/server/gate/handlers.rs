//! The handlers of the endpoints.

use std::rc::Rc;

use hyper::body::Incoming;

use super::{response_future::ResponseFuture, worker::Worker};
use crate::{
    config::gate_policy::{GatePolicy, Profile},
    domain::decision::Reason,
    server::{
        decision::{
            access_request::AccessRequest,
            caller_identity::CallerIdentity,
            decider::CacheResult,
            headers::{allow, allow_with_body},
            outcome::{GateDecision, GateOutcome},
            refusal::Refusal,
        },
        http::{
            connection_timer::ConnectionTimer, request_context::RequestContext,
            response::HttpResponse,
        },
        oauth::{client_api, introspect, token_info},
    },
};

/// Returns the response to a request that passes.
type OnAllowed = fn(RequestContext, Option<&CallerIdentity>) -> HttpResponse;

/// Decides about the credential of a request and answers with `on_allowed` if it passes.
pub fn decide(
    worker: &Rc<Worker>,
    request: RequestContext,
    body: Incoming,
    timer: &Rc<ConnectionTimer>,
    on_allowed: OnAllowed,
) -> ResponseFuture {
    let policy = worker.policy();
    let access_request = match AccessRequest::read(&request.head, &policy, &worker.context.keys) {
        Ok(access_request) => access_request,
        Err(reason) => return reject(worker, request, timer, reason, &policy),
    };
    match worker.decider(&policy).decide_from_cache(&access_request, request.began) {
        CacheResult::Decided(mut decision) => {
            worker.record_decision(&mut decision, &request, &policy);
            worker.ready(decision_response(&decision, request, &policy, on_allowed), timer)
        }
        cache_result => {
            let pending = PendingDecision { request, access_request, cache_result };
            worker.deferred(timer, decide_later(worker.clone(), pending, body, on_allowed))
        }
    }
}

/// Describes a token to a caller whose own credential permits that.
pub fn introspect(
    worker: &Rc<Worker>,
    request: RequestContext,
    body: Incoming,
    timer: &Rc<ConnectionTimer>,
) -> ResponseFuture {
    let policy = worker.policy();
    let access_request = match AccessRequest::read(&request.head, &policy, &worker.context.keys) {
        Ok(access_request) => access_request,
        Err(reason) => return reject(worker, request, timer, reason, &policy),
    };
    let cache_result = worker.decider(&policy).decide_from_cache(&access_request, request.began);
    let pending = PendingDecision { request, access_request, cache_result };
    worker.deferred(timer, introspect_later(worker.clone(), pending, body))
}

/// Runs a request of an app. Its login is verified, not the credential of a caller.
pub fn client_request(
    worker: &Rc<Worker>,
    request: RequestContext,
    body: Incoming,
    timer: &Rc<ConnectionTimer>,
) -> ResponseFuture {
    let this = worker.clone();
    worker.deferred(timer, async move {
        let address = request.caller(&this.policy().trusted_peers).address();
        client_api::respond(&request, body, &this.context.client_api, address).await
    })
}

/// Answers a proxy.
pub fn verify(request: RequestContext, identity: Option<&CallerIdentity>) -> HttpResponse {
    allow(identity, request.head.headers)
}

/// Answers CleverTap's check of a passcode.
pub fn passcode_check(request: RequestContext, identity: Option<&CallerIdentity>) -> HttpResponse {
    allow_with_body(identity, request.head.headers)
}

/// Describes the caller's own token.
pub fn token_info(request: RequestContext, identity: Option<&CallerIdentity>) -> HttpResponse {
    match identity {
        Some(identity) => token_info::token_info(&request, identity),
        None => passcode_check(request, None),
    }
}

/// Rejects a request without a readable credential.
fn reject(
    worker: &Worker,
    request: RequestContext,
    timer: &ConnectionTimer,
    reason: Reason,
    policy: &GatePolicy,
) -> ResponseFuture {
    let mut decision = GateDecision::refused(reason);
    worker.record_decision(&mut decision, &request, policy);
    worker.ready(decision_response(&decision, request, policy, verify), timer)
}

/// A decision that the cache alone could not make, or that is not the whole response.
struct PendingDecision {
    request: RequestContext,
    access_request: AccessRequest,
    cache_result: CacheResult,
}

async fn decide_later(
    worker: Rc<Worker>,
    pending: PendingDecision,
    body: Incoming,
    on_allowed: OnAllowed,
) -> HttpResponse {
    let policy = worker.context.policy.load_full();
    let PendingDecision { request, access_request, cache_result } = pending;
    let decider = worker.decider(&policy);
    let mut decision = decider.complete_decision(&access_request, cache_result).await;
    worker.record_decision(&mut decision, &request, &policy);
    let response = decision_response(&decision, request, &policy, on_allowed);
    // Not sooner: hyper closes a connection whose unread body is dropped before the response is ready.
    drop(body);
    response
}

async fn introspect_later(
    worker: Rc<Worker>,
    pending: PendingDecision,
    body: Incoming,
) -> HttpResponse {
    let policy = worker.context.policy.load_full();
    let PendingDecision { request, access_request, cache_result } = pending;
    let decider = worker.decider(&policy);
    let mut decision = decider.complete_decision(&access_request, cache_result).await;
    worker.record_decision(&mut decision, &request, &policy);
    let response =
        introspect::introspect(&decider, &decision, &request, &access_request, body).await;
    with_caller_headers(response, &decision)
}

/// Returns the response to a decision, in the form of its endpoint.
fn decision_response(
    decision: &GateDecision,
    request: RequestContext,
    policy: &GatePolicy,
    on_allowed: OnAllowed,
) -> HttpResponse {
    let Some(refusal) = Refusal::of(decision.outcome) else {
        return on_allowed(request, decision.identity.as_ref());
    };
    // Apps call without a proxy that would have to support the status.
    let is_for_apps = request.route.endpoint.is_for_apps();
    let profile = if is_for_apps { Profile::Full } else { policy.profile };
    let path = request.caller(&policy.trusted_peers).path();
    with_caller_headers(refusal.to_response(profile, &request.head.headers, path), decision)
}

/// Adds what concerns the caller's own credential: the rest of its rate limit, and, if that is why it is rejected, its
/// deprecation.
fn with_caller_headers(mut response: HttpResponse, decision: &GateDecision) -> HttpResponse {
    let Some(identity) = &decision.identity else { return response };
    identity.write_quota(response.headers_mut());
    if matches!(
        decision.outcome,
        GateOutcome::RateLimited | GateOutcome::Decided(Reason::LegacySunset)
    ) {
        identity.write_deprecation(response.headers_mut());
    }
    response
}

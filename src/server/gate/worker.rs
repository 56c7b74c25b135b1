//! A worker: one thread with one runtime, which answers requests and waits for nobody else.

use std::{
    cell::Cell,
    convert::Infallible,
    net::IpAddr,
    pin::Pin,
    rc::Rc,
    sync::{Arc, mpsc::Sender},
    task::{Context, Poll},
    time::Instant as Timer,
};

use arc_swap::ArcSwap;
use hyper::{
    Request,
    body::{Body, Incoming},
    header::{CONNECTION, HeaderValue},
    http::request::Parts,
};

use crate::{
    config::gate_policy::{GatePolicy, Profile},
    domain::decision::Reason,
    keys::Keys,
    server::{
        cache::{index_cache::Cache, store_lookup::StoreLookup},
        decision::{
            caller_identity::CallerIdentity,
            decider::{AccessRequest, CacheResult, Decider, GateDecision, GateOutcome},
            rate_limiter::RateLimiter,
            refusal::Refusal,
        },
        http::{
            caller::Caller,
            connection_timer::ConnectionTimer,
            response::{self, HttpResponse},
        },
        log::Log,
        oauth::{
            client_api::{self, ErrorStyle, Route},
            introspect,
        },
        observe::counters::Counters,
        tasks::{
            client_api_worker::ClientApi,
            usage::{OverlapEnd, UsageBatch, UsageBuffer},
        },
    },
};

const INTROSPECT_PATH: &str = "/introspect";

/// What all workers share.
#[derive(Clone)]
pub struct WorkerContext {
    /// What is known of the store.
    pub cache: Arc<Cache>,
    /// Who can be asked about it.
    pub store_lookup: StoreLookup,
    /// The keys of the store.
    pub keys: Arc<Keys>,
    /// What is demanded.
    pub policy: Arc<ArcSwap<GatePolicy>>,
    /// Who runs errands for apps.
    pub client_api: ClientApi,
    /// How often each credential was used in this minute.
    pub rate_limiter: Arc<RateLimiter>,
    /// What was used.
    pub usage: Arc<UsageBuffer>,
    /// Which overlaps end.
    pub overlap_ends: Sender<OverlapEnd>,
    /// Where decisions are told.
    pub log: Log,
}

/// One worker's own things.
pub struct Worker {
    context: WorkerContext,
    counters: Arc<Counters>,
    usage: UsageBatch,
    /// Tells request ids of this process and worker from others.
    request_id_seed: u64,
    request_count: Cell<u64>,
    is_closing: Cell<bool>,
}

/// An answer: there already, which nearly every one is, or still to come.
pub enum ResponseFuture {
    /// There already; taken when it is asked for.
    Ready(Option<HttpResponse>),
    /// Still to come.
    Deferred(Pin<Box<dyn Future<Output = HttpResponse>>>),
}

impl Future for ResponseFuture {
    type Output = Result<HttpResponse, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Ready(answer) => match answer.take() {
                Some(answer) => Poll::Ready(Ok(answer)),
                // Nobody asks twice; and no answer that could be taken for one is ever made up.
                None => Poll::Pending,
            },
            Self::Deferred(answer) => answer.as_mut().poll(context).map(Ok),
        }
    }
}

impl Worker {
    /// A worker; `mark` is random.
    pub fn new(shared: WorkerContext, counters: Arc<Counters>, mark: u64) -> Self {
        let uses = UsageBatch::new(shared.usage.clone());
        Self {
            context: shared,
            counters,
            usage: uses,
            request_id_seed: mark,
            request_count: Cell::new(0),
            is_closing: Cell::new(false),
        }
    }

    /// Some time has passed: what was seen until now is handed over.
    pub fn tick(&self) {
        self.usage.flush();
    }

    /// From now on every answer is the last one on its connection.
    pub fn close_after_responses(&self) {
        self.is_closing.set(true);
    }

    /// Answers a request; `peer` is who sent it, `None` on a Unix socket.
    pub fn respond(
        self: &Rc<Self>,
        request: Request<Incoming>,
        peer: Option<IpAddr>,
        pace: &Rc<ConnectionTimer>,
    ) -> ResponseFuture {
        pace.start_response();
        let began = Timer::now();
        let (head, body) = request.into_parts();
        let route = Route::of(head.uri.path());
        if body.size_hint().lower() > response::BODY_LIMIT {
            let answer = route.map_or_else(response::too_large, |(_, shape)| shape.too_large());
            return self.finish_now(answer, pace);
        }
        if let Some(route) = route.filter(|(route, _)| *route != Route::TokenInfo) {
            return self.respond_to_client(route, head, body, peer, pace);
        }
        let policy = self.context.policy.load();
        let question = match AccessRequest::read(&head, &policy, &self.context.keys) {
            Ok(question) => question,
            Err(reason) => {
                let mut refused = GateDecision::refused(reason);
                self.record_decision(&mut refused, &head, peer, began, &policy);
                return self.finish_now(decision_response(&refused, head, peer, &policy), pace);
            }
        };
        match self.decider(&policy).decide_from_cache(&question, began) {
            CacheResult::Decided(mut verdict) if head.uri.path() != INTROSPECT_PATH => {
                self.record_decision(&mut verdict, &head, peer, began, &policy);
                self.finish_now(decision_response(&verdict, head, peer, &policy), pace)
            }
            early => self.respond_deferred(
                DeferredRequest { head, body, peer, began, access_request: question },
                early,
                pace,
            ),
        }
    }

    /// What apps ask for themselves: it is not the one who asks that is judged, but a login.
    fn respond_to_client(
        self: &Rc<Self>,
        route: (Route, ErrorStyle),
        head: Parts,
        body: Incoming,
        peer: Option<IpAddr>,
        pace: &Rc<ConnectionTimer>,
    ) -> ResponseFuture {
        let (worker, pace) = (self.clone(), pace.clone());
        ResponseFuture::Deferred(Box::pin(async move {
            let policy = worker.context.policy.load_full();
            let address = Caller::new(&head, peer, &policy.trusted_peers).address();
            let answer =
                client_api::respond(route, &head, body, &worker.context.client_api, address).await;
            worker.finish(answer, &pace)
        }))
    }

    /// What can't be answered from memory, and what is about another secret than the caller's.
    fn respond_deferred(
        self: &Rc<Self>,
        asked: DeferredRequest,
        early: CacheResult,
        pace: &Rc<ConnectionTimer>,
    ) -> ResponseFuture {
        let (worker, pace) = (self.clone(), pace.clone());
        ResponseFuture::Deferred(Box::pin(async move {
            let policy = worker.context.policy.load_full();
            let judge = worker.decider(&policy);
            let DeferredRequest { head, body, peer, began, access_request: question } = asked;
            let mut verdict = judge.complete_decision(&question, early).await;
            worker.record_decision(&mut verdict, &head, peer, began, &policy);
            let answer = match head.uri.path() {
                INTROSPECT_PATH => {
                    let answer =
                        introspect::introspect(&judge, &verdict, &head, &question, body).await;
                    with_caller_headers(answer, &verdict)
                }
                _ => decision_response(&verdict, head, peer, &policy),
            };
            worker.finish(answer, &pace)
        }))
    }

    fn decider<'j>(&'j self, policy: &'j GatePolicy) -> Decider<'j> {
        let WorkerContext { cache: mirror, store_lookup: asker, keys, .. } = &self.context;
        Decider { cache: mirror, store_lookup: asker, keys, policy }
    }

    fn finish_now(&self, answer: HttpResponse, pace: &ConnectionTimer) -> ResponseFuture {
        ResponseFuture::Ready(Some(self.finish(answer, pace)))
    }

    fn finish(&self, mut answer: HttpResponse, pace: &ConnectionTimer) -> HttpResponse {
        if self.is_closing.get() {
            answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        pace.start_idle();
        answer
    }

    /// Counts a verdict and notes what follows from it.
    fn record_decision(
        &self,
        verdict: &mut GateDecision,
        head: &Parts,
        peer: Option<IpAddr>,
        began: Timer,
        policy: &GatePolicy,
    ) {
        self.apply_rate_limit(verdict);
        self.counters.count(verdict.outcome, began.elapsed());
        self.record_usage_and_log(verdict, &Caller::new(head, peer, &policy.trusted_peers), policy);
    }

    /// The second step: what would pass may be one of too many.
    fn apply_rate_limit(&self, verdict: &mut GateDecision) {
        let is_allowed = verdict.is_allowed();
        let Some(identity) = verdict.identity.as_mut().filter(|_| is_allowed) else { return };
        let Some(limit) = identity.limit else { return };
        let quota = self.context.rate_limiter.count(identity.seq, limit, identity.decided_at);
        identity.quota = Some(quota);
        if quota.is_exceeded {
            verdict.outcome = GateOutcome::RateLimited;
        }
    }

    /// Notes a use, begins the end of an overlap, and tells of the decision.
    fn record_usage_and_log(
        &self,
        verdict: &GateDecision,
        caller: &Caller<'_>,
        policy: &GatePolicy,
    ) {
        // Also of what was one too many: its holder has the new secret.
        if let Some(CallerIdentity { seq, ends_overlap: Some(digest), .. }) = verdict.identity {
            // The writer lives as long as the workers.
            let _sent = self.context.overlap_ends.send(OverlapEnd { seq, digest });
        }
        if let Some(identity) = verdict.identity.as_ref().filter(|_| verdict.is_allowed()) {
            self.usage.record(identity.seq, identity.decided_at, caller.address());
            if !policy.log_allowed {
                return;
            }
        }
        let made = format!("{:016x}", self.request_id_seed.wrapping_add(self.request_count.get()));
        self.request_count.set(self.request_count.get() + 1);
        self.context.log.decision(verdict, caller, caller.request_id().unwrap_or(&made));
    }
}

/// A request that is answered later.
struct DeferredRequest {
    head: Parts,
    body: Incoming,
    peer: Option<IpAddr>,
    began: Timer,
    access_request: AccessRequest,
}

/// Puts a verdict in the words of its route.
fn decision_response(
    verdict: &GateDecision,
    head: Parts,
    peer: Option<IpAddr>,
    policy: &GatePolicy,
) -> HttpResponse {
    let Some(refusal) = Refusal::of(verdict.outcome) else {
        return allowed_response(verdict.identity.as_ref(), head);
    };
    let caller = Caller::new(&head, peer, &policy.trusted_peers);
    let profile = match Route::of(head.uri.path()) {
        // An app asks by itself: there is no proxy that has to carry the status.
        Some(_) => Profile::Full,
        None => policy.profile,
    };
    with_caller_headers(refusal.to_response(profile, &head.headers, caller.path()), verdict)
}

/// Adds to an answer what is said of the caller's own credential: what is left of this minute, and, where that is why
/// it is refused, what ends or has ended.
fn with_caller_headers(mut answer: HttpResponse, verdict: &GateDecision) -> HttpResponse {
    let Some(identity) = &verdict.identity else { return answer };
    identity.write_quota(answer.headers_mut());
    if matches!(
        verdict.outcome,
        GateOutcome::RateLimited | GateOutcome::Decided(Reason::LegacySunset)
    ) {
        identity.write_deprecation(answer.headers_mut());
    }
    answer
}

/// The answer of a route to who passes.
fn allowed_response(identity: Option<&CallerIdentity>, head: Parts) -> HttpResponse {
    let path = head.uri.path();
    if is_verify_path(path) {
        return response::allow(identity, head.headers);
    }
    match (Route::of(path), identity) {
        (Some((Route::TokenInfo, shape)), Some(identity)) => {
            client_api::token_info(shape, identity, &head.method)
        }
        _ => response::allow_with_body(identity, head.headers),
    }
}

fn is_verify_path(path: &str) -> bool {
    path.strip_prefix("/verify").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

//! A worker: the state of one thread that answers requests and never blocks.

use std::{cell::Cell, rc::Rc, sync::Arc};

use arc_swap::Guard;
use hyper::header::{CONNECTION, HeaderValue};

use super::{context::WorkerContext, response_future::ResponseFuture};
use crate::{
    config::gate_policy::GatePolicy,
    domain::credential::CredentialKind,
    server::{
        decision::{
            caller_identity::CallerIdentity,
            decider::Decider,
            outcome::{GateDecision, GateOutcome},
        },
        http::{
            caller::Caller, connection_timer::ConnectionTimer, request_context::RequestContext,
            response::HttpResponse,
        },
        observe::counters::Counters,
        tasks::{first_use::FirstUse, usage::UsageBatch},
    },
};

/// The state of one worker.
pub struct Worker {
    /// What all workers share.
    pub context: WorkerContext,
    counters: Arc<Counters>,
    usage: UsageBatch,
    /// Distinguishes the request ids of this process and worker from others.
    request_id_seed: u64,
    request_count: Cell<u64>,
    is_closing: Cell<bool>,
}

impl Worker {
    /// A worker; `request_id_seed` is random.
    pub fn new(context: WorkerContext, counters: Arc<Counters>, request_id_seed: u64) -> Self {
        Self {
            usage: UsageBatch::new(context.usage.clone()),
            context,
            counters,
            request_id_seed,
            request_count: Cell::new(0),
            is_closing: Cell::new(false),
        }
    }

    /// Moves the uses that were recorded since the last tick to the shared buffer.
    pub fn flush_usage(&self) {
        self.usage.flush();
    }

    /// Makes each further response the last one on its connection.
    pub fn close_connections(&self) {
        self.is_closing.set(true);
    }

    /// Returns the policy for a request that is answered immediately.
    pub fn policy(&self) -> Guard<Arc<GatePolicy>> {
        self.context.policy.load()
    }

    /// Returns what decisions under `policy` are made with.
    pub fn decider<'d>(&'d self, policy: &'d GatePolicy) -> Decider<'d> {
        let WorkerContext { cache, store_lookup, keys, .. } = &self.context;
        Decider { cache, store_lookup, keys, policy }
    }

    /// Completes a response.
    pub fn finish(&self, mut response: HttpResponse, timer: &ConnectionTimer) -> HttpResponse {
        if self.is_closing.get() {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        timer.start_idle();
        response
    }

    /// Completes a response that is ready.
    pub fn ready(&self, response: HttpResponse, timer: &ConnectionTimer) -> ResponseFuture {
        ResponseFuture::Ready(Some(self.finish(response, timer)))
    }

    /// Completes a response that must wait for something.
    pub fn deferred(
        self: &Rc<Self>,
        timer: &Rc<ConnectionTimer>,
        response: impl Future<Output = HttpResponse> + 'static,
    ) -> ResponseFuture {
        let (worker, timer) = (self.clone(), timer.clone());
        ResponseFuture::Deferred(Box::pin(async move { worker.finish(response.await, &timer) }))
    }

    /// Applies the rate limit to a decision, counts it, records the use and logs it.
    pub fn record_decision(
        &self,
        decision: &mut GateDecision,
        request: &RequestContext,
        policy: &GatePolicy,
    ) {
        self.apply_rate_limit(decision);
        self.counters.count(decision.outcome, request.began.elapsed());
        self.record_usage_and_log(decision, &request.caller(&policy.trusted_peers), policy);
    }

    fn apply_rate_limit(&self, decision: &mut GateDecision) {
        let is_allowed = decision.is_allowed();
        let Some(identity) = decision.identity.as_mut().filter(|_| is_allowed) else { return };
        let Some(limit) = identity.limit else { return };
        let quota = self.context.rate_limiter.count(identity.seq, limit, identity.decided_at);
        identity.quota = Some(quota);
        if quota.is_exceeded {
            decision.outcome = GateOutcome::RateLimited;
        }
    }

    fn record_usage_and_log(
        &self,
        decision: &GateDecision,
        caller: &Caller<'_>,
        policy: &GatePolicy,
    ) {
        // Also for a request that exceeds the rate limit: the app has the new secret.
        if let Some(CallerIdentity { seq, first_use: Some(digest), .. }) = decision.identity {
            // The usage writer outlives the workers, so this can't fail.
            let _sent = self.context.first_uses.send(FirstUse { seq, digest });
        }
        if let Some(identity) = decision.identity.as_ref().filter(|_| decision.is_allowed()) {
            let by_day = identity.kind == CredentialKind::Legacy;
            self.usage.record(identity.seq, identity.decided_at, caller.address(), by_day);
            if !policy.log_allowed {
                return;
            }
        }
        let own_id =
            format!("{:016x}", self.request_id_seed.wrapping_add(self.request_count.get()));
        self.request_count.set(self.request_count.get() + 1);
        self.context.log.decision(decision, caller, caller.request_id().unwrap_or(&own_id));
    }
}

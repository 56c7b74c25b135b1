//! Decides about a presented secret: from the cache, and from the store where the cache is not enough.

use std::time::Instant as Timer;

use hyper::header::HeaderValue;

use super::{
    access_request::AccessRequest,
    caller_identity::CallerIdentity,
    outcome::{GateDecision, GateOutcome},
};
use crate::{
    config::gate_policy::GatePolicy,
    domain::{
        credential::Retiring,
        decision::{
            DecisionInput, Reason, Requirements, SecretLookup, SecretRole, decide, evaluate,
        },
        instant::Instant,
    },
    keys::Keys,
    server::{
        cache::{index::encode_header, index_cache::Cache, store_lookup::StoreLookup},
        unavailable::Unavailable,
    },
};

/// What decisions are made with.
pub struct Decider<'d> {
    /// The cache of the store.
    pub cache: &'d Cache,
    /// Looks up what the cache does not know.
    pub store_lookup: &'d StoreLookup,
    /// The keys of the store.
    pub keys: &'d Keys,
    /// The policy.
    pub policy: &'d GatePolicy,
}

/// What the cache says about a request.
pub enum CacheResult {
    /// The decision.
    Decided(GateDecision),
    /// The decision, but the cache had no room for the name of the passcode.
    SubjectMissing(GateDecision),
    /// The cache does not know the secret.
    Miss,
}

impl Decider<'_> {
    /// Decides from the cache about a request that arrived at `now`.
    pub fn decide_from_cache(&self, request: &AccessRequest, now: Timer) -> CacheResult {
        let index = self.cache.index.load();
        let Some(index) = &*index else { return CacheResult::Miss };
        if !self.cache.is_fresh(now, self.policy.max_stale) {
            return CacheResult::Decided(GateDecision::undecided(Unavailable::StoreUnreachable));
        }
        let AccessRequest { digest, requirements } = request;
        let at = self.cache.now();
        let decision = index.find(digest, at, |hit, input| {
            let reason = evaluate(requirements, input, at);
            let mut identity = CallerIdentity::from_hit(hit, input, at);
            let is_use = reason == Reason::Allowed && input.role == SecretRole::Current;
            identity.first_use = (is_use && hit.entry.is_first_use_in_overlap()).then_some(*digest);
            GateDecision { outcome: GateOutcome::Decided(reason), identity: Some(identity) }
        });
        match decision {
            None => CacheResult::Miss,
            Some(decision) if decision.is_allowed() && decision.lacks_subject() => {
                CacheResult::SubjectMissing(decision)
            }
            Some(decision) => CacheResult::Decided(decision),
        }
    }

    /// Completes what the cache said with what the store knows.
    pub async fn complete_decision(
        &self,
        request: &AccessRequest,
        cache_result: CacheResult,
    ) -> GateDecision {
        let completed = self.try_complete(request, cache_result).await;
        completed.unwrap_or_else(GateDecision::undecided)
    }

    async fn try_complete(
        &self,
        request: &AccessRequest,
        mut cache_result: CacheResult,
    ) -> Result<GateDecision, Unavailable> {
        let has_index = || self.cache.index.load().is_some();
        if matches!(cache_result, CacheResult::Miss) && has_index() {
            // The secret may be newer than the last poll.
            self.cache.refresh().await?;
            cache_result = self.decide_from_cache(request, Timer::now());
        }
        match cache_result {
            CacheResult::Decided(decision) => Ok(decision),
            CacheResult::SubjectMissing(decision) => self.add_subject(decision, request).await,
            CacheResult::Miss if has_index() => Ok(GateDecision::refused(Reason::Unknown)),
            CacheResult::Miss => {
                let (found, last) = self.store_lookup.find(request.digest).await?;
                let now = self.cache.now().max(last);
                Ok(decision_from_store(&request.requirements, found, now))
            }
        }
    }

    /// Adds the name of the passcode.
    async fn add_subject(
        &self,
        mut decision: GateDecision,
        request: &AccessRequest,
    ) -> Result<GateDecision, Unavailable> {
        if let (SecretLookup::Known(known), _) = self.store_lookup.find(request.digest).await?
            && let Some(identity) = &mut decision.identity
        {
            let subject = encode_header(known.credential.subject.as_str());
            identity.subject = HeaderValue::from_str(&subject).ok();
        }
        Ok(decision)
    }
}

fn decision_from_store(
    requirements: &Requirements,
    found: SecretLookup,
    now: Instant,
) -> GateDecision {
    let decision = decide(requirements, found, now);
    let identity = decision.known.map(|known| {
        let input = DecisionInput::from_known(&known, now);
        let mut identity = CallerIdentity::from_known(&known, &input, now);
        let is_use = decision.reason == Reason::Allowed && input.role == SecretRole::Current;
        let is_unknown = |retiring: Retiring| !retiring.replacement_used;
        let is_first = known.credential.secrets.retiring.is_some_and(is_unknown);
        identity.first_use = (is_use && is_first).then_some(known.digest);
        identity
    });
    GateDecision { outcome: GateOutcome::Decided(decision.reason), identity }
}

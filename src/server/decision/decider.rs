//! The verdict: what is presented, held against the index, and against the store where the index can't tell.

use std::time::Instant as Timer;

use hyper::{header::HeaderValue, http::request::Parts};

use super::caller_identity::CallerIdentity;
use crate::{
    config::gate_policy::GatePolicy,
    domain::{
        credential::secret::Digest,
        decision::{
            DecisionInput, Reason, Requirements, SecretLookup, SecretRole, decide, evaluate,
        },
        instant::Instant,
        request::{PresentedCredential, target_contains_secret},
    },
    keys::Keys,
    server::cache::{
        index::encode_header,
        index_cache::{Cache, Unavailable},
        store_lookup::StoreLookup,
    },
};

/// The scopes that the proxy demands.
pub const REQUIRE_SCOPE: &str = "x-gatepass-require-scope";
/// The district that the proxy demands.
const REQUIRE_DISTRICT: &str = "x-gatepass-require-district";
/// The app that the proxy demands.
const REQUIRE_APP: &str = "x-gatepass-require-app";
/// Where proxies tell the address that was asked for.
const FORWARDED_URI: &str = "x-forwarded-uri";
const ORIGINAL_URI: &str = "x-original-uri";

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateOutcome {
    /// It was decided.
    Decided(Reason),
    /// It would pass, but it is one of too many within a minute.
    RateLimited,
    /// Nobody could be asked about it.
    Undecided(Unavailable),
}

impl GateOutcome {
    /// The word for it, as admins read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decided(reason) => reason.as_str(),
            Self::RateLimited => "rate_limited",
            Self::Undecided(Unavailable::StoreUnreachable) => "unavailable",
            Self::Undecided(Unavailable::Overloaded) => "too_many",
        }
    }
}

/// An outcome, and whose secret it was about.
pub struct GateDecision {
    /// What came of it.
    pub outcome: GateOutcome,
    /// Whose secret was presented, if anybody's.
    pub identity: Option<CallerIdentity>,
}

/// What verdicts are made from.
pub struct Decider<'j> {
    /// What is known without asking.
    pub cache: &'j Cache,
    /// Who can be asked.
    pub store_lookup: &'j StoreLookup,
    /// The keys of the store.
    pub keys: &'j Keys,
    /// What is demanded.
    pub policy: &'j GatePolicy,
}

/// What is presented, and what it must be good for.
pub struct AccessRequest {
    /// The keyed digest of the secret.
    pub digest: Digest,
    requirements: Requirements,
}

impl AccessRequest {
    /// Reads a request by its head alone.
    ///
    /// # Errors
    /// A refusal where there is nothing to look up.
    pub fn read(head: &Parts, policy: &GatePolicy, keys: &Keys) -> Result<Self, Reason> {
        let own = head.uri.path_and_query().map(|target| target.as_str().as_bytes());
        let mut in_query = own.is_some_and(target_contains_secret);
        let (mut scopes, mut district, mut app) = (None, None, None);
        // One walk over the headers: to look each one up would hash its name.
        let headers = head.headers.iter().map(|(name, value)| {
            match name.as_str() {
                FORWARDED_URI | ORIGINAL_URI => {
                    in_query |= target_contains_secret(value.as_bytes())
                }
                REQUIRE_SCOPE => add_requirement(&mut scopes, value),
                REQUIRE_DISTRICT => add_requirement(&mut district, value),
                REQUIRE_APP => add_requirement(&mut app, value),
                _ => {}
            }
            (name.as_ref(), value.as_bytes())
        });
        let presented = PresentedCredential::from_headers(headers);
        if in_query {
            return Err(Reason::InQuery);
        }
        let presented = presented.map_err(|refusal| refusal.reason)?;
        Ok(Self {
            digest: keys.digest(presented.secret.expose()),
            requirements: Requirements {
                account: presented.account,
                region: policy.region,
                district,
                app,
                scopes,
            },
        })
    }
}

/// Takes up what a header demands. An empty one demands nothing; one that comes twice demands both, and no token is of
/// two districts or apps.
fn add_requirement(demanded: &mut Option<Box<str>>, value: &HeaderValue) {
    if !value.is_empty() {
        let text = String::from_utf8_lossy(value.as_bytes());
        *demanded = Some(match demanded.take() {
            Some(before) if *before != *text => format!("{before} {text}").into(),
            _ => text.into(),
        });
    }
}

/// What memory says.
pub enum CacheResult {
    /// All there is to say.
    Decided(GateDecision),
    /// All but the name, which there was no room for.
    SubjectMissing(GateDecision),
    /// Nothing.
    Miss,
}

impl Decider<'_> {
    /// What memory says of a question that is asked at `now`.
    pub fn decide_from_cache(&self, question: &AccessRequest, now: Timer) -> CacheResult {
        let index = self.cache.index.load();
        let Some(index) = &*index else { return CacheResult::Miss };
        if !self.cache.is_fresh(now, self.policy.max_stale) {
            return CacheResult::Decided(GateDecision::undecided(Unavailable::StoreUnreachable));
        }
        let AccessRequest { digest, requirements: demand } = question;
        let at = self.cache.now();
        let verdict = index.find(digest, at, |hit, standing| {
            let reason = evaluate(demand, standing, at);
            let mut identity = CallerIdentity::from_hit(hit, standing, at);
            let is_use = reason == Reason::Allowed && standing.role == SecretRole::Current;
            identity.ends_overlap = (is_use && hit.entry.request_overlap_end()).then_some(*digest);
            GateDecision { outcome: GateOutcome::Decided(reason), identity: Some(identity) }
        });
        match verdict {
            None => CacheResult::Miss,
            Some(verdict) if verdict.is_allowed() && verdict.lacks_subject() => {
                CacheResult::SubjectMissing(verdict)
            }
            Some(verdict) => CacheResult::Decided(verdict),
        }
    }

    /// The verdict, of which memory said so much.
    pub async fn complete_decision(
        &self,
        question: &AccessRequest,
        early: CacheResult,
    ) -> GateDecision {
        let judged = match early {
            CacheResult::Decided(verdict) => Ok(verdict),
            CacheResult::SubjectMissing(verdict) => self.add_subject(verdict, question).await,
            CacheResult::Miss => self.decide_from_store(question).await,
        };
        judged.unwrap_or_else(GateDecision::undecided)
    }

    /// Asks the store, at first whether there is anything new in it.
    async fn decide_from_store(
        &self,
        question: &AccessRequest,
    ) -> Result<GateDecision, Unavailable> {
        if self.cache.index.load().is_some() {
            self.cache.refresh().await?;
            match self.decide_from_cache(question, Timer::now()) {
                CacheResult::Decided(verdict) => return Ok(verdict),
                CacheResult::SubjectMissing(verdict) => {
                    return self.add_subject(verdict, question).await;
                }
                CacheResult::Miss => {}
            }
        }
        if self.cache.index.load().is_some() {
            return Ok(GateDecision::refused(Reason::Unknown));
        }
        let (found, last) = self.store_lookup.find(question.digest).await?;
        Ok(decision_from_store(&question.requirements, found, self.cache.now().max(last)))
    }

    /// Adds the name.
    async fn add_subject(
        &self,
        mut verdict: GateDecision,
        question: &AccessRequest,
    ) -> Result<GateDecision, Unavailable> {
        if let (SecretLookup::Known(known), _) = self.store_lookup.find(question.digest).await?
            && let Some(identity) = &mut verdict.identity
        {
            let owner = encode_header(known.credential.subject.as_str());
            identity.subject = HeaderValue::from_str(&owner).ok();
        }
        Ok(verdict)
    }
}

fn decision_from_store(demand: &Requirements, found: SecretLookup, now: Instant) -> GateDecision {
    let decision = decide(demand, found, now);
    let identity = decision.known.map(|known| {
        let standing = DecisionInput::from_known(&known, now);
        let mut identity = CallerIdentity::from_known(&known, &standing, now);
        let is_use = decision.reason == Reason::Allowed && standing.role == SecretRole::Current;
        let waits = known.credential.secrets.retiring.is_some_and(|retiring| retiring.until_used);
        identity.ends_overlap = (is_use && waits).then_some(known.digest);
        identity
    });
    GateDecision { outcome: GateOutcome::Decided(decision.reason), identity }
}

impl GateDecision {
    /// A refusal before anybody was identified.
    pub fn refused(reason: Reason) -> Self {
        Self { outcome: GateOutcome::Decided(reason), identity: None }
    }

    /// That nobody could be asked.
    pub fn undecided(why: Unavailable) -> Self {
        Self { outcome: GateOutcome::Undecided(why), identity: None }
    }

    /// Whether the request passes.
    pub fn is_allowed(&self) -> bool {
        self.outcome == GateOutcome::Decided(Reason::Allowed)
    }

    fn lacks_subject(&self) -> bool {
        self.identity.as_ref().is_some_and(CallerIdentity::lacks_subject)
    }
}

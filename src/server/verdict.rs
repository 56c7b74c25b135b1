//! The verdict: what is presented, held against the index, and against the store where the index can't tell.

use std::time::Instant as Timer;

use hyper::{header::HeaderValue, http::request::Parts};

use super::{
    ask::Asker,
    identity::Identity,
    index::encode,
    mirror::{Mirror, NoAnswer},
};
use crate::{
    config::policy::Policy,
    domain::{
        decision::{Demand, Found, Reason, Role, Standing, decide, judge},
        instant::Instant,
        request::{Presented, has_secret_in_query},
        secret::Digest,
    },
    keys::Keys,
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
pub enum Outcome {
    /// It was decided.
    Decided(Reason),
    /// It would pass, but it is one of too many within a minute.
    Limited,
    /// Nobody could be asked about it.
    Undecided(NoAnswer),
}

impl Outcome {
    /// The word for it, as admins read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decided(reason) => reason.as_str(),
            Self::Limited => "rate_limited",
            Self::Undecided(NoAnswer::Stale) => "unavailable",
            Self::Undecided(NoAnswer::TooMany) => "too_many",
        }
    }
}

/// An outcome, and whose secret it was about.
pub struct Verdict {
    /// What came of it.
    pub outcome: Outcome,
    /// Whose secret was presented, if anybody's.
    pub identity: Option<Identity>,
}

/// What verdicts are made from.
pub struct Judge<'j> {
    /// What is known without asking.
    pub mirror: &'j Mirror,
    /// Who can be asked.
    pub asker: &'j Asker,
    /// The keys of the store.
    pub keys: &'j Keys,
    /// What is demanded.
    pub policy: &'j Policy,
}

/// What is presented, and what it must be good for.
pub struct Question {
    /// The keyed digest of the secret.
    pub digest: Digest,
    demand: Demand,
}

impl Question {
    /// Reads a request by its head alone.
    ///
    /// # Errors
    /// A refusal where there is nothing to look up.
    pub fn read(head: &Parts, policy: &Policy, keys: &Keys) -> Result<Self, Reason> {
        let own = head.uri.path_and_query().map(|target| target.as_str().as_bytes());
        let mut in_query = own.is_some_and(has_secret_in_query);
        let (mut scopes, mut district, mut app) = (None, None, None);
        // One walk over the headers: to look each one up would hash its name.
        let headers = head.headers.iter().map(|(name, value)| {
            match name.as_str() {
                FORWARDED_URI | ORIGINAL_URI => in_query |= has_secret_in_query(value.as_bytes()),
                REQUIRE_SCOPE => demand(&mut scopes, value),
                REQUIRE_DISTRICT => demand(&mut district, value),
                REQUIRE_APP => demand(&mut app, value),
                _ => {}
            }
            (name.as_ref(), value.as_bytes())
        });
        let presented = Presented::from_headers(headers);
        if in_query {
            return Err(Reason::InQuery);
        }
        let presented = presented.map_err(|refusal| refusal.reason)?;
        Ok(Self {
            digest: keys.digest(presented.secret.expose()),
            demand: Demand {
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
fn demand(demanded: &mut Option<Box<str>>, value: &HeaderValue) {
    if !value.is_empty() {
        let text = String::from_utf8_lossy(value.as_bytes());
        *demanded = Some(match demanded.take() {
            Some(before) if *before != *text => format!("{before} {text}").into(),
            _ => text.into(),
        });
    }
}

/// What memory says.
pub enum Early {
    /// All there is to say.
    Decided(Verdict),
    /// All but the name, which there was no room for.
    Nameless(Verdict),
    /// Nothing.
    Unknown,
}

impl Judge<'_> {
    /// What memory says of a question that is asked at `now`.
    pub fn judge_at_once(&self, question: &Question, now: Timer) -> Early {
        let index = self.mirror.index.load();
        let Some(index) = &*index else { return Early::Unknown };
        if !self.mirror.is_fresh(now, self.policy.max_stale) {
            return Early::Decided(Verdict::undecided(NoAnswer::Stale));
        }
        let Question { digest, demand } = question;
        let at = self.mirror.now();
        let verdict = index.find(digest, at, |hit, standing| {
            let reason = judge(demand, standing, at);
            let mut identity = Identity::from_hit(hit, standing, at);
            let is_use = reason == Reason::Allowed && standing.role == Role::Current;
            identity.ends_overlap =
                (is_use && hit.entry.begins_to_end_overlap()).then_some(*digest);
            Verdict { outcome: Outcome::Decided(reason), identity: Some(identity) }
        });
        match verdict {
            None => Early::Unknown,
            Some(verdict) if verdict.is_allowed() && verdict.lacks_name() => {
                Early::Nameless(verdict)
            }
            Some(verdict) => Early::Decided(verdict),
        }
    }

    /// The verdict, of which memory said so much.
    pub async fn judge_later(&self, question: &Question, early: Early) -> Verdict {
        let judged = match early {
            Early::Decided(verdict) => Ok(verdict),
            Early::Nameless(verdict) => self.name(verdict, question).await,
            Early::Unknown => self.ask(question).await,
        };
        judged.unwrap_or_else(Verdict::undecided)
    }

    /// Asks the store, at first whether there is anything new in it.
    async fn ask(&self, question: &Question) -> Result<Verdict, NoAnswer> {
        if self.mirror.index.load().is_some() {
            self.mirror.confirm().await?;
            match self.judge_at_once(question, Timer::now()) {
                Early::Decided(verdict) => return Ok(verdict),
                Early::Nameless(verdict) => return self.name(verdict, question).await,
                Early::Unknown => {}
            }
        }
        if self.mirror.index.load().is_some() {
            return Ok(Verdict::refused(Reason::Unknown));
        }
        let (found, last) = self.asker.find(question.digest).await?;
        Ok(from_store(&question.demand, found, self.mirror.now().max(last)))
    }

    /// Adds the name.
    async fn name(&self, mut verdict: Verdict, question: &Question) -> Result<Verdict, NoAnswer> {
        if let (Found::Known(known), _) = self.asker.find(question.digest).await?
            && let Some(identity) = &mut verdict.identity
        {
            let owner = encode(known.credential.owner.as_str());
            identity.owner = HeaderValue::from_str(&owner).ok();
        }
        Ok(verdict)
    }
}

fn from_store(demand: &Demand, found: Found, now: Instant) -> Verdict {
    let decision = decide(demand, found, now);
    let identity = decision.known.map(|known| {
        let standing = Standing::of(&known, now);
        let mut identity = Identity::from_known(&known, &standing, now);
        let is_use = decision.reason == Reason::Allowed && standing.role == Role::Current;
        let waits = known.credential.secrets.retiring.is_some_and(|retiring| retiring.until_used);
        identity.ends_overlap = (is_use && waits).then_some(known.digest);
        identity
    });
    Verdict { outcome: Outcome::Decided(decision.reason), identity }
}

impl Verdict {
    /// A refusal before anybody was identified.
    pub fn refused(reason: Reason) -> Self {
        Self { outcome: Outcome::Decided(reason), identity: None }
    }

    /// That nobody could be asked.
    pub fn undecided(why: NoAnswer) -> Self {
        Self { outcome: Outcome::Undecided(why), identity: None }
    }

    /// Whether the request passes.
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Decided(Reason::Allowed)
    }

    fn lacks_name(&self) -> bool {
        self.identity.as_ref().is_some_and(Identity::lacks_name)
    }
}

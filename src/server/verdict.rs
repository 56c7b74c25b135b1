//! The verdict: what is presented, held against the index, and against the store where the index can't tell.

use hyper::{HeaderMap, header::HeaderValue, http::request::Parts};

use super::{
    ask::Asker,
    index::Entry,
    mirror::{Mirror, NoAnswer},
};
use crate::{
    config::policy::Policy,
    domain::{
        account::AccountId,
        credential::{Credential, Kind},
        decision::{Demand, Found, Reason, Role, Standing, decide, judge},
        id::CredentialId,
        instant::Instant,
        lifetime::Expiry,
        request::{Presented, has_secret_in_query},
        secret::{Digest, Plaintext},
    },
    keys::Keys,
};

/// The scope that the proxy demands.
pub const REQUIRE_SCOPE: &str = "x-gatepass-require-scope";
/// Where proxies tell the address that was asked for.
const ORIGINAL_TARGETS: [&str; 2] = ["x-forwarded-uri", "x-original-uri"];

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was decided.
    Decided(Reason),
    /// Nobody could be asked about it.
    Undecided(NoAnswer),
}

impl Outcome {
    /// The word for it, as admins read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decided(reason) => reason.as_str(),
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

/// Who has the secret that was presented.
pub struct Identity {
    /// The number of the credential.
    pub seq: i64,
    /// Its id.
    pub id: CredentialId,
    /// Its account.
    pub account: AccountId,
    /// Its kind.
    pub kind: Kind,
    /// The name or address, percent-encoded. It is not known of refused ones that the index has no room for.
    pub owner: Option<HeaderValue>,
    /// When it ends.
    pub expiry: Expiry,
    /// For who sends the old secret during an overlap: when the reset was, and when that secret ends.
    pub sunset: Option<(Instant, Instant)>,
    /// The digest of the new secret, if its use is the first to end the old one.
    pub ends_overlap: Option<Digest>,
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

impl Judge<'_> {
    /// Judges a request by its head alone.
    pub async fn judge(&self, head: &Parts) -> Verdict {
        if addresses(head).any(has_secret_in_query) {
            return Verdict::refused(Reason::InQuery);
        }
        let presented = match Presented::from_headers(header_pairs(&head.headers)) {
            Ok(presented) => presented,
            Err(refusal) => return Verdict::refused(refusal.reason),
        };
        let demand = Demand {
            account: presented.account,
            region: self.policy.region,
            scope: demands_scope(&head.headers),
        };
        let digest = self.digest(&presented.secret);
        self.judge_digest(&demand, &digest).await.unwrap_or_else(|no_answer| Verdict {
            outcome: Outcome::Undecided(no_answer),
            identity: None,
        })
    }

    /// The keyed digest of a secret.
    pub fn digest(&self, secret: &Plaintext) -> Digest {
        Digest(self.keys.lookup.digest(secret.expose()))
    }

    /// Judges a secret by its digest.
    ///
    /// # Errors
    /// When neither the index nor the store can tell.
    async fn judge_digest(&self, demand: &Demand, digest: &Digest) -> Result<Verdict, NoAnswer> {
        if let Some(verdict) = self.look_up(demand, digest)? {
            return self.complete(verdict, digest).await;
        }
        if self.mirror.index.load().is_some() {
            // It may have been made since the store was last looked at.
            self.mirror.confirm().await?;
            if let Some(verdict) = self.look_up(demand, digest)? {
                return self.complete(verdict, digest).await;
            }
        }
        if self.mirror.index.load().is_some() {
            return Ok(Verdict::refused(Reason::Unknown));
        }
        let (found, last) = self.asker.find(*digest).await?;
        Ok(from_store(demand, found, self.mirror.now().max(last)))
    }

    /// A verdict from memory; none where there is no index or the digest is not in it.
    fn look_up(&self, demand: &Demand, digest: &Digest) -> Result<Option<Verdict>, NoAnswer> {
        let index = self.mirror.index.load();
        let Some(index) = &*index else { return Ok(None) };
        if !self.mirror.is_fresh(self.policy.max_stale) {
            return Err(NoAnswer::Stale);
        }
        let now = self.mirror.now();
        Ok(index.find(digest, now, |seq, entry, standing| {
            let reason = judge(demand, standing, now);
            let mut identity = Identity::from_entry(seq, entry, standing);
            let is_use = reason == Reason::Allowed && standing.role == Role::Current;
            identity.ends_overlap = (is_use && entry.begins_to_end_overlap()).then_some(*digest);
            Verdict { outcome: Outcome::Decided(reason), identity: Some(identity) }
        }))
    }

    /// Adds the name that the index had no room for, where somebody will read it.
    async fn complete(&self, mut verdict: Verdict, digest: &Digest) -> Result<Verdict, NoAnswer> {
        let is_allowed = verdict.is_allowed();
        if let Some(identity) =
            verdict.identity.as_mut().filter(|who| is_allowed && who.owner.is_none())
            && let (Found::Known(known), _) = self.asker.find(*digest).await?
        {
            identity.owner = encoded_owner(&known.credential);
        }
        Ok(verdict)
    }
}

fn from_store(demand: &Demand, found: Found, now: Instant) -> Verdict {
    let decision = decide(demand, found, now);
    let identity = decision.known.map(|known| {
        let standing = Standing::of(&known, now);
        let mut identity = Identity::from_credential(&known.credential, &standing);
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

    /// Whether the request passes.
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Decided(Reason::Allowed)
    }
}

impl Identity {
    fn from_entry(seq: u32, entry: &Entry<'_>, standing: &Standing) -> Self {
        let is_retiring = standing.role == Role::Retiring;
        Self {
            seq: i64::from(seq),
            id: entry.id(),
            account: standing.account,
            kind: standing.kind,
            owner: entry.owner().and_then(|owner| HeaderValue::from_bytes(owner).ok()),
            expiry: standing.expiry,
            sunset: entry.overlap_span().filter(|_| is_retiring),
            ends_overlap: None,
        }
    }

    fn from_credential(credential: &Credential, standing: &Standing) -> Self {
        let retiring = credential.secrets.retiring.filter(|_| standing.role == Role::Retiring);
        Self {
            seq: credential.seq,
            id: credential.id,
            account: standing.account,
            kind: standing.kind,
            owner: encoded_owner(credential),
            expiry: standing.expiry,
            sunset: retiring.map(|retiring| (credential.secrets.made_at, retiring.until)),
            ends_overlap: None,
        }
    }
}

fn encoded_owner(credential: &Credential) -> Option<HeaderValue> {
    HeaderValue::from_str(&super::index::encode(credential.owner.as_str())).ok()
}

/// The headers of a request, as the domain reads them.
pub fn header_pairs(headers: &HeaderMap) -> impl Iterator<Item = (&[u8], &[u8])> {
    headers.iter().map(|(name, value)| (name.as_ref(), value.as_bytes()))
}

/// The address that was asked for: ours, and those that proxies tell.
fn addresses(head: &Parts) -> impl Iterator<Item = &[u8]> {
    let own = head.uri.path_and_query().map(|target| target.as_str().as_bytes());
    let told = ORIGINAL_TARGETS.iter().flat_map(|name| head.headers.get_all(*name));
    own.into_iter().chain(told.map(HeaderValue::as_bytes))
}

fn demands_scope(headers: &HeaderMap) -> bool {
    headers.get_all(REQUIRE_SCOPE).iter().any(|value| !value.is_empty())
}

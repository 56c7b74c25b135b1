//! The identity: who has the secret that was presented, as far as proxies and apps are told.

use hyper::header::HeaderValue;

use super::rate_limiter::Quota;
use crate::{
    domain::{
        credential::{CredentialKind, lifetime::Expiry, rate_limit::RateLimit, secret::Digest},
        decision::{DecisionInput, KnownSecret, SecretRole},
        directory::{
            account::{Account, AccountId},
            id::{ClientId, CredentialId, ObjectId},
        },
        instant::Instant,
        legacy::LegacyStage,
    },
    server::cache::index::{Hit, KnownApp, KnownScopes, encode_header},
};

/// Who has the secret that was presented.
pub struct CallerIdentity {
    /// The number of the credential.
    pub seq: i64,
    /// Its id.
    pub id: CredentialId,
    /// Its account.
    pub account: AccountId,
    /// Its kind.
    pub kind: CredentialKind,
    /// The name or address of a passcode, percent-encoded. It is not known of refused ones that the index has no room
    /// for.
    pub subject: Option<HeaderValue>,
    /// Whom a token or a legacy key is for.
    pub token_context: Option<TokenContext>,
    /// When it ends.
    pub expiry: Expiry,
    /// For who sends what is about to end: an old secret during an overlap, or a legacy key.
    pub deprecation: Option<DeprecationNotice>,
    /// The digest of the new secret, if its use is the first to end the old one.
    pub ends_overlap: Option<Digest>,
    /// How many requests a minute it is good for, if it is limited.
    pub limit: Option<RateLimit>,
    /// What is left of this minute, once that was counted.
    pub quota: Option<Quota>,
    /// When it was judged.
    pub decided_at: Instant,
}

/// Whom a token or a legacy key is for.
pub struct TokenContext {
    /// The app.
    pub app: HeaderValue,
    /// The name under which its programs authenticate.
    pub client: ClientId,
    /// The district of a token.
    pub district: Option<ObjectId>,
    /// The scopes of a token.
    pub scopes: Option<HeaderValue>,
}

/// That something is about to end.
pub struct DeprecationNotice {
    /// Since when that is known (RFC 9745).
    pub since: Instant,
    /// When it ends (RFC 8594).
    pub until: Instant,
    /// Where it is told what to do instead.
    pub link: Option<HeaderValue>,
}

impl CallerIdentity {
    /// Who was found in the index.
    pub fn from_hit(hit: &Hit<'_>, standing: &DecisionInput<'_>, at: Instant) -> Self {
        let Hit { entry, account, .. } = hit;
        let span = entry.overlap_span().filter(|_| standing.role == SecretRole::Retiring);
        Self {
            seq: i64::from(hit.seq),
            id: entry.id(),
            account: account.id,
            kind: standing.kind,
            subject: entry.subject().and_then(|owner| HeaderValue::from_bytes(owner).ok()),
            token_context: hit.app.map(|app| TokenContext::new(app, hit.district, hit.scopes)),
            expiry: standing.expiry,
            deprecation: deprecation_notice(account, standing.kind, span, at),
            ends_overlap: None,
            limit: rate_limit(
                account,
                standing.kind,
                hit.limit.or(hit.app.map(|app| app.limit)),
                at,
            ),
            quota: None,
            decided_at: at,
        }
    }

    /// Who was found in the store.
    pub fn from_known(known: &KnownSecret, standing: &DecisionInput<'_>, at: Instant) -> Self {
        let KnownSecret { credential, account, app, .. } = known;
        let retiring =
            credential.secrets.retiring.filter(|_| standing.role == SecretRole::Retiring);
        let span = retiring.map(|retiring| (credential.secrets.created_at, retiring.until));
        let app = app.as_ref().map(KnownApp::from);
        let scopes = KnownScopes::from(credential.scopes.as_str());
        let owner = encode_header(credential.subject.as_str());
        Self {
            seq: credential.seq,
            id: credential.id,
            account: account.id,
            kind: standing.kind,
            subject: HeaderValue::from_str(&owner).ok().filter(|_| app.is_none()),
            token_context: app
                .as_ref()
                .map(|app| TokenContext::new(app, standing.district, Some(&scopes))),
            expiry: standing.expiry,
            deprecation: deprecation_notice(account, standing.kind, span, at),
            ends_overlap: None,
            limit: rate_limit(
                account,
                standing.kind,
                credential.limit.or(app.map(|app| app.limit)),
                at,
            ),
            quota: None,
            decided_at: at,
        }
    }

    /// Whether the name of a passcode is not known.
    pub fn lacks_subject(&self) -> bool {
        self.subject.is_none() && self.token_context.is_none()
    }
}

impl TokenContext {
    fn new(app: &KnownApp, district: Option<ObjectId>, scopes: Option<&KnownScopes>) -> Self {
        // A legacy key has no scopes: it is good for all that is shared with its app.
        let scopes = scopes.filter(|_| district.is_some()).map(|scopes| scopes.header.clone());
        Self { app: app.header.clone(), client: app.client_id, district, scopes }
    }
}

/// What is said to who uses an old secret during an overlap, or a legacy key from its announcement on.
fn deprecation_notice(
    account: &Account,
    kind: CredentialKind,
    overlap: Option<(Instant, Instant)>,
    at: Instant,
) -> Option<DeprecationNotice> {
    let policy = account.legacy.as_ref().filter(|_| kind == CredentialKind::Legacy);
    match (policy.filter(|policy| policy.stage(at) != LegacyStage::Scheduled), overlap) {
        (Some(policy), _) => Some(DeprecationNotice {
            since: policy.announced_at,
            until: policy.sunset_at,
            link: policy.link.as_ref().and_then(|link| {
                let link = format!("<{link}>; rel=\"sunset\", <{link}>; rel=\"deprecation\"");
                HeaderValue::from_str(&link).ok()
            }),
        }),
        (None, Some((since, until))) => Some(DeprecationNotice { since, until, link: None }),
        (None, None) => None,
    }
}

/// A token is always limited, a legacy key from its day on, a passcode never.
fn rate_limit(
    account: &Account,
    kind: CredentialKind,
    of_token: Option<RateLimit>,
    at: Instant,
) -> Option<RateLimit> {
    match kind {
        CredentialKind::Account | CredentialKind::User => None,
        CredentialKind::Token => Some(of_token.unwrap_or(RateLimit::TOKEN_DEFAULT)),
        CredentialKind::Legacy => {
            let policy = account.legacy.as_ref()?;
            (policy.stage(at) >= LegacyStage::Limited).then_some(policy.limit)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::domain::{
        directory::{
            account::{AccountKey, Region},
            name::Name,
        },
        legacy::LegacyPolicy,
    };

    const OWN: u32 = 7;

    fn instant(at: i64) -> Instant {
        Instant::from_unix(at)
    }

    fn per_minute(limit: u32) -> RateLimit {
        RateLimit::new(limit).unwrap()
    }

    /// An account whose keys are announced at 10, limited at 20 and over at 30, or one without a policy.
    fn account(has_policy: bool) -> Account {
        let policy = || LegacyPolicy {
            announced_at: instant(10),
            limited_at: instant(20),
            limit: per_minute(200),
            sunset_at: instant(30),
            link: Some("https://example.org/x".to_owned()),
        };
        Account {
            key: AccountKey(1),
            id: AccountId::parse("948-4KK-444Z").unwrap(),
            name: Name::parse("main").unwrap(),
            region: Region::Eu1,
            require_user_passcode: false,
            legacy: has_policy.then(policy),
            created_at: instant(1),
            audit_seq: 1,
        }
    }

    /// How many requests a minute pass of a kind at some instants around each stage.
    fn limits(has_policy: bool, kind: CredentialKind, own: Option<u32>) -> Vec<Option<u32>> {
        let account = account(has_policy);
        let at = |at| rate_limit(&account, kind, own.map(per_minute), instant(at));
        [9, 10, 19, 20, 29, 30].map(|now| at(now).map(RateLimit::per_minute)).to_vec()
    }

    #[test]
    fn legacy_keys_are_limited_from_their_limit_date_and_tokens_always() {
        let (none, all) = (None, Some(200));
        assert_eq!(limits(true, CredentialKind::Legacy, None), [none, none, none, all, all, all]);
        assert_eq!(limits(false, CredentialKind::Legacy, Some(OWN)), [None; 6]);
        for has_policy in [false, true] {
            assert_eq!(limits(has_policy, CredentialKind::Token, Some(OWN)), [Some(OWN); 6]);
            assert_eq!(limits(has_policy, CredentialKind::Token, None), [Some(1_200); 6]);
            assert_eq!(limits(has_policy, CredentialKind::Account, Some(OWN)), [None; 6]);
            assert_eq!(limits(has_policy, CredentialKind::User, Some(OWN)), [None; 6]);
        }
    }

    /// When something is known to end, and when it ends.
    fn deprecation(has_policy: bool, kind: CredentialKind, now: i64) -> Option<(i64, i64, bool)> {
        let overlap = (kind != CredentialKind::Legacy).then_some((instant(5), instant(15)));
        let told = deprecation_notice(&account(has_policy), kind, overlap, instant(now))?;
        Some((told.since.unix(), told.until.unix(), told.link.is_some()))
    }

    #[test]
    fn legacy_keys_are_deprecated_from_their_announcement() {
        assert_eq!(deprecation(true, CredentialKind::Legacy, 9), None);
        for now in [10, 20, 30] {
            assert_eq!(deprecation(true, CredentialKind::Legacy, now), Some((10, 30, true)));
        }
        assert_eq!(deprecation(false, CredentialKind::Legacy, 30), None);
        for kind in [CredentialKind::Token, CredentialKind::Account, CredentialKind::User] {
            assert_eq!(
                deprecation(true, kind, 12),
                Some((5, 15, false)),
                "an overlap, whatever the policy"
            );
        }
    }

    #[test]
    fn the_deprecation_link_has_both_relations() {
        let told =
            deprecation_notice(&account(true), CredentialKind::Legacy, None, instant(10)).unwrap();
        assert_eq!(
            told.link.unwrap(),
            "<https://example.org/x>; rel=\"sunset\", <https://example.org/x>; rel=\"deprecation\""
        );
    }
}

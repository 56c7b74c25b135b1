//! The identity: who has the secret that was presented, as far as proxies and apps are told.

use hyper::header::HeaderValue;

use super::{
    index::{Hit, KnownApp, KnownScopes, encode},
    limits::Quota,
};
use crate::domain::{
    account::{Account, AccountId},
    credential::Kind,
    decision::{Known, Role, Standing},
    id::{ClientId, CredentialId, ObjectId},
    instant::Instant,
    legacy::Stage,
    lifetime::Expiry,
    limit::Limit,
    secret::Digest,
};

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
    /// The name or address of a passcode, percent-encoded. It is not known of refused ones that the index has no room
    /// for.
    pub owner: Option<HeaderValue>,
    /// Whom a token or a legacy key is for.
    pub grantee: Option<Grantee>,
    /// When it ends.
    pub expiry: Expiry,
    /// For who sends what is about to end: an old secret during an overlap, or a legacy key.
    pub farewell: Option<Farewell>,
    /// The digest of the new secret, if its use is the first to end the old one.
    pub ends_overlap: Option<Digest>,
    /// How many requests a minute it is good for, if it is limited.
    pub limit: Option<Limit>,
    /// What is left of this minute, once that was counted.
    pub quota: Option<Quota>,
    /// When it was judged.
    pub at: Instant,
}

/// Whom a token or a legacy key is for.
pub struct Grantee {
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
pub struct Farewell {
    /// Since when that is known (RFC 9745).
    pub since: Instant,
    /// When it ends (RFC 8594).
    pub until: Instant,
    /// Where it is told what to do instead.
    pub link: Option<HeaderValue>,
}

impl Identity {
    /// Who was found in the index.
    pub fn from_hit(hit: &Hit<'_>, standing: &Standing<'_>, at: Instant) -> Self {
        let Hit { entry, account, .. } = hit;
        let span = entry.overlap_span().filter(|_| standing.role == Role::Retiring);
        Self {
            seq: i64::from(hit.seq),
            id: entry.id(),
            account: account.id,
            kind: standing.kind,
            owner: entry.owner().and_then(|owner| HeaderValue::from_bytes(owner).ok()),
            grantee: hit.app.map(|app| Grantee::new(app, hit.district, hit.scopes)),
            expiry: standing.expiry,
            farewell: farewell(account, standing.kind, span, at),
            ends_overlap: None,
            limit: limit(account, standing.kind, hit.limit.or(hit.app.map(|app| app.limit)), at),
            quota: None,
            at,
        }
    }

    /// Who was found in the store.
    pub fn from_known(known: &Known, standing: &Standing<'_>, at: Instant) -> Self {
        let Known { credential, account, app, .. } = known;
        let retiring = credential.secrets.retiring.filter(|_| standing.role == Role::Retiring);
        let span = retiring.map(|retiring| (credential.secrets.made_at, retiring.until));
        let app = app.as_ref().map(KnownApp::from);
        let scopes = KnownScopes::from(credential.scopes.as_str());
        let owner = encode(credential.owner.as_str());
        Self {
            seq: credential.seq,
            id: credential.id,
            account: account.id,
            kind: standing.kind,
            owner: HeaderValue::from_str(&owner).ok().filter(|_| app.is_none()),
            grantee: app.as_ref().map(|app| Grantee::new(app, standing.district, Some(&scopes))),
            expiry: standing.expiry,
            farewell: farewell(account, standing.kind, span, at),
            ends_overlap: None,
            limit: limit(account, standing.kind, credential.limit.or(app.map(|app| app.limit)), at),
            quota: None,
            at,
        }
    }

    /// Whether the name of a passcode is not known.
    pub fn lacks_name(&self) -> bool {
        self.owner.is_none() && self.grantee.is_none()
    }
}

impl Grantee {
    fn new(app: &KnownApp, district: Option<ObjectId>, scopes: Option<&KnownScopes>) -> Self {
        // A legacy key has no scopes: it is good for all that is shared with its app.
        let scopes = scopes.filter(|_| district.is_some()).map(|scopes| scopes.header.clone());
        Self { app: app.header.clone(), client: app.client, district, scopes }
    }
}

/// What is said to who uses an old secret during an overlap, or a legacy key from its announcement on.
fn farewell(
    account: &Account,
    kind: Kind,
    overlap: Option<(Instant, Instant)>,
    at: Instant,
) -> Option<Farewell> {
    let policy = account.legacy.as_ref().filter(|_| kind == Kind::Legacy);
    match (policy.filter(|policy| policy.stage(at) != Stage::Quiet), overlap) {
        (Some(policy), _) => Some(Farewell {
            since: policy.announced_at,
            until: policy.sunset_at,
            link: policy.link.as_ref().and_then(|link| {
                let link = format!("<{link}>; rel=\"sunset\", <{link}>; rel=\"deprecation\"");
                HeaderValue::from_str(&link).ok()
            }),
        }),
        (None, Some((since, until))) => Some(Farewell { since, until, link: None }),
        (None, None) => None,
    }
}

/// A token is always limited, a legacy key from its day on, a passcode never.
fn limit(account: &Account, kind: Kind, of_token: Option<Limit>, at: Instant) -> Option<Limit> {
    match kind {
        Kind::Account | Kind::User => None,
        Kind::Token => Some(of_token.unwrap_or(Limit::TOKEN)),
        Kind::Legacy => {
            let policy = account.legacy.as_ref()?;
            (policy.stage(at) >= Stage::Limited).then_some(policy.limit)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::domain::{
        account::{AccountKey, Region},
        legacy::LegacyPolicy,
        name::Name,
    };

    const OWN: u32 = 7;

    fn instant(at: i64) -> Instant {
        Instant::from_unix(at)
    }

    fn per_minute(limit: u32) -> Limit {
        Limit::new(limit).unwrap()
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
    fn limits(has_policy: bool, kind: Kind, own: Option<u32>) -> Vec<Option<u32>> {
        let account = account(has_policy);
        let at = |at| limit(&account, kind, own.map(per_minute), instant(at));
        [9, 10, 19, 20, 29, 30].map(|now| at(now).map(Limit::per_minute)).to_vec()
    }

    #[test]
    fn a_legacy_key_is_limited_from_its_day_on_and_a_token_always() {
        let (none, all) = (None, Some(200));
        assert_eq!(limits(true, Kind::Legacy, None), [none, none, none, all, all, all]);
        assert_eq!(limits(false, Kind::Legacy, Some(OWN)), [None; 6]);
        for has_policy in [false, true] {
            assert_eq!(limits(has_policy, Kind::Token, Some(OWN)), [Some(OWN); 6]);
            assert_eq!(limits(has_policy, Kind::Token, None), [Some(1_200); 6]);
            assert_eq!(limits(has_policy, Kind::Account, Some(OWN)), [None; 6]);
            assert_eq!(limits(has_policy, Kind::User, Some(OWN)), [None; 6]);
        }
    }

    /// When something is known to end, and when it ends.
    fn ends(has_policy: bool, kind: Kind, now: i64) -> Option<(i64, i64, bool)> {
        let overlap = (kind != Kind::Legacy).then_some((instant(5), instant(15)));
        let told = farewell(&account(has_policy), kind, overlap, instant(now))?;
        Some((told.since.unix(), told.until.unix(), told.link.is_some()))
    }

    #[test]
    fn keys_are_bidden_farewell_from_their_announcement_on() {
        assert_eq!(ends(true, Kind::Legacy, 9), None);
        for now in [10, 20, 30] {
            assert_eq!(ends(true, Kind::Legacy, now), Some((10, 30, true)));
        }
        assert_eq!(ends(false, Kind::Legacy, 30), None);
        for kind in [Kind::Token, Kind::Account, Kind::User] {
            assert_eq!(
                ends(true, kind, 12),
                Some((5, 15, false)),
                "an overlap, whatever the policy"
            );
        }
    }

    #[test]
    fn a_link_has_both_relations() {
        let told = farewell(&account(true), Kind::Legacy, None, instant(10)).unwrap();
        assert_eq!(
            told.link.unwrap(),
            "<https://example.org/x>; rel=\"sunset\", <https://example.org/x>; rel=\"deprecation\""
        );
    }
}

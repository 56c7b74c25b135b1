//! A narrowing is exactly a change after which a request fails that succeeds without it: held against the decision.

use proptest::{option, prelude::*, sample::select};

use super::{
    context::CredentialContext, evaluate::evaluate, input::DecisionInput, narrowing::narrows,
    policy::rate_limit, reason::Reason, requirements::Requirements,
};
use crate::domain::{
    credential::{
        Credential, CredentialKind, Deletion, Retiring, Revocation, Secrets, Undelivered,
        lifetime::{Expiry, Lifetime},
        rate_limit::RateLimit,
        scope::Scopes,
        secret::Digest,
        subject::{AppDistrict, Subject},
    },
    directory::{
        account::{Account, AccountId, AccountKey, Region},
        app::App,
        id::{ClientId, CredentialId, IdPrefix, ObjectId},
        name::{Email, Name},
    },
    instant::Instant,
    legacy::LegacyPolicy,
    seq::{AppSeq, AuditSeq, CredentialSeq},
};

/// When the change is made. Requests follow until [`LAST`].
const NOW: i64 = 2;
const LAST: i64 = 7;

/// The records of a credential, with the properties that changes can have.
#[derive(Clone, Debug)]
struct Records {
    credential: Credential,
    account: Account,
    app: App,
}

/// A request, as far as the decision depends on it.
#[derive(Clone, Debug)]
struct Request {
    at: Instant,
    secret: Digest,
    requirements: Requirements,
    /// The requests in this minute, including this one. One more than the highest limit is the most.
    count: u32,
    is_introspection: bool,
    /// Whether the newer secret was used before.
    newer_was_used: bool,
}

impl Records {
    fn context(&self) -> CredentialContext<'_> {
        let Self { credential, account, app } = self;
        CredentialContext { credential, account, app: credential.subject.app().map(|_| app) }
    }

    fn accepts(&self, request: &Request) -> bool {
        let context = self.context();
        let input = DecisionInput::new(context, &request.secret, request.at);
        let retiring = self.credential.retiring(request.at);
        let ended_by_use = request.newer_was_used
            && retiring.is_some_and(|old| old.until_used && old.digest == request.secret);
        let of_token = self.credential.limit.or(context.app.map(|app| app.limit));
        let limit = rate_limit(&self.account, self.credential.kind(), of_token, request.at);
        evaluate(&request.requirements, &input, request.at) == Reason::Allowed
            && !ended_by_use
            && limit.is_none_or(|limit| request.count <= limit.per_minute())
            && (!request.is_introspection || self.credential.introspect)
    }
}

fn secret(number: u8) -> Digest {
    Digest([number; 32])
}

/// The highest limit of the records. Requests also come once more often than that.
const MAX_LIMIT: u32 = 3;

fn limit(number: u32) -> RateLimit {
    RateLimit::new(number).unwrap()
}

fn subject(kind: CredentialKind) -> Subject {
    let [app, district] = [5, 6].map(|byte| ObjectId::from_bytes([byte; 12]));
    match kind {
        CredentialKind::Account => Subject::Partner(Name::parse("acme").unwrap()),
        CredentialKind::User => Subject::User(Email::parse("ann@example.org").unwrap()),
        CredentialKind::Token => Subject::AppDistrict(AppDistrict::new(app, district)),
        CredentialKind::Legacy => Subject::App(app),
    }
}

fn instants() -> impl Strategy<Value = Instant> {
    (0..=LAST).prop_map(Instant::from_unix)
}

fn expiries() -> impl Strategy<Value = Expiry> {
    option::of(instants()).prop_map(|at| at.map_or(Expiry::Never, Expiry::At))
}

fn secrets() -> impl Strategy<Value = Secrets> {
    let retiring = option::of((select(vec![2, 3]), instants(), any::<bool>()));
    let undelivered = option::of(select(vec![4]));
    let all = (option::of(select(vec![1, 2])), undelivered, retiring);
    all.prop_map(|(current, undelivered, retiring)| {
        let retiring = retiring.filter(|(digest, ..)| Some(*digest) != current);
        Secrets {
            generation: 2,
            current: current.map(secret),
            created_at: Instant::EPOCH,
            delivered_at: None,
            undelivered: undelivered
                .map(|digest| Undelivered { digest: secret(digest), created_at: Instant::EPOCH }),
            discarded: 0,
            retiring: retiring.map(|(digest, until, until_used)| Retiring {
                digest: secret(digest),
                until,
                until_used,
                replacement_used: false,
            }),
        }
    })
}

fn legacy_policies() -> impl Strategy<Value = LegacyPolicy> {
    (instants(), instants(), 1..=MAX_LIMIT).prop_map(|(one, other, per_minute)| LegacyPolicy {
        announced_at: Instant::EPOCH,
        limited_at: one.min(other),
        limit: limit(per_minute),
        sunset_at: one.max(other),
        link: None,
    })
}

fn accounts() -> impl Strategy<Value = Account> {
    let regions = select(vec![Region::Eu1, Region::Us1]);
    let policies = option::of(legacy_policies());
    (regions, any::<bool>(), policies).prop_map(|(region, require_user_passcode, legacy)| Account {
        key: AccountKey(1),
        id: AccountId::parse("948-4KK-444Z").unwrap(),
        name: Name::parse("main").unwrap(),
        region,
        require_user_passcode,
        legacy,
        created_at: Instant::EPOCH,
        removed: None,
        audit_seq: AuditSeq(1),
    })
}

fn apps() -> impl Strategy<Value = App> {
    (1..=MAX_LIMIT, prop::bool::weighted(0.1)).prop_map(|(per_minute, is_removed)| App {
        seq: AppSeq(1),
        id: ObjectId::from_bytes([5; 12]),
        client_id: ClientId::parse(&"ab".repeat(10)).unwrap(),
        account: AccountKey(1),
        name: Name::parse("Reader").unwrap(),
        secrets: Secrets::awaiting_pickup(Instant::EPOCH),
        limit: limit(per_minute),
        webhook: None,
        created_at: Instant::EPOCH,
        created_by: "ann@office".to_owned(),
        removed: is_removed.then(deletion),
        audit_seq: AuditSeq(1),
    })
}

fn deletion() -> Deletion {
    Deletion { at: Instant::EPOCH, by: "ann@office".to_owned() }
}

fn credentials(kind: CredentialKind) -> impl Strategy<Value = Credential> {
    let scopes = select(match kind {
        CredentialKind::Token => vec!["read:a", "read:b", "read:a read:b"],
        _ => vec![""],
    });
    let limits = option::of((1..=MAX_LIMIT).prop_map(limit));
    let ended = (prop::bool::weighted(0.1), prop::bool::weighted(0.1));
    (secrets(), expiries(), scopes, limits, ended, any::<bool>()).prop_map(
        move |(secrets, expiry, scopes, limit, (is_revoked, is_deleted), introspect)| Credential {
            seq: CredentialSeq(1),
            id: CredentialId { prefix: IdPrefix::Passcode, bytes: [7; 12] },
            account: AccountKey(1),
            subject: subject(kind),
            slot: None,
            note: None,
            previous: None,
            created_at: Instant::EPOCH,
            created_by: "ann@office".to_owned(),
            lifetime: Lifetime::Forever,
            expiry,
            expiry_set_at: Instant::EPOCH,
            secrets,
            introspect: introspect && kind == CredentialKind::Account,
            scopes: Scopes::from_stored(scopes.to_owned()),
            limit: limit.filter(|_| kind == CredentialKind::Token),
            revoked: is_revoked.then(|| Revocation {
                at: Instant::EPOCH,
                by: "ann@office".to_owned(),
                reason: None,
            }),
            deleted: is_deleted.then(deletion),
            audit_seq: AuditSeq(1),
        },
    )
}

fn records(kind: CredentialKind) -> impl Strategy<Value = Records> {
    let parts = (credentials(kind), accounts(), apps());
    parts.prop_map(|(credential, account, app)| Records { credential, account, app })
}

/// A credential before a change, and after a change of some of its records.
fn changes() -> impl Strategy<Value = (Records, Records)> {
    select(CredentialKind::ALL.to_vec())
        .prop_flat_map(|kind| (records(kind), records(kind), any::<[bool; 3]>()))
        .prop_map(|(before, other, [credential, account, app])| {
            let mut after = before.clone();
            if credential {
                after.credential = other.credential;
            }
            if account {
                after.account = other.account;
            }
            if app {
                after.app = other.app;
            }
            (before, after)
        })
}

/// All requests that differ in anything that the decision depends on.
fn requests() -> Vec<Request> {
    let mut requests = Vec::new();
    let required = |region, scopes: Option<&str>| Requirements {
        region,
        scopes: scopes.map(Into::into),
        ..Requirements::default()
    };
    for requirements in [
        required(None, None),
        required(Some(Region::Eu1), None),
        required(Some(Region::Us1), None),
        required(None, Some("read:a")),
        required(None, Some("read:b")),
    ] {
        for (at, number, count) in (NOW..=LAST)
            .flat_map(|at| (1..5).flat_map(move |n| (1..=MAX_LIMIT + 1).map(move |c| (at, n, c))))
        {
            for flags in 0..4 {
                requests.push(Request {
                    at: Instant::from_unix(at),
                    secret: secret(number),
                    requirements: requirements.clone(),
                    count,
                    is_introspection: flags & 1 != 0,
                    newer_was_used: flags & 2 != 0,
                });
            }
        }
    }
    requests
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_narrowing_is_a_change_that_makes_a_request_fail((before, after) in changes()) {
        let refused = requests()
            .into_iter()
            .find(|request| before.accepts(request) && !after.accepts(request));
        let narrowing = narrows(before.context(), after.context(), Instant::from_unix(NOW));
        prop_assert_eq!(narrowing.is_any(), refused.is_some(), "{:?} {:?}", narrowing, refused);
    }
}

//! The index against the records that it was built from.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{Index, IndexBuilder, digests_of};
use crate::{
    domain::{
        credential::{
            Credential, CredentialKind, Deletion, Retiring, Revocation, Secrets,
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::Scopes,
            secret::Digest,
            subject::{AppDistrict, Subject},
        },
        decision::{
            DecisionInput, KnownSecret, Reason, Requirements, SecretLookup, decide, evaluate,
        },
        directory::{
            account::{Account, AccountId, AccountKey, Region},
            app::App,
            id::{ClientId, CredentialId, ObjectId},
            name::{Email, Name},
        },
        instant::Instant,
        legacy::LegacyPolicy,
    },
    server::decision::caller_identity::CallerIdentity,
};

const ACCOUNTS: [&str; 2] = ["948-4KK-444Z", "TEST-777-RWZ-555Z"];
const SCOPES: [&str; 3] = ["read:students", "read:schools read:students", "write:x2"];
/// How many apps there are, and how many districts.
const APP_COUNT: u8 = 3;

/// A state of a credential: who it is, its secrets by number, and what has happened to it.
#[derive(Clone, Debug)]
struct CredentialCase {
    seq: u16,
    account: usize,
    kind: CredentialKind,
    /// The app, the district, the scopes and the limit of a token.
    token_terms: (u8, u8, usize, Option<u8>),
    end: Option<i64>,
    current: Option<u8>,
    retiring: Option<(u8, i64, bool)>,
    is_revoked: bool,
    is_deleted: bool,
}

/// Instants meet where answers change; numbers lie in three chunks, and some of them are drawn often.
fn credential_cases() -> impl Strategy<Value = CredentialCase> {
    let instant = || 95..105i64;
    let terms = (0..APP_COUNT, 0..APP_COUNT, 0..SCOPES.len(), prop::option::of(1..4u8));
    let kind = prop::sample::select(CredentialKind::ALL.to_vec());
    let who = (prop_oneof![1..5u16, 1..3_000u16], 0..2usize, kind, terms);
    let secrets = (
        prop::option::weighted(0.9, 0..4u8),
        prop::option::weighted(0.5, (4..8u8, instant(), any::<bool>())),
    );
    let fate = (
        prop::option::weighted(0.7, instant()),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    (who, secrets, fate).prop_map(|(who, (current, retiring), (end, is_revoked, is_deleted))| {
        let (seq, account, kind, terms) = who;
        CredentialCase {
            seq,
            account,
            kind,
            token_terms: terms,
            end,
            current,
            retiring,
            is_revoked,
            is_deleted,
        }
    })
}

/// As those of real secrets: each part of one is unlike that of another.
fn digest(seq: u16, number: u8) -> Digest {
    let [low, high] = seq.to_le_bytes();
    Digest(Sha256::digest([low, high, number]).into())
}

fn credential(draw: &CredentialCase) -> Credential {
    let (at, by) = (Instant::from_unix(90), || "ann@desk".to_owned());
    let (app, district, scopes, limit) = draw.token_terms;
    let owner = match draw.kind {
        CredentialKind::User => {
            Subject::User(Email::parse(&format!("u{}@x.org", draw.seq)).unwrap())
        }
        CredentialKind::Account => {
            Subject::Partner(Name::parse(&format!("Partner {}", draw.seq)).unwrap())
        }
        CredentialKind::Token => {
            Subject::AppDistrict(AppDistrict::new(object_id(app), object_id(100 + district)))
        }
        CredentialKind::Legacy => Subject::App(object_id(app)),
    };
    let is_token = draw.kind == CredentialKind::Token;
    let mut bytes = [0; 12];
    bytes[..2].copy_from_slice(&draw.seq.to_le_bytes());
    Credential {
        seq: i64::from(draw.seq),
        id: CredentialId { prefix: draw.kind.id_prefix(), bytes },
        account: AccountKey(draw.account as i64 + 1),
        subject: owner,
        slot: None,
        note: None,
        previous: None,
        created_at: at,
        created_by: by(),
        lifetime: Lifetime::Forever,
        expiry: Expiry::from_option(draw.end.map(Instant::from_unix)),
        secrets: Secrets {
            generation: 8,
            current: draw.current.map(|number| digest(draw.seq, number)),
            created_at: at,
            delivered_at: None,
            retiring: draw.retiring.map(|(number, until, until_used)| Retiring {
                digest: digest(draw.seq, number),
                until: Instant::from_unix(until),
                until_used,
            }),
        },
        introspect: false,
        scopes: if is_token { Scopes::parse(SCOPES[scopes]).unwrap() } else { Scopes::NONE },
        limit: limit.and_then(|limit| RateLimit::new(limit.into())).filter(|_| is_token),
        revoked: draw.is_revoked.then(|| Revocation { at, by: by(), reason: None }),
        deleted: draw.is_deleted.then(|| Deletion { at, by: by() }),
        audit_seq: 1,
    }
}

fn object_id(number: u8) -> ObjectId {
    ObjectId::from_bytes([number; 12])
}

/// All apps, whose tokens are good for so many more requests a minute than their number.
fn apps(more: u32) -> Vec<App> {
    let app = |number: u8| App {
        seq: i64::from(number) + 1,
        id: object_id(number),
        client_id: ClientId::parse(&format!("{number:020x}")).unwrap(),
        account: AccountKey(1),
        name: Name::parse(&format!("App {number}")).unwrap(),
        secrets: credential(&default_case()).secrets,
        limit: RateLimit::new(u32::from(number) + more).unwrap(),
        webhook: None,
        created_at: Instant::from_unix(1),
        created_by: "ann@desk".to_owned(),
        removed: None,
        audit_seq: 1,
    };
    (0..APP_COUNT).map(app).collect()
}

/// A policy for legacy keys, each of whose stages some instants lie in.
fn policy() -> LegacyPolicy {
    let [announced_at, limited_at, sunset_at] = [97, 99, 102].map(Instant::from_unix);
    let link = Some("https://example.org".to_owned());
    LegacyPolicy { announced_at, limited_at, limit: RateLimit::new(60).unwrap(), sunset_at, link }
}

/// All that proxies and apps are told of somebody.
fn identity_text(who: &CallerIdentity) -> String {
    let grantee = who.token_context.as_ref();
    let grantee =
        grantee.map(|grantee| (&grantee.app, grantee.client, grantee.district, &grantee.scopes));
    let farewell = who.deprecation.as_ref();
    let farewell = farewell.map(|farewell| (farewell.since, farewell.until, &farewell.link));
    let CallerIdentity { seq, id, account, kind, subject: owner, expiry, limit, .. } = who;
    format!(
        "{seq} {id} {account:?} {kind:?} {owner:?} {expiry:?} {limit:?} {grantee:?} {farewell:?}"
    )
}

fn accounts(strict: usize) -> Vec<Account> {
    let account = |(number, id): (usize, &&str)| Account {
        key: AccountKey(number as i64 + 1),
        id: AccountId::parse(id).unwrap(),
        name: Name::parse("main").unwrap(),
        region: if number == 0 { Region::Eu1 } else { Region::In1 },
        require_user_passcode: number == strict,
        legacy: (number == 0).then(policy),
        created_at: Instant::from_unix(1),
        audit_seq: 1,
    };
    ACCOUNTS.iter().enumerate().map(account).collect()
}

/// An index that was loaded with some states and then told of others, and the records as they are now.
fn build(
    loaded: &[CredentialCase],
    told: &[Vec<CredentialCase>],
) -> (Index, BTreeMap<u16, Credential>) {
    let mut records: BTreeMap<u16, Credential> =
        loaded.iter().map(|draw| (draw.seq, credential(draw))).collect();
    let mut draft = IndexBuilder::with_capacity(records.len() as i64, &apps(1));
    records.values().for_each(|record| draft.put(record));
    for draw in loaded {
        digests_of(&credential(draw)).for_each(|digest| {
            draft.put_digest(digest, i64::from(draw.seq));
        });
    }
    let index = draft.finish(accounts(2));
    for batch in told {
        let batch: Vec<Credential> = batch.iter().map(credential).collect();
        index.put(&batch);
        records.extend(batch.into_iter().map(|record| (record.seq as u16, record)));
    }
    (index, records)
}

proptest! {
    #[test]
    fn the_index_decides_like_the_records(
        loaded in prop::collection::vec(credential_cases(), 0..12),
        batches in prop::collection::vec(prop::collection::vec(credential_cases(), 1..4), 0..6),
        strict in 0..3usize,
        now in 95..105i64,
        named in prop::option::of(0..2usize),
        region in prop::option::of(prop::sample::select(vec![Region::Eu1, Region::In1])),
        scopes in prop::option::weighted(0.3, prop::sample::select(SCOPES.to_vec())),
        app in prop::option::weighted(0.3, 0..APP_COUNT),
        district in prop::option::weighted(0.3, 0..APP_COUNT),
        more in 1..3u32,
    ) {
        let (index, records) = build(&loaded, &batches);
        index.put_accounts(accounts(strict));
        index.put_apps(&apps(more));
        let now = Instant::from_unix(now);
        let account = named.map(|number| AccountId::parse(ACCOUNTS[number]).unwrap());
        let scopes = scopes.map(Box::from);
        let named = |number: u8| object_id(number).as_str().into();
        let (app, district) = (app.map(named), district.map(|number| named(100 + number)));
        let demand = Requirements { account, region, district, app, scopes };
        let ever: Vec<&CredentialCase> = loaded.iter().chain(batches.iter().flatten()).collect();
        for draw in &ever {
            let record = &records[&draw.seq];
            for digest in digests_of(&credential(draw)) {
                let found = index.find(digest, now, |hit, standing| {
                    let who = CallerIdentity::from_hit(hit, standing, now);
                    (evaluate(&demand, standing, now), format!("{standing:?}"), identity_text(&who))
                });
                let account = accounts(strict)[record.account.0 as usize - 1].clone();
                let app = record.subject.app();
                let app = apps(more).into_iter().find(|other| Some(other.id) == app);
                let known = KnownSecret { credential: record.clone(), account, app, digest: *digest };
                let standing = DecisionInput::from_known(&known, now);
                let who = identity_text(&CallerIdentity::from_known(&known, &standing, now));
                let standing = format!("{standing:?}");
                let reason = decide(&demand, SecretLookup::Known(Box::new(known)), now).reason;
                prop_assert_eq!(found, Some((reason, standing, who)));
            }
            let never = digest(draw.seq, 9);
            prop_assert!(index.find(&never, now, |_, _| ()).is_none());
        }
        let mut count = 0;
        index.scan(|entry| count += usize::from(entry.account().0 > 0));
        prop_assert_eq!(count, records.len());
    }
}

/// A legacy key and a token of this app, and what judges say of them.
fn decisions_for_app(app: &App, told: &App) -> [(Reason, Reason); 2] {
    let district = ObjectId::from_bytes([7; 12]);
    let owners = [Subject::App(app.id), Subject::AppDistrict(AppDistrict::new(app.id, district))];
    let mut draft = IndexBuilder::with_capacity(2, std::slice::from_ref(app));
    let records = [1, 2].map(|seq| {
        let draw = CredentialCase { seq, retiring: None, ..default_case() };
        Credential { subject: owners[usize::from(seq) - 1].clone(), ..credential(&draw) }
    });
    records.iter().for_each(|record| draft.put(record));
    let index = draft.finish(accounts(2));
    index.put_apps(std::slice::from_ref(told));
    records.map(|record| {
        let (digest, now, demand) =
            (record.secrets.current.unwrap(), Instant::from_unix(100), Requirements::default());
        let by_index = index.find(&digest, now, |_, standing| evaluate(&demand, standing, now));
        let (account, app) = (accounts(2)[0].clone(), Some(told.clone()));
        let known = KnownSecret { credential: record, account, app, digest };
        (by_index.unwrap(), decide(&demand, SecretLookup::Known(Box::new(known)), now).reason)
    })
}

/// Even if nobody had revoked it.
#[test]
fn credentials_of_a_removed_app_are_revoked() {
    let at = Instant::from_unix(90);
    let app = App {
        seq: 1,
        id: ObjectId::from_bytes([5; 12]),
        client_id: ClientId::parse(&"ab".repeat(10)).unwrap(),
        account: AccountKey(1),
        name: Name::parse("Reader").unwrap(),
        secrets: credential(&default_case()).secrets,
        limit: RateLimit::TOKEN_DEFAULT,
        webhook: None,
        created_at: at,
        created_by: "ann@desk".to_owned(),
        removed: None,
        audit_seq: 1,
    };
    assert_eq!(decisions_for_app(&app, &app), [(Reason::Allowed, Reason::Allowed); 2]);
    let removed = App { removed: Some(Deletion { at, by: "ann@desk".to_owned() }), ..app.clone() };
    assert_eq!(decisions_for_app(&app, &removed), [(Reason::Revoked, Reason::Revoked); 2]);
}

fn default_case() -> CredentialCase {
    CredentialCase {
        seq: 1,
        account: 0,
        kind: CredentialKind::Account,
        token_terms: (0, 0, 0, None),
        end: None,
        current: Some(1),
        retiring: Some((4, 200, true)),
        is_revoked: false,
        is_deleted: false,
    }
}

/// Each copy of a chunk knows whether the end was asked for, but a new reset begins anew.
#[test]
fn an_overlap_end_is_requested_once() {
    let (index, _) = build(&[default_case()], &[]);
    let asks = || {
        let digest = digest(1, 1);
        index.find(&digest, Instant::from_unix(100), |hit, _| hit.entry.request_overlap_end())
    };
    assert_eq!((asks(), asks()), (Some(true), Some(false)));
    index.put(&[credential(&CredentialCase { seq: 2, ..default_case() })]);
    assert_eq!(asks(), Some(false), "a neighbour changed");
    index.put(&[credential(&CredentialCase { retiring: Some((5, 300, true)), ..default_case() })]);
    assert_eq!((asks(), asks()), (Some(true), Some(false)));
    index.put(&[credential(&CredentialCase { retiring: Some((5, 300, false)), ..default_case() })]);
    assert_eq!(asks(), Some(false), "its use ends nothing");
}

/// Whose account is not known, because it is newer than the accounts, is nobody yet.
#[test]
fn credentials_of_unknown_accounts_are_not_found() {
    let (index, _) = build(&[default_case()], &[]);
    index.put_accounts(Vec::new());
    assert!(index.find(&digest(1, 1), Instant::from_unix(100), |_, _| ()).is_none());
}

#[test]
fn replaced_texts_are_freed() {
    let (index, _) = build(&[default_case()], &[]);
    let room = || index.text_length.load(Ordering::Relaxed);
    let before = room();
    (0..100).for_each(|_| index.put(&[credential(&default_case())]));
    assert!(room() <= 2 * before, "{before}, then {}", room());
}

/// An app that is added or changed after the index was loaded counts for its tokens, old and new.
#[test]
fn apps_changed_after_loading_are_used() {
    let token = CredentialCase {
        kind: CredentialKind::Token,
        token_terms: (2, 0, 0, None),
        ..default_case()
    };
    let draft = IndexBuilder::with_capacity(0, &apps(1)[..1]);
    let index = draft.finish(accounts(2));
    let tell = || {
        index.find(&digest(1, 1), Instant::from_unix(95), |hit, standing| {
            let app = hit.app.map(|app| (app.id, app.limit.per_minute()));
            (app, standing.app, standing.scopes.to_owned())
        })
    };
    index.put_apps(&apps(1));
    index.put(&[credential(&token)]);
    let scopes = || SCOPES[0].to_owned();
    assert_eq!(tell(), Some((Some((object_id(2), 3)), Some(object_id(2)), scopes())));
    index.put_apps(&apps(5));
    assert_eq!(tell(), Some((Some((object_id(2), 7)), Some(object_id(2)), scopes())));
}

/// A token whose app nobody knows is good for nothing.
#[test]
fn tokens_of_unknown_apps_are_revoked() {
    let token = CredentialCase {
        kind: CredentialKind::Token,
        token_terms: (2, 0, 0, None),
        ..default_case()
    };
    let index = IndexBuilder::with_capacity(0, &apps(1)[..1]).finish(accounts(2));
    index.put(&[credential(&token)]);
    let now = Instant::from_unix(95);
    let judged = index
        .find(&digest(1, 1), now, |_, standing| evaluate(&Requirements::default(), standing, now));
    assert_eq!(judged, Some(Reason::Revoked));
}

//! Generated credentials, accounts and apps, and indexes that are built from them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{builder::IndexBuilder, lookup::Index};
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
        id::{ClientId, CredentialId, ObjectId},
        name::{Email, Name},
    },
    instant::Instant,
    legacy::LegacyPolicy,
    seq::{AppSeq, AuditSeq, CredentialSeq},
};

pub const ACCOUNTS: [&str; 2] = ["948-4KK-444Z", "TEST-777-RWZ-555Z"];
pub const SCOPES: [&str; 3] = ["read:students", "read:schools read:students", "write:x2"];
/// The number of apps, and of districts.
pub const APP_COUNT: u8 = 3;

/// A state of a credential: its identity, its secrets by number, and whether it was revoked or deleted.
#[derive(Clone, Debug)]
pub struct CredentialCase {
    pub seq: u16,
    pub account: usize,
    pub kind: CredentialKind,
    /// The app, the district, the scopes and the limit of a token.
    pub token_terms: (u8, u8, usize, Option<u8>),
    pub end: Option<i64>,
    pub current: Option<u8>,
    pub retiring: Option<(u8, i64, bool)>,
    pub undelivered: Option<u8>,
    pub is_revoked: bool,
    pub is_deleted: bool,
}

/// Instants lie around those where decisions change. Numbers lie in three segments, and some of them are likely.
pub fn credential_cases() -> impl Strategy<Value = CredentialCase> {
    let instant = || 95..105i64;
    let terms = (0..APP_COUNT, 0..APP_COUNT, 0..SCOPES.len(), prop::option::of(1..4u8));
    let kind = prop::sample::select(CredentialKind::ALL.to_vec());
    let who = (prop_oneof![1..5u16, 1..3_000u16], 0..2usize, kind, terms);
    let secrets = (
        prop::option::weighted(0.9, 0..4u8),
        prop::option::weighted(0.5, (4..8u8, instant(), any::<bool>())),
        prop::option::weighted(0.3, 8..12u8),
    );
    let fate = (
        prop::option::weighted(0.7, instant()),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    (who, secrets, fate).prop_map(|(who, secrets, fate)| {
        let (seq, account, kind, terms) = who;
        let ((current, retiring, undelivered), (end, is_revoked, is_deleted)) = (secrets, fate);
        CredentialCase {
            seq,
            account,
            kind,
            token_terms: terms,
            end,
            current,
            retiring,
            undelivered,
            is_revoked,
            is_deleted,
        }
    })
}

/// A digest as of a real secret: every part of it differs from that of another.
pub fn digest(seq: u16, number: u8) -> Digest {
    let [low, high] = seq.to_le_bytes();
    Digest(Sha256::digest([low, high, number]).into())
}

pub fn credential(case: &CredentialCase) -> Credential {
    let (at, by) = (Instant::from_unix(90), || "ann@office".to_owned());
    let (app, district, scopes, limit) = case.token_terms;
    let subject = match case.kind {
        CredentialKind::User => {
            Subject::User(Email::parse(&format!("u{}@x.org", case.seq)).unwrap())
        }
        CredentialKind::Account => {
            Subject::Partner(Name::parse(&format!("Partner {}", case.seq)).unwrap())
        }
        CredentialKind::Token => {
            Subject::AppDistrict(AppDistrict::new(object_id(app), object_id(100 + district)))
        }
        CredentialKind::Legacy => Subject::App(object_id(app)),
    };
    let is_token = case.kind == CredentialKind::Token;
    let mut bytes = [0; 12];
    bytes[..2].copy_from_slice(&case.seq.to_le_bytes());
    Credential {
        seq: CredentialSeq(i64::from(case.seq)),
        id: CredentialId { prefix: case.kind.id_prefix(), bytes },
        account: AccountKey(case.account as i64 + 1),
        subject,
        slot: None,
        note: None,
        previous: None,
        created_at: at,
        created_by: by(),
        lifetime: Lifetime::Forever,
        expiry: Expiry::from_option(case.end.map(Instant::from_unix)),
        expiry_set_at: at,
        secrets: Secrets {
            generation: 8,
            current: case.current.map(|number| digest(case.seq, number)),
            created_at: at,
            delivered_at: None,
            retiring: case.retiring.map(|(number, until, until_used)| Retiring {
                digest: digest(case.seq, number),
                until: Instant::from_unix(until),
                until_used,
                replacement_used: false,
            }),
            undelivered: case
                .undelivered
                .map(|number| Undelivered { digest: digest(case.seq, number), created_at: at }),
            discarded: 0,
        },
        introspect: false,
        scopes: if is_token { Scopes::parse(SCOPES[scopes]).unwrap() } else { Scopes::NONE },
        limit: limit.and_then(|limit| RateLimit::new(limit.into())).filter(|_| is_token),
        revoked: case.is_revoked.then(|| Revocation { at, by: by(), reason: None }),
        deleted: case.is_deleted.then(|| Deletion { at, by: by() }),
        audit_seq: AuditSeq(1),
    }
}

pub fn object_id(number: u8) -> ObjectId {
    ObjectId::from_bytes([number; 12])
}

/// All apps; the rate limit of each is its number and `more`.
pub fn apps(more: u32) -> Vec<App> {
    let app = |number: u8| App {
        seq: AppSeq(i64::from(number) + 1),
        id: object_id(number),
        client_id: ClientId::parse(&format!("{number:020x}")).unwrap(),
        account: AccountKey(1),
        name: Name::parse(&format!("App {number}")).unwrap(),
        secrets: credential(&default_case()).secrets,
        limit: RateLimit::new(u32::from(number) + more).unwrap(),
        webhook: None,
        created_at: Instant::from_unix(1),
        created_by: "ann@office".to_owned(),
        removed: None,
        audit_seq: AuditSeq(1),
    };
    (0..APP_COUNT).map(app).collect()
}

/// A policy for legacy keys with some instants in each of its stages.
pub fn policy() -> LegacyPolicy {
    let [announced_at, limited_at, sunset_at] = [97, 99, 102].map(Instant::from_unix);
    let link = Some("https://example.org".to_owned());
    LegacyPolicy { announced_at, limited_at, limit: RateLimit::new(60).unwrap(), sunset_at, link }
}

pub fn accounts(strict: usize) -> Vec<Account> {
    let account = |(number, id): (usize, &&str)| Account {
        key: AccountKey(number as i64 + 1),
        id: AccountId::parse(id).unwrap(),
        name: Name::parse("main").unwrap(),
        region: if number == 0 { Region::Eu1 } else { Region::In1 },
        require_user_passcode: number == strict,
        legacy: (number == 0).then(policy),
        created_at: Instant::from_unix(1),
        removed: None,
        audit_seq: AuditSeq(1),
    };
    ACCOUNTS.iter().enumerate().map(account).collect()
}

/// An index that was loaded with some states and then updated with others, and the records as they are now.
pub fn build(
    loaded: &[CredentialCase],
    updates: &[Vec<CredentialCase>],
) -> (Index, BTreeMap<u16, Credential>) {
    let mut records: BTreeMap<u16, Credential> =
        loaded.iter().map(|case| (case.seq, credential(case))).collect();
    let mut builder = IndexBuilder::with_capacity(CredentialSeq(records.len() as i64), &apps(1));
    records.values().for_each(|record| builder.put(record));
    for case in loaded {
        credential(case).secrets.digests().for_each(|digest| {
            builder.put_digest(digest, CredentialSeq(i64::from(case.seq)));
        });
    }
    let index = builder.finish(accounts(2));
    for batch in updates {
        let batch: Vec<Credential> = batch.iter().map(credential).collect();
        index.put(&batch);
        records.extend(batch.into_iter().map(|record| (record.seq.0 as u16, record)));
    }
    (index, records)
}

pub fn default_case() -> CredentialCase {
    CredentialCase {
        seq: 1,
        account: 0,
        kind: CredentialKind::Account,
        token_terms: (0, 0, 0, None),
        end: None,
        current: Some(1),
        retiring: Some((4, 200, true)),
        undelivered: None,
        is_revoked: false,
        is_deleted: false,
    }
}

/// Returns the digests that a credential knows.
pub fn digests(case: &CredentialCase) -> Vec<Digest> {
    credential(case).secrets.digests().copied().collect()
}

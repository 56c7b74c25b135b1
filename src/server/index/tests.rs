//! The index against the records that it was built from.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{Draft, Index, digests_of, encode};
use crate::domain::{
    account::{Account, AccountId, AccountKey, Region},
    app::App,
    credential::{Credential, Deletion, Retiring, Revocation, Secrets},
    decision::{Demand, Found, Known, Reason, Standing, decide, judge},
    id::{Class, ClientId, CredentialId, ObjectId},
    instant::Instant,
    lifetime::{Expiry, Lifetime},
    limit::Limit,
    name::{Email, Name},
    owner::{Owner, Pair},
    scope::Scopes,
    secret::Digest,
};

const ACCOUNTS: [&str; 2] = ["948-4KK-444Z", "TEST-777-RWZ-555Z"];

/// A state of a credential: who it is, its secrets by number, and what has happened to it.
#[derive(Clone, Debug)]
struct Draw {
    seq: u16,
    account: usize,
    is_user: bool,
    end: Option<i64>,
    current: Option<u8>,
    retiring: Option<(u8, i64, bool)>,
    is_revoked: bool,
    is_deleted: bool,
}

/// Instants meet where answers change; numbers lie in three chunks, and some of them are drawn often.
fn draws() -> impl Strategy<Value = Draw> {
    let instant = || 95..105i64;
    let who = (prop_oneof![1..5u16, 1..3_000u16], 0..2usize, any::<bool>());
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
        let (seq, account, is_user) = who;
        Draw { seq, account, is_user, end, current, retiring, is_revoked, is_deleted }
    })
}

/// As those of real secrets: each part of one is unlike that of another.
fn digest(seq: u16, number: u8) -> Digest {
    let [low, high] = seq.to_le_bytes();
    Digest(Sha256::digest([low, high, number]).into())
}

fn credential(draw: &Draw) -> Credential {
    let (at, by) = (Instant::from_unix(90), || "ann@desk".to_owned());
    let owner = match draw.is_user {
        true => Owner::User(Email::parse(&format!("u{}@x.org", draw.seq)).unwrap()),
        false => Owner::Partner(Name::parse(&format!("Partner {}", draw.seq)).unwrap()),
    };
    let mut bytes = [0; 12];
    bytes[..2].copy_from_slice(&draw.seq.to_le_bytes());
    Credential {
        seq: i64::from(draw.seq),
        id: CredentialId { class: Class::Passcode, bytes },
        account: AccountKey(draw.account as i64 + 1),
        owner,
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
            made_at: at,
            delivered_at: None,
            retiring: draw.retiring.map(|(number, until, until_used)| Retiring {
                digest: digest(draw.seq, number),
                until: Instant::from_unix(until),
                until_used,
            }),
        },
        introspect: false,
        scopes: Scopes::NONE,
        limit: None,
        revoked: draw.is_revoked.then(|| Revocation { at, by: by(), reason: None }),
        deleted: draw.is_deleted.then(|| Deletion { at, by: by() }),
        audit_seq: 1,
    }
}

fn accounts(strict: usize) -> Vec<Account> {
    let account = |(number, id): (usize, &&str)| Account {
        key: AccountKey(number as i64 + 1),
        id: AccountId::parse(id).unwrap(),
        name: Name::parse("main").unwrap(),
        region: if number == 0 { Region::Eu1 } else { Region::In1 },
        require_user_passcode: number == strict,
        legacy: None,
        created_at: Instant::from_unix(1),
        audit_seq: 1,
    };
    ACCOUNTS.iter().enumerate().map(account).collect()
}

/// An index that was loaded with some states and then told of others, and the records as they are now.
fn build(loaded: &[Draw], told: &[Vec<Draw>]) -> (Index, BTreeMap<u16, Credential>) {
    let mut records: BTreeMap<u16, Credential> =
        loaded.iter().map(|draw| (draw.seq, credential(draw))).collect();
    let mut draft = Draft::with_room(records.len() as i64, &[]);
    records.values().for_each(|record| draft.put(record));
    for draw in loaded {
        digests_of(&credential(draw)).for_each(|digest| {
            draft.put_secret(digest, i64::from(draw.seq));
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
    fn it_judges_as_the_records_do(
        loaded in prop::collection::vec(draws(), 0..12),
        told in prop::collection::vec(prop::collection::vec(draws(), 1..4), 0..6),
        strict in 0..3usize,
        now in 95..105i64,
        named in prop::option::of(0..2usize),
        region in prop::option::of(prop::sample::select(vec![Region::Eu1, Region::In1])),
        is_scoped in prop::bool::weighted(0.1),
    ) {
        let (index, records) = build(&loaded, &told);
        index.put_accounts(accounts(strict));
        let now = Instant::from_unix(now);
        let account = named.map(|number| AccountId::parse(ACCOUNTS[number]).unwrap());
        let scopes = is_scoped.then(|| "read:students".into());
        let demand = Demand { account, region, scopes, ..Demand::default() };
        let ever: Vec<&Draw> = loaded.iter().chain(told.iter().flatten()).collect();
        for draw in &ever {
            let record = &records[&draw.seq];
            for digest in digests_of(&credential(draw)) {
                let found = index.find(digest, now, |hit, standing| {
                    let owner = hit.entry.owner().map(<[u8]>::to_vec);
                    let told = (hit.seq, hit.entry.id(), owner, hit.entry.overlap_span());
                    (judge(&demand, standing, now), format!("{standing:?}"), told)
                });
                let account = accounts(strict)[record.account.0 as usize - 1].clone();
                let known = Known { credential: record.clone(), account, app: None, digest: *digest };
                let standing = format!("{:?}", Standing::of(&known, now));
                let reason = decide(&demand, Found::Known(Box::new(known)), now).reason;
                let owner = Some(encode(record.owner.as_str()).into_bytes());
                let retiring = record.secrets.retiring;
                let span = retiring.map(|retiring| (record.secrets.made_at, retiring.until));
                let told = (u32::from(draw.seq), record.id, owner, span);
                prop_assert_eq!(found, Some((reason, standing, told)));
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
fn judged_of_app(app: &App, told: &App) -> [(Reason, Reason); 2] {
    let district = ObjectId::from_bytes([7; 12]);
    let owners = [Owner::App(app.id), Owner::Pair(Pair::new(app.id, district))];
    let mut draft = Draft::with_room(2, std::slice::from_ref(app));
    let records = [1, 2].map(|seq| {
        let draw = Draw { seq, retiring: None, ..draw() };
        Credential { owner: owners[usize::from(seq) - 1].clone(), ..credential(&draw) }
    });
    records.iter().for_each(|record| draft.put(record));
    let index = draft.finish(accounts(2));
    index.put_apps(std::slice::from_ref(told));
    records.map(|record| {
        let (digest, now, demand) =
            (record.secrets.current.unwrap(), Instant::from_unix(100), Demand::default());
        let by_index = index.find(&digest, now, |_, standing| judge(&demand, standing, now));
        let (account, app) = (accounts(2)[0].clone(), Some(told.clone()));
        let known = Known { credential: record, account, app, digest };
        (by_index.unwrap(), decide(&demand, Found::Known(Box::new(known)), now).reason)
    })
}

/// Even if nobody had revoked it.
#[test]
fn what_is_good_for_an_app_ends_with_it() {
    let at = Instant::from_unix(90);
    let app = App {
        seq: 1,
        id: ObjectId::from_bytes([5; 12]),
        client_id: ClientId::parse(&"ab".repeat(10)).unwrap(),
        account: AccountKey(1),
        name: Name::parse("Reader").unwrap(),
        secrets: credential(&draw()).secrets,
        limit: Limit::TOKEN,
        webhook: None,
        created_at: at,
        created_by: "ann@desk".to_owned(),
        removed: None,
        audit_seq: 1,
    };
    assert_eq!(judged_of_app(&app, &app), [(Reason::Allowed, Reason::Allowed); 2]);
    let removed = App { removed: Some(Deletion { at, by: "ann@desk".to_owned() }), ..app.clone() };
    assert_eq!(judged_of_app(&app, &removed), [(Reason::Revoked, Reason::Revoked); 2]);
}

fn draw() -> Draw {
    Draw {
        seq: 1,
        account: 0,
        is_user: false,
        end: None,
        current: Some(1),
        retiring: Some((4, 200, true)),
        is_revoked: false,
        is_deleted: false,
    }
}

/// Each copy of a chunk knows whether the end was asked for, but a new reset begins anew.
#[test]
fn the_end_of_an_overlap_is_asked_for_once() {
    let (index, _) = build(&[draw()], &[]);
    let asks = || {
        let digest = digest(1, 1);
        index.find(&digest, Instant::from_unix(100), |hit, _| hit.entry.begins_to_end_overlap())
    };
    assert_eq!((asks(), asks()), (Some(true), Some(false)));
    index.put(&[credential(&Draw { seq: 2, ..draw() })]);
    assert_eq!(asks(), Some(false), "a neighbour changed");
    index.put(&[credential(&Draw { retiring: Some((5, 300, true)), ..draw() })]);
    assert_eq!((asks(), asks()), (Some(true), Some(false)));
    index.put(&[credential(&Draw { retiring: Some((5, 300, false)), ..draw() })]);
    assert_eq!(asks(), Some(false), "its use ends nothing");
}

/// Whose account is not known, because it is newer than the accounts, is nobody yet.
#[test]
fn an_account_comes_before_its_credentials() {
    let (index, _) = build(&[draw()], &[]);
    index.put_accounts(Vec::new());
    assert!(index.find(&digest(1, 1), Instant::from_unix(100), |_, _| ()).is_none());
}

#[test]
fn texts_that_nobody_needs_are_given_back() {
    let (index, _) = build(&[draw()], &[]);
    let room = || index.text_length.load(Ordering::Relaxed);
    let before = room();
    (0..100).for_each(|_| index.put(&[credential(&draw())]));
    assert!(room() <= 2 * before, "{before}, then {}", room());
}

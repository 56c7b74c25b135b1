//! Values at the ends of their range come back as they went in.

use gatepass::{
    domain::{
        actor::Actor,
        audit::{Action, AuditRecord},
        credential::{
            Credential, Secrets,
            lifetime::{Expiry, Lifetime},
            secret::Digest,
        },
        directory::{
            account::{Account, AccountKey},
            id::{CredentialId, IdPrefix},
            name::{MAX_NAME_LENGTH, MAX_NOTE_LENGTH, Note},
        },
        instant::Instant,
    },
    store::{
        Access,
        port::record::{AuditEntry, Counter, Head, WithMac},
    },
};

use crate::{
    conformance::{BackendSource, authenticated, begin_raw, with_accounts},
    support::records::{account, account_passcode, now, usage_record},
};

pub fn integers_keep_all_their_bits(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let head = authenticated(Head {
        created_at: Instant::EPOCH,
        accounts: i64::MAX,
        credentials: i64::MIN,
        apps: i64::MAX,
        districts: i64::MIN,
        messages: i64::MAX,
        audit_seq: i64::MAX,
        audit_at: Instant::MAX,
        audit_link: [0xff; 32],
        escrowed_at: Some(Instant::EPOCH),
    });
    transaction.insert_head(&[0; 16], &head).unwrap();
    assert_eq!(transaction.find_head().unwrap(), Some((vec![0; 16], head)));

    for (key, id) in [(i64::MIN, "AAA-AAA-AAAA"), (i64::MAX, "ZZZ-ZZZ-ZZZZ")] {
        let account =
            authenticated(Account { key: AccountKey(key), audit_seq: key, ..account(id) });
        assert!(transaction.insert_account(&account).unwrap());
        assert!(transaction.list_accounts().unwrap().contains(&account));
        let secrets = Secrets {
            generation: u32::MAX,
            current: Some(Digest([0xff; 32])),
            created_at: Instant::MAX,
            delivered_at: Some(Instant::EPOCH),
            retiring: None,
        };
        let credential = authenticated(Credential {
            seq: key,
            id: CredentialId { prefix: IdPrefix::Passcode, bytes: [key as u8; 12] },
            account: AccountKey(key),
            slot: Some(100),
            created_at: Instant::EPOCH,
            lifetime: Lifetime::Until(Instant::MAX),
            expiry: Expiry::At(Instant::MAX),
            secrets,
            audit_seq: key,
            ..account_passcode(1, "Partner")
        });
        assert!(transaction.insert_credential(&credential).unwrap());
        assert_eq!(transaction.find_credential(key).unwrap(), Some(credential));

        let last_use = authenticated(usage_record(key, Instant::MAX, "", i64::MAX.cast_unsigned()));
        transaction.put_last_use(&last_use).unwrap();
        assert_eq!(transaction.find_last_use(key).unwrap(), Some(last_use));

        let tally = authenticated(Counter { account: AccountKey(key), key, count: i64::MAX });
        transaction.put_counter(&tally).unwrap();
        assert_eq!(transaction.find_counter(AccountKey(key), key).unwrap(), Some(tally));
    }
    let numbers: Vec<_> =
        transaction.list_accounts().unwrap().iter().map(|row| row.record.key.0).collect();
    assert_eq!(numbers, [i64::MIN, 1, 2, i64::MAX]);
    assert_eq!(transaction.list_expiring_before(i64::MAX).unwrap().len(), 2);

    let nobody = Actor { uid: u32::MAX, login_uid: Some(u32::MAX), ..actor_named("") };
    let entry = audit_entry(i64::MAX, nobody, None);
    assert!(transaction.insert_audit(&entry).unwrap());
    let mut found = Vec::new();
    transaction
        .scan_audit(i64::MAX, &mut |row| {
            found.push(row);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(found, [entry]);
}

pub fn long_texts_round_trip(place: &dyn BackendSource) {
    let longest = "𝄞".repeat(MAX_NAME_LENGTH);
    let mut credential = account_passcode(1, &longest);
    credential.note = Some(Note::parse(&"é".repeat(MAX_NOTE_LENGTH)).unwrap());
    let million = "x".repeat(1_000_000);
    assert_round_trip(place, credential, &million);
}

pub fn texts_round_trip_code_point_by_code_point(place: &dyn BackendSource) {
    // Neither normalised nor trimmed nor folded: what may be written is decided long before.
    let odd = " e\u{301}\u{e9} \u{feff}\u{200d}\u{202e}\u{fffd}\u{1}\u{7f}\u{10ffff}\r\n\t'\"\\%_\u{212b} ";
    let credential =
        Credential { created_by: odd.to_owned(), ..account_passcode(1, "=\"Ω\"%_'\\") };
    assert_round_trip(place, credential, odd);
}

fn assert_round_trip(place: &dyn BackendSource, credential: Credential, text: &str) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let (credential, entry) =
        (authenticated(credential), audit_entry(1, actor_named(text), Some(text.to_owned())));
    assert!(transaction.insert_credential(&credential).unwrap());
    assert!(transaction.insert_audit(&entry).unwrap());
    let last_use = authenticated(usage_record(1, now(), text, 1));
    transaction.put_last_use(&last_use).unwrap();
    transaction.commit().unwrap();

    let transaction = begin_raw(&*backend, Access::Read);
    assert_eq!(transaction.find_credential(1).unwrap(), Some(credential));
    assert_eq!(transaction.find_last_use(1).unwrap(), Some(last_use));
    let mut is_same = false;
    transaction
        .scan_audit(1, &mut |row| {
            is_same = row == entry;
            std::ops::ControlFlow::Break(())
        })
        .unwrap();
    assert!(is_same, "the audit record is another one");
}

fn actor_named(text: &str) -> Actor {
    Actor {
        uid: 0,
        login_uid: None,
        user: text.to_owned(),
        sudo_user: Some(text.to_owned()),
        host: text.to_owned(),
    }
}

fn audit_entry(seq: i64, actor: Actor, text: Option<String>) -> WithMac<AuditEntry> {
    let record = AuditRecord {
        seq,
        at: now(),
        version: actor.user.clone(),
        action: Action::ClockAccept,
        subject: actor.user.clone(),
        actor,
        name: text.clone(),
        before: text.clone(),
        after: text,
    };
    authenticated(AuditEntry { record, link: [0xff; 32] })
}

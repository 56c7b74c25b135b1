//! Values at the ends of their ranges are stored unchanged.

use std::slice::from_ref;

use gatepass::{
    domain::{
        actor::{Actor, Principal, Process},
        audit::{Action, AuditRecord},
        credential::{
            Credential, Secrets, Undelivered,
            lifetime::{Expiry, Lifetime},
            secret::Digest,
        },
        directory::{
            account::{Account, AccountKey},
            id::{CredentialId, IdPrefix},
            name::{MAX_NAME_LENGTH, MAX_NOTE_LENGTH, Note},
        },
        instant::Instant,
        seq::{AuditSeq, CredentialSeq, MessageSeq},
    },
    store::{
        Access,
        port::record::{AuditEntry, Counter, Head, MASKED_SUMS, MaskedSums, WithMac},
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            authenticated, begin_raw, collect_rows, found_rows, read_head, with_accounts,
        },
    },
    support::records::{account, account_passcode, now, usage_record},
};

pub fn integers_keep_all_their_bits(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let head = authenticated(Head {
        created_at: Instant::EPOCH,
        accounts: i64::MAX,
        credentials: CredentialSeq(i64::MIN),
        apps: i64::MAX,
        districts: i64::MIN,
        messages: MessageSeq(i64::MAX),
        audit_seq: AuditSeq(i64::MAX),
        audit_at: Instant::MAX,
        audit_link: [0xff; 32],
        escrowed_at: Some(Instant::EPOCH),
        sums: Some(MaskedSums { nonce: [0xff; 16], masked: [[0; 16]; MASKED_SUMS] }),
    });
    tx.insert_head(&[0; 16], &head).unwrap();
    tx.commit(None).unwrap();
    assert_eq!(read_head(&*backend), Some((vec![0; 16], head)));

    let mut tx = begin_raw(&*backend, Access::Write);
    for (key, id) in [(i64::MIN, "AAA-AAA-AAAA"), (i64::MAX, "ZZZ-ZZZ-ZZZZ")] {
        let seq = CredentialSeq(key);
        let account = authenticated(Account {
            key: AccountKey(key),
            audit_seq: AuditSeq(key),
            ..account(id)
        });
        assert_eq!(tx.insert_accounts(from_ref(&account)).unwrap(), 1);
        assert!(tx.list_accounts().unwrap().contains(&account));
        let secrets = Secrets {
            generation: u32::MAX,
            current: Some(Digest([0xff; 32])),
            created_at: Instant::MAX,
            delivered_at: Some(Instant::EPOCH),
            retiring: None,
            undelivered: Some(Undelivered { digest: Digest([0; 32]), created_at: Instant::MAX }),
            discarded: u32::MAX,
        };
        let credential = authenticated(Credential {
            seq,
            id: CredentialId { prefix: IdPrefix::Passcode, bytes: [key as u8; 12] },
            account: AccountKey(key),
            slot: Some(100),
            created_at: Instant::EPOCH,
            lifetime: Lifetime::Until(Instant::MAX),
            expiry: Expiry::At(Instant::MAX),
            secrets,
            audit_seq: AuditSeq(key),
            ..account_passcode(1, "Partner")
        });
        assert_eq!(tx.insert_credentials(from_ref(&credential)).unwrap(), 1);
        assert_eq!(found_rows(tx.find_credentials(&[seq])), [credential]);

        let last_use = authenticated(usage_record(seq, Instant::MAX, "", i64::MAX.cast_unsigned()));
        tx.put_last_uses(from_ref(&last_use)).unwrap();
        assert_eq!(tx.find_last_uses(&[seq]).unwrap(), [last_use]);

        let counter = authenticated(Counter { account: AccountKey(key), key, count: i64::MAX });
        tx.put_counters(from_ref(&counter)).unwrap();
        assert_eq!(tx.find_counters(&[(AccountKey(key), key)]).unwrap(), [counter]);
    }
    let numbers: Vec<_> = tx.list_accounts().unwrap().iter().map(|row| row.record.key.0).collect();
    assert_eq!(numbers, [i64::MIN, 1, 2, i64::MAX]);
    assert_eq!(tx.list_expiring_by(Instant::MAX).unwrap().len(), 2);

    let nobody = Process { uid: u32::MAX, login_uid: Some(u32::MAX), ..process_named("") };
    let entry = audit_entry(i64::MAX, nobody, None);
    assert_eq!(tx.insert_audit(from_ref(&entry)).unwrap(), 1);
    let found = collect_rows(|each| tx.scan_audit(AuditSeq(i64::MAX), each));
    assert_eq!(found, [entry]);
}

pub fn long_texts_round_trip(source: &dyn BackendSource) {
    let longest = "𝄞".repeat(MAX_NAME_LENGTH);
    let mut credential = account_passcode(1, &longest);
    credential.note = Some(Note::parse(&"é".repeat(MAX_NOTE_LENGTH)).unwrap());
    let million = "x".repeat(1_000_000);
    assert_round_trip(source, credential, &million);
}

pub fn texts_round_trip_code_point_by_code_point(source: &dyn BackendSource) {
    // A backend neither normalizes nor trims nor folds text.
    let odd = " e\u{301}\u{e9} \u{feff}\u{200d}\u{202e}\u{fffd}\u{1}\u{7f}\u{10ffff}\r\n\t'\"\\%_\u{212b} ";
    let credential =
        Credential { created_by: odd.to_owned(), ..account_passcode(1, "=\"Ω\"%_'\\") };
    assert_round_trip(source, credential, odd);
}

fn assert_round_trip(source: &dyn BackendSource, credential: Credential, text: &str) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let (credential, entry) =
        (authenticated(credential), audit_entry(1, process_named(text), Some(text.to_owned())));
    assert_eq!(tx.insert_credentials(from_ref(&credential)).unwrap(), 1);
    assert_eq!(tx.insert_audit(from_ref(&entry)).unwrap(), 1);
    let last_use = authenticated(usage_record(CredentialSeq(1), now(), text, 1));
    tx.put_last_uses(from_ref(&last_use)).unwrap();
    tx.commit(None).unwrap();

    let mut tx = begin_raw(&*backend, Access::Read);
    assert_eq!(found_rows(tx.find_credentials(&[CredentialSeq(1)])), [credential]);
    assert_eq!(tx.find_last_uses(&[CredentialSeq(1)]).unwrap(), [last_use]);
    assert!(
        collect_rows(|each| tx.scan_audit(AuditSeq(1), each)) == [entry],
        "the audit record differs"
    );
}

fn process_named(text: &str) -> Process {
    Process {
        uid: 0,
        login_uid: None,
        user: text.to_owned(),
        sudo_user: Some(text.to_owned()),
        host: text.to_owned(),
    }
}

pub fn audit_entry(seq: i64, process: Process, text: Option<String>) -> WithMac<AuditEntry> {
    let principal = Principal::System { name: process.user.clone() };
    let record = AuditRecord {
        seq: AuditSeq(seq),
        at: now(),
        version: process.user.clone(),
        action: Action::ClockAccept,
        subject: process.user.clone(),
        actor: Actor { process, principal },
        name: text.clone(),
        before: text.clone(),
        after: text,
    };
    authenticated(AuditEntry { record, link: [0xff; 32] })
}

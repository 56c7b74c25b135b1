//! Writing: conflicts are answers, and what is written is what was meant.

use gatepass::{
    domain::{
        audit::{Action, AuditRecord},
        credential::{
            Credential, Retiring, Revocation, RevocationReason,
            lifetime::{Expiry, Lifetime},
            secret::Digest,
        },
        directory::{
            account::{Account, AccountKey, Region},
            id::{CredentialId, IdPrefix},
            name::{Name, Note},
        },
        instant::{DAY, Instant},
    },
    store::{
        Access,
        port::{
            backend::BackendTransaction,
            record::{AuditEntry, Counter, Head, SecretEntry},
        },
    },
};

use crate::{
    conformance::{BackendSource, authenticated, begin_raw, with_accounts},
    support::records::{
        account, account_passcode, actor, deleted, digest, id, legacy_policy, never_expiring, now,
        revoked, user_passcode,
    },
};

pub fn inserting_a_taken_number_id_or_slot_returns_false(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let first = authenticated(account_passcode(1, "Partner"));
    assert!(transaction.insert_credential(&first).unwrap());

    let same_number = Credential { seq: 1, ..account_passcode(2, "Same number") };
    let same_id = Credential { id: id(1), ..account_passcode(2, "Same id") };
    let same_place = Credential { slot: Some(1), ..account_passcode(2, "Same place") };
    for second in [same_number, same_id, same_place] {
        let name = second.subject.as_str().to_owned();
        assert!(!transaction.insert_credential(&authenticated(second)).unwrap(), "{name}");
    }
    assert_eq!(
        transaction.find_credential(1).unwrap(),
        Some(first),
        "the first one stays as it was"
    );
    assert_eq!(transaction.find_credential(2).unwrap(), None);

    let elsewhere =
        Credential { account: AccountKey(2), slot: Some(1), ..account_passcode(2, "Elsewhere") };
    assert!(
        transaction.insert_credential(&authenticated(elsewhere)).unwrap(),
        "a place of its own"
    );
}

pub fn an_account_is_inserted_once(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let same_number = Account { key: AccountKey(1), ..account("AAA-AAA-AAAA") };
    let same_id = Account { key: AccountKey(3), ..account("948-4KK-444Z") };
    assert!(!transaction.insert_account(&authenticated(same_number)).unwrap());
    assert!(!transaction.insert_account(&authenticated(same_id)).unwrap());
    assert_eq!(account_keys(&*transaction), [1, 2]);

    let third = Account { key: AccountKey(3), ..account("AAA-AAA-AAAA") };
    assert!(transaction.insert_account(&authenticated(third)).unwrap());
    assert_eq!(account_keys(&*transaction), [1, 2, 3]);
}

fn account_keys(transaction: &dyn BackendTransaction) -> Vec<i64> {
    transaction.list_accounts().unwrap().iter().map(|row| row.record.key.0).collect()
}

pub fn a_digest_belongs_to_one_credential(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in [1, 2] {
        transaction.insert_credential(&authenticated(account_passcode(number, "Partner"))).unwrap();
    }
    let first = authenticated(SecretEntry { digest: digest(1), credential: 1 });
    assert!(transaction.insert_secret(&first).unwrap());
    let second = authenticated(SecretEntry { digest: digest(1), credential: 2 });
    assert!(!transaction.insert_secret(&second).unwrap());
    assert_eq!(transaction.find_secret(&digest(1)).unwrap(), Some(first));
    assert_eq!(transaction.find_secret(&digest(2)).unwrap(), None);
}

pub fn an_audit_record_is_inserted_once(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let entry = |subject: &str| {
        let record = AuditRecord {
            seq: 1,
            at: now(),
            actor: actor(),
            version: "0.1.0".to_owned(),
            action: Action::Create,
            subject: subject.to_owned(),
            name: None,
            before: None,
            after: None,
        };
        authenticated(AuditEntry { record, link: [1; 32] })
    };
    assert!(transaction.insert_audit(&entry("first")).unwrap());
    assert!(!transaction.insert_audit(&entry("second")).unwrap());
    let mut found = Vec::new();
    transaction
        .scan_audit(1, &mut |row| {
            found.push(row);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(found, [entry("first")]);
}

pub fn a_transaction_continues_after_a_conflict(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    assert!(transaction.insert_credential(&authenticated(account_passcode(1, "First"))).unwrap());
    assert!(!transaction.insert_credential(&authenticated(account_passcode(1, "Again"))).unwrap());
    assert!(transaction.insert_credential(&authenticated(account_passcode(2, "Second"))).unwrap());
    transaction.commit().unwrap();

    let transaction = begin_raw(&*backend, Access::Read);
    assert!(transaction.find_credential(1).unwrap().is_some());
    assert!(transaction.find_credential(2).unwrap().is_some());
}

pub fn an_update_replaces_every_field(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in [1, 2] {
        transaction.insert_credential(&authenticated(account_passcode(number, "Partner"))).unwrap();
    }
    for after in [everything_set(), nothing_set(), everything_set()].map(authenticated) {
        assert!(transaction.update_credential(&after).unwrap());
        assert_eq!(transaction.find_credential(2).unwrap().as_ref(), Some(&after));
    }
    assert_eq!(
        transaction.find_credential(1).unwrap(),
        Some(authenticated(account_passcode(1, "Partner")))
    );

    let after = authenticated(Account {
        key: AccountKey(2),
        id: account("AAA-AAA-AAAA").id,
        name: Name::parse("Another name").unwrap(),
        region: Region::Mec1,
        require_user_passcode: true,
        legacy: Some(legacy_policy()),
        created_at: Instant::EPOCH,
        audit_seq: 9,
    });
    assert!(transaction.update_account(&after).unwrap());
    assert_eq!(transaction.list_accounts().unwrap()[1], after);

    let mut head = Head {
        created_at: now(),
        accounts: 1,
        credentials: 2,
        apps: 3,
        districts: 4,
        messages: 5,
        audit_seq: 3,
        audit_at: now(),
        audit_link: [4; 32],
        escrowed_at: None,
    };
    transaction.insert_head(&[5; 16], &authenticated(head.clone())).unwrap();
    head = Head { escrowed_at: Some(now()), audit_seq: 6, audit_link: [7; 32], ..head };
    assert!(transaction.update_head(&authenticated(head.clone())).unwrap());
    assert_eq!(transaction.find_head().unwrap(), Some((vec![5; 16], authenticated(head))));
}

/// Every field that can be absent is there, and every one differs from the draft.
fn everything_set() -> Credential {
    let mut credential = revoked(account_passcode(2, "Renamed"));
    credential.id = CredentialId { prefix: IdPrefix::Passcode, bytes: [0xff; 12] };
    credential.account = AccountKey(2);
    credential.slot = Some(100);
    credential.note = Some(Note::parse("for the nightly import").unwrap());
    credential.previous = Some(1);
    credential.created_at = now().plus(1);
    credential.created_by = "bob@gate".to_owned();
    credential.lifetime = Lifetime::Until(now().plus(9 * DAY));
    credential.expiry = Expiry::At(now().plus(9 * DAY));
    credential.secrets.generation = 7;
    credential.secrets.current = Some(Digest([0xee; 32]));
    credential.secrets.created_at = now().plus(2);
    credential.secrets.delivered_at = Some(now().plus(3));
    let digest = Digest([0xdd; 32]);
    credential.secrets.retiring = Some(Retiring { digest, until: now(), until_used: true });
    credential.introspect = true;
    let reason = Some(RevocationReason::KeyCompromise);
    credential.revoked = credential.revoked.map(|revocation| Revocation { reason, ..revocation });
    credential.audit_seq = 8;
    credential
}

/// Every field that can be absent is absent.
fn nothing_set() -> Credential {
    let mut credential = never_expiring(deleted(account_passcode(2, "Nothing")));
    credential.secrets.current = None;
    credential
}

pub fn updating_a_missing_row_returns_false(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    assert!(
        !transaction
            .update_credential(&authenticated(user_passcode(1, "ann@example.com")))
            .unwrap()
    );
    let third = Account { key: AccountKey(3), ..account("AAA-AAA-AAAA") };
    assert!(!transaction.update_account(&authenticated(third)).unwrap());
    let head = Head {
        created_at: now(),
        accounts: 0,
        credentials: 0,
        apps: 0,
        districts: 0,
        messages: 0,
        audit_seq: 0,
        audit_at: now(),
        audit_link: [0; 32],
        escrowed_at: None,
    };
    assert!(!transaction.update_head(&authenticated(head)).unwrap());
    assert!(transaction.find_head().unwrap().is_none());
    assert!(transaction.find_credential(1).unwrap().is_none());
}

pub fn counters_are_set_and_listed_by_key(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let tally = |account, bucket, count| {
        authenticated(Counter { account: AccountKey(account), key: bucket, count })
    };
    for row in [(1, -2, 5), (1, -1, 4), (1, 20_000, 3), (2, 20_000, 2), (1, i64::MAX, 1)] {
        transaction.put_counter(&tally(row.0, row.1, row.2)).unwrap();
    }
    transaction.put_counter(&tally(1, 20_000, 0)).unwrap();

    assert_eq!(transaction.find_counter(AccountKey(1), 20_000).unwrap(), Some(tally(1, 20_000, 0)));
    assert_eq!(transaction.find_counter(AccountKey(2), -1).unwrap(), None);
    let listed = |buckets| {
        let rows = transaction.list_counters(buckets).unwrap();
        let mut rows: Vec<_> = rows
            .into_iter()
            .map(|row| (row.record.account.0, row.record.key, row.record.count))
            .collect();
        rows.sort_unstable();
        rows
    };
    assert_eq!(listed(-1..=20_000), [(1, -1, 4), (1, 20_000, 0), (2, 20_000, 2)]);
    assert_eq!(listed(0..=19_999), []);
    assert_eq!(listed(20_001..=i64::MAX), [(1, i64::MAX, 1)]);
    assert_eq!(listed(i64::MIN..=i64::MAX).len(), 5);
}

//! Inserts and updates of rows; a conflict is a result, not an error.

use std::slice::from_ref;

use gatepass::{
    domain::{
        audit::{Action, AuditRecord},
        credential::{
            Credential, Retiring, Revocation, RevocationReason, Undelivered,
            lifetime::{Expiry, Lifetime},
            secret::Digest,
        },
        directory::{
            account::{Account, AccountKey, Region},
            id::{CredentialId, IdPrefix},
            name::{Name, Note},
        },
        instant::{DAY, Instant},
        seq::{AuditSeq, CredentialSeq, MessageSeq},
    },
    store::{
        Access,
        port::{
            backend::BackendTransaction,
            record::{
                AuditEntry, Counter, FoundRow, Head, MASKED_SUMS, MaskedSums, SecretEntry,
                SecretRow,
            },
        },
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            assert_integrity_error, authenticated, begin_raw, collect_rows, found_rows,
            insert_passcodes, insert_row, read_head, with_accounts,
        },
    },
    support::records::{
        account, account_passcode, actor, deleted, deletion, digest, id, legacy_policy,
        never_expiring, now, revoked, user_passcode,
    },
};

pub fn inserting_a_taken_number_id_or_slot_inserts_nothing(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let first = authenticated(account_passcode(1, "Partner"));
    assert_eq!(tx.insert_credentials(from_ref(&first)).unwrap(), 1);

    let same_number = Credential { seq: CredentialSeq(1), ..account_passcode(2, "Same number") };
    let same_id = Credential { id: id(1), ..account_passcode(2, "Same id") };
    let same_slot = Credential { slot: Some(1), ..account_passcode(2, "Same slot") };
    for second in [same_number, same_id, same_slot] {
        let name = second.subject.as_str().to_owned();
        assert_eq!(tx.insert_credentials(&[authenticated(second)]).unwrap(), 0, "{name}");
    }
    let found = found_rows(tx.find_credentials(&[CredentialSeq(1), CredentialSeq(2)]));
    assert_eq!(found, [first], "the first row is unchanged");

    let elsewhere =
        Credential { account: AccountKey(2), slot: Some(1), ..account_passcode(2, "Elsewhere") };
    assert_eq!(
        tx.insert_credentials(&[authenticated(elsewhere)]).unwrap(),
        1,
        "slots belong to an account"
    );
}

pub fn an_account_is_inserted_once(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let same_number = Account { key: AccountKey(1), ..account("AAA-AAA-AAAA") };
    let same_id = Account { key: AccountKey(3), ..account("948-4KK-444Z") };
    assert_eq!(tx.insert_accounts(&[authenticated(same_number)]).unwrap(), 0);
    assert_eq!(tx.insert_accounts(&[authenticated(same_id)]).unwrap(), 0);
    assert_eq!(account_keys(&mut *tx), [1, 2]);

    let third = Account { key: AccountKey(3), ..account("AAA-AAA-AAAA") };
    assert_eq!(tx.insert_accounts(&[authenticated(third)]).unwrap(), 1);
    assert_eq!(account_keys(&mut *tx), [1, 2, 3]);
}

fn account_keys(tx: &mut dyn BackendTransaction) -> Vec<i64> {
    tx.list_accounts().unwrap().iter().map(|row| row.record.key.0).collect()
}

pub fn a_digest_belongs_to_one_credential(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_passcodes(&mut *tx, 2);
    let first = authenticated(SecretEntry { digest: digest(1), credential: CredentialSeq(1) });
    assert_eq!(tx.insert_secrets(from_ref(&first)).unwrap(), 1);
    let second = authenticated(SecretEntry { digest: digest(1), credential: CredentialSeq(2) });
    assert_eq!(tx.insert_secrets(from_ref(&second)).unwrap(), 0);
    let credential = authenticated(account_passcode(1, "Partner"));
    assert_eq!(
        tx.find_secret(&digest(1)).unwrap(),
        Some(SecretRow {
            entry: first,
            credential: Some(FoundRow { row: credential, newest_audit: None })
        })
    );
    assert_eq!(tx.find_secret(&digest(2)).unwrap(), None);
}

pub fn an_audit_record_is_inserted_once(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let entry = |subject: &str| {
        let record = AuditRecord {
            seq: AuditSeq(1),
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
    assert_eq!(tx.insert_audit(&[entry("first")]).unwrap(), 1);
    assert_eq!(tx.insert_audit(&[entry("second")]).unwrap(), 0);
    let found = collect_rows(|each| tx.scan_audit(AuditSeq(1), each));
    assert_eq!(found, [entry("first")]);
}

pub fn a_transaction_continues_after_a_conflict(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_row(&mut *tx, account_passcode(1, "First"));
    assert_eq!(tx.insert_credentials(&[authenticated(account_passcode(1, "Again"))]).unwrap(), 0);
    insert_row(&mut *tx, account_passcode(2, "Second"));
    tx.commit(None).unwrap();

    let mut tx = begin_raw(&*backend, Access::Read);
    let found = tx.find_credentials(&[CredentialSeq(1), CredentialSeq(2)]).unwrap();
    assert_eq!(found.len(), 2);
}

pub fn an_update_replaces_every_field(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_passcodes(&mut *tx, 2);
    for after in [everything_set(), nothing_set(), everything_set()].map(authenticated) {
        assert_eq!(tx.update_credentials(from_ref(&after)).unwrap(), 1);
        assert_eq!(found_rows(tx.find_credentials(&[CredentialSeq(2)])), [after]);
    }
    assert_eq!(
        found_rows(tx.find_credentials(&[CredentialSeq(1)])),
        [authenticated(account_passcode(1, "Partner"))]
    );

    let after = authenticated(Account {
        key: AccountKey(2),
        id: account("AAA-AAA-AAAA").id,
        name: Name::parse("Another name").unwrap(),
        region: Region::Mec1,
        require_user_passcode: true,
        legacy: Some(legacy_policy()),
        created_at: Instant::EPOCH,
        removed: Some(deletion()),
        audit_seq: AuditSeq(9),
    });
    assert_eq!(tx.update_accounts(from_ref(&after)).unwrap(), 1);
    assert_eq!(tx.list_accounts().unwrap()[1], after);

    let head = Head { accounts: 1, ..Head::initial(now()) };
    tx.insert_head(&[5; 16], &authenticated(head.clone())).unwrap();
    let head = authenticated(Head {
        created_at: now().plus(1),
        accounts: 2,
        credentials: CredentialSeq(2),
        apps: 3,
        districts: 4,
        messages: MessageSeq(5),
        audit_seq: AuditSeq(6),
        audit_at: now().plus(2),
        audit_link: [7; 32],
        escrowed_at: Some(now()),
        sums: Some(MaskedSums { nonce: [8; 16], masked: [[9; 16]; MASKED_SUMS] }),
    });
    tx.commit(Some(&head)).unwrap();
    assert_eq!(read_head(&*backend), Some((vec![5; 16], head)));
}

/// Returns a credential in which each optional field is set and each field differs from the draft.
fn everything_set() -> Credential {
    let mut credential = revoked(account_passcode(2, "Renamed"));
    credential.id = CredentialId { prefix: IdPrefix::Passcode, bytes: [0xff; 12] };
    credential.account = AccountKey(2);
    credential.slot = Some(100);
    credential.note = Some(Note::parse("for the nightly import").unwrap());
    credential.previous = Some(CredentialSeq(1));
    credential.created_at = now().plus(1);
    credential.created_by = "bob@gate".to_owned();
    credential.lifetime = Lifetime::Until(now().plus(9 * DAY));
    credential.expiry = Expiry::At(now().plus(9 * DAY));
    credential.expiry_set_at = now().plus(1);
    credential.secrets.generation = 7;
    credential.secrets.current = Some(Digest([0xee; 32]));
    credential.secrets.created_at = now().plus(2);
    credential.secrets.delivered_at = Some(now().plus(3));
    let digest = Digest([0xdd; 32]);
    credential.secrets.retiring =
        Some(Retiring { digest, until: now(), until_used: true, replacement_used: true });
    credential.secrets.undelivered =
        Some(Undelivered { digest: Digest([0xcc; 32]), created_at: now().plus(4) });
    credential.secrets.discarded = 3;
    credential.introspect = true;
    let reason = Some(RevocationReason::KeyCompromise);
    credential.revoked = credential.revoked.map(|revocation| Revocation { reason, ..revocation });
    credential.audit_seq = AuditSeq(8);
    credential
}

/// Returns a credential in which each optional field is absent.
fn nothing_set() -> Credential {
    let mut credential = never_expiring(deleted(account_passcode(2, "Nothing")));
    credential.secrets.current = None;
    credential
}

pub fn updating_a_missing_row_changes_nothing(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    assert_eq!(
        tx.update_credentials(&[authenticated(user_passcode(1, "ann@example.com"))]).unwrap(),
        0
    );
    let third = Account { key: AccountKey(3), ..account("AAA-AAA-AAAA") };
    assert_eq!(tx.update_accounts(&[authenticated(third)]).unwrap(), 0);
    assert_eq!(tx.find_credentials(&[CredentialSeq(1)]).unwrap(), []);
    assert_integrity_error(tx.commit(Some(&authenticated(Head::initial(now())))));
    assert_eq!(read_head(&*backend), None);
}

pub fn counters_are_set_and_listed_by_key(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let counter =
        |account, key, count| authenticated(Counter { account: AccountKey(account), key, count });
    let rows = [(1, -2, 5), (1, -1, 4), (1, 20_000, 3), (2, 20_000, 2), (1, i64::MAX, 1)]
        .map(|(account, key, count)| counter(account, key, count));
    tx.put_counters(&rows).unwrap();
    tx.put_counters(&[counter(1, 20_000, 0)]).unwrap();

    let keys = [(AccountKey(1), 20_000), (AccountKey(2), -1)];
    assert_eq!(tx.find_counters(&keys).unwrap(), [counter(1, 20_000, 0)]);
    let mut listed = |range| {
        let rows = tx.list_counters(range).unwrap();
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

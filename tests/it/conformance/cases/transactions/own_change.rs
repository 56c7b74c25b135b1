//! A transaction collects its change and writes it in batches. Its queries see the change all the same.

use std::{fmt::Debug, ops::ControlFlow};

use gatepass::{
    domain::{
        audit::{Action, ChangeId},
        credential::{Credential, CredentialKind},
        decision::SecretLookup,
        directory::{
            district::District,
            id::PartialId,
            name::{Name, Note},
        },
        instant::{DAY, Instant},
        notice::DeliveryResult,
        seq::{CredentialSeq, DistrictSeq, MessageSeq},
    },
    store::{Namespace, SortBy, StoreError, Transaction},
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        cases::{messages::store_with_messages, scans::scan_verified},
        test_store::{
            TestStore, assert_integrity_error, audit_context, collect, insert_credential,
        },
    },
    support::records::{
        account_passcode, deleted, digest, district, expiring_at, id, now, user_passcode,
    },
};

const ANN: &str = "ann@example.com";

/// A store with passcode 1, and a change of it that a transaction makes before each query.
struct ChangedStore {
    store: TestStore,
    first: Credential,
}

impl ChangedStore {
    fn new(source: &dyn BackendSource) -> Self {
        let store = TestStore::new(source);
        let first = expiring_at(account_passcode(1, "First"), now().plus(9 * DAY));
        Self { first: store.add(first), store }
    }

    /// Inserts passcode 2 of Ann and renames passcode 1 in a new transaction. Checks what a query then returns.
    #[track_caller]
    fn assert_sees<T: Debug + PartialEq>(
        &self,
        expected: T,
        query: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError>,
    ) {
        let mut tx = self.store.write();
        let second = expiring_at(user_passcode(2, ANN), now().plus(DAY));
        insert_credential(&mut tx, second);
        let subject = account_passcode(1, "Renamed").subject;
        let renamed = Credential { subject, ..self.first.clone() };
        let renamed = expiring_at(renamed, now().plus(99 * DAY));
        tx.update_credential(&audit_context(Action::Edit), renamed).unwrap();
        assert_eq!(query(&mut tx).unwrap(), expected);
    }
}

fn names(credentials: Vec<Credential>) -> Vec<String> {
    credentials.iter().map(|credential| credential.subject.as_str().to_owned()).collect()
}

pub fn a_change_is_seen_by_every_lookup_of_its_transaction(source: &dyn BackendSource) {
    let changed = ChangedStore::new(source);
    let account = changed.store.account.key;
    let both = || vec!["Renamed".to_owned(), ANN.to_owned()];
    let ann = || vec![ANN.to_owned()];
    let seqs = [1, 2].map(CredentialSeq);
    changed.assert_sees(both(), |tx| tx.find_credentials(&seqs).map(names));
    changed.assert_sees(both(), |tx| {
        let mut found = tx.find_credentials_by_id(&[id(2), id(1)])?;
        found.sort_by_key(|one| one.seq);
        Ok(names(found))
    });
    let partial = PartialId::parse("pc_0202").unwrap();
    changed.assert_sees(ann(), |tx| tx.list_credentials_by_partial_id(partial, 9).map(names));
    changed.assert_sees(ann(), |tx| match tx.find_by_digest(&digest(2))? {
        SecretLookup::Known(known) => Ok(names(vec![known.credential])),
        other => panic!("{other:?}"),
    });
    changed.assert_sees([None, Some(1), Some(2)], |tx| {
        let keys = [
            (CredentialKind::Account, "first"),
            (CredentialKind::Account, "renamed"),
            (CredentialKind::User, ANN),
        ];
        let mut holder = |(kind, key)| tx.find_holder(account, kind, key).unwrap();
        Ok(keys.map(|key| holder(key).map(|found| found.seq.0)))
    });
    let partners = CredentialKind::Account;
    changed.assert_sees(vec!["Renamed".to_owned()], |tx| {
        tx.list_holders(account, partners, "", 9).map(names)
    });
    changed.assert_sees(ann(), |tx| tx.list_expiring_by(now().plus(9 * DAY)).map(names));
    changed.assert_sees(2, |tx| tx.count_expiring_by_end_of_day(Instant::MAX));
    changed.assert_sees(1, |tx| tx.count_used_slots(account));
    for (order, expected) in
        [(SortBy::Created, [1, 2]), (SortBy::Name, [1, 2]), (SortBy::Expiry, [2, 1])]
    {
        changed.assert_sees(expected.to_vec(), |tx| scan_verified(tx, order));
    }
    changed.assert_sees(2, |tx| {
        let mut count = 0;
        tx.scan_secrets(|_| {
            count += 1;
            Ok::<_, StoreError>(())
        })?;
        Ok(count)
    });
    changed.assert_sees(4, |tx| Ok(collect(|each| tx.scan_audit(each))?.len()));
    changed.assert_sees(Some(Action::Edit), |tx| {
        let end = tx.audit_position();
        let found = tx.find_change(ChangeId::new(end.seq, &end.link))?;
        Ok(found.map(|logged| logged.record.action))
    });
    assert_eq!(changed.store.holder(partners, "first"), Some(id(1).to_string()), "all rolled back");
}

pub fn a_change_of_messages_and_districts_is_seen_by_its_transaction(source: &dyn BackendSource) {
    let (store, app, token) = store_with_messages(source);
    let mut tx = store.write();
    let added = District { seq: DistrictSeq(2), ..district(2, "South") };
    let added = tx.insert_district(&audit_context(Action::DistrictAdd), added).unwrap();
    let north = tx.find_district(DistrictSeq(1)).unwrap().unwrap();
    let north = District { name: Name::parse("Far North").unwrap(), ..north };
    let north = tx.update_district(&audit_context(Action::DistrictEdit), north).unwrap();
    let mut found = |name: &str| {
        tx.find_district_by_key(store.account.key, Namespace::Districts, name).unwrap()
    };
    assert_eq!(found("north"), None);
    assert_eq!((found("far north"), found("south")), (Some(north.clone()), Some(added.clone())));
    assert_eq!(tx.find_district_by_id(added.id).unwrap(), Some(added.clone()));
    let named = |tx: &mut Transaction<'_>, start| {
        tx.list_districts_by_name(store.account.key, start, 9).unwrap()
    };
    assert_eq!(named(&mut tx, "far"), std::slice::from_ref(&north));
    assert_eq!(named(&mut tx, ""), [north.clone(), added.clone()]);
    assert_eq!(collect(|each| tx.scan_districts(each)).unwrap(), [north, added]);

    let ended = tx.find_message(MessageSeq(2)).unwrap().unwrap();
    let ended = tx.update_message(ended.end(now().plus(2), DeliveryResult::Delivered)).unwrap();
    assert_eq!(tx.find_message(ended.seq).unwrap(), Some(ended));
    let none = tx.scan_pending_messages(|message| panic!("{message:?} is pending"));
    assert!(none.map_err(|error: StoreError| error).unwrap().ensure_intact().is_ok());
    assert!(tx.find_message(MessageSeq(1)).unwrap().is_some());
    assert_eq!(tx.remove_ended_messages(now().plus(3), 9).unwrap(), 2);
    for seq in [1, 2].map(MessageSeq) {
        assert_eq!(tx.find_message(seq).unwrap(), None);
    }
    assert_eq!(tx.count_app_messages(&app, Some(DeliveryResult::Delivered)).unwrap(), 0);
    tx.update_credential(&audit_context(Action::Delete), deleted(token)).unwrap();
    assert_eq!(tx.list_tokens(&app).unwrap(), []);
    tx.commit().unwrap();
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_large_change_is_written_whole(source: &dyn BackendSource) {
    // More than two batches, and enough for a scan on two threads.
    const COUNT: u16 = 2_100;
    let store = TestStore::new(source);
    store.commit(|tx| {
        for number in 1..=COUNT {
            let mut draft = user_passcode(1, &format!("user-{number}@example.com"));
            draft.id.bytes[..2].copy_from_slice(&number.to_be_bytes());
            draft.secrets.current.as_mut().unwrap().0[..2].copy_from_slice(&number.to_be_bytes());
            insert_credential(tx, draft);
        }
    });
    store.commit(|tx| {
        let mut all = Vec::new();
        tx.scan_credentials(SortBy::Created, |credential| {
            all.push(credential);
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })
        .unwrap();
        let note = Note::parse("noted").unwrap();
        for credential in all {
            let noted = Credential { note: Some(note.clone()), ..credential };
            tx.update_credential(&audit_context(Action::Edit), noted).unwrap();
        }
    });
    let mut tx = store.read();
    let numbers = scan_verified(&mut tx, SortBy::Created).unwrap();
    assert!(numbers.into_iter().eq(1..=i64::from(COUNT)));
    assert_eq!(tx.head().audit_seq.0, 1 + 2 * i64::from(COUNT));
    drop(tx);
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_slot_is_freed_and_used_again_within_one_change(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let first = store.add(account_passcode(1, "First"));
    store.commit(|tx| {
        tx.update_credential(&audit_context(Action::Delete), deleted(first)).unwrap();
        let in_slot_1 =
            |number, name| Credential { slot: Some(1), ..account_passcode(number, name) };
        let second = insert_credential(tx, in_slot_1(2, "Second"));
        tx.update_credential(&audit_context(Action::Delete), deleted(second)).unwrap();
        insert_credential(tx, in_slot_1(3, "Third"));
        assert_eq!(tx.count_used_slots(store.account.key).unwrap(), 1);
    });
    assert_eq!(store.read().find_credential(CredentialSeq(3)).unwrap().unwrap().slot, Some(1));
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_name_is_passed_on_within_one_change(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let first = store.add(account_passcode(1, "Partner"));
    let rename = |tx: &mut Transaction<'_>, credential: &Credential, name| {
        let subject = account_passcode(1, name).subject;
        let renamed = Credential { subject, ..credential.clone() };
        tx.update_credential(&audit_context(Action::Edit), renamed).unwrap()
    };
    store.commit(|tx| {
        rename(tx, &first, "Other");
        let second = insert_credential(tx, account_passcode(2, "Partner"));
        // Claimed and given up: by a new passcode, and by one that had a name before.
        let third = insert_credential(tx, account_passcode(3, "Brief"));
        tx.update_credential(&audit_context(Action::Delete), deleted(third)).unwrap();
        let second = rename(tx, &second, "Passing");
        rename(tx, &second, "Partner");
        // Taken over from the older passcode of a user, and given back.
        let older = insert_credential(tx, user_passcode(4, ANN));
        let newer = Credential { previous: Some(older.seq), ..user_passcode(5, ANN) };
        let newer = insert_credential(tx, newer);
        tx.update_credential(&audit_context(Action::Delete), deleted(newer)).unwrap();
    });
    let holder = |kind, key| store.holder(kind, key);
    let partner = |key| holder(CredentialKind::Account, key);
    assert_eq!(["other", "partner"].map(partner), [1, 2].map(|one| Some(id(one).to_string())));
    assert_eq!(["brief", "passing"].map(partner), [None, None]);
    assert_eq!(holder(CredentialKind::User, ANN), Some(id(4).to_string()));
    assert_eq!(store.integrity_issues(), []);
}

/// A lookup that finds a damaged row is no error for its caller. A change that the lookup could not write is one.
pub fn a_change_that_could_not_be_written_is_not_committed(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    store.add(account_passcode(1, "First"));
    let planted = source.blob(&digest(2).0);
    source.tamper(&format!("insert into secret select {planted}, credential, mac from secret"));
    let mut tx = store.write();
    insert_credential(&mut tx, account_passcode(2, "Second"));
    assert!(matches!(tx.find_by_digest(&digest(1)), Ok(SecretLookup::Tampered)));
    assert_integrity_error(tx.commit());
    assert_eq!(store.read().head().credentials, CredentialSeq(1));
}

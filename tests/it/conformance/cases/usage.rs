//! Last uses.

use std::ops::ControlFlow;

use gatepass::{
    domain::usage::LastUse,
    store::{
        Access, SortBy, StoreError,
        port::{backend::BackendTransaction, record::WithMac},
    },
};

use crate::{
    conformance::{
        BackendSource, TestStore, assert_integrity_error, authenticated, begin_raw, with_accounts,
    },
    support::records::{account_passcode, now, usage_record},
};

fn scan_last_uses(transaction: &dyn BackendTransaction) -> Vec<WithMac<LastUse>> {
    let mut found = Vec::new();
    transaction
        .scan_last_uses(&mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

pub fn last_uses_are_set_and_scanned_by_number(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in 1..=3 {
        transaction.insert_credential(&authenticated(account_passcode(number, "Partner"))).unwrap();
    }
    assert!(!transaction.has_last_uses().unwrap());
    assert_eq!(scan_last_uses(&*transaction), []);

    let [first, second] =
        [usage_record(3, now(), "here", 1), usage_record(1, now(), "there", 2)].map(authenticated);
    transaction.put_last_use(&first).unwrap();
    transaction.put_last_use(&second).unwrap();
    assert!(transaction.has_last_uses().unwrap());
    assert_eq!(transaction.find_last_use(3).unwrap().as_ref(), Some(&first));
    assert_eq!(transaction.find_last_use(2).unwrap(), None);
    assert_eq!(scan_last_uses(&*transaction), [second.clone(), first]);

    // What it is to become is not its business, not even whether that is earlier and less.
    let again = authenticated(usage_record(3, now().plus(-1), "nowhere", 1));
    transaction.put_last_use(&again).unwrap();
    assert_eq!(scan_last_uses(&*transaction), [second, again]);
}

pub fn last_uses_can_be_read_during_a_scan(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in 1..=4 {
        transaction.insert_credential(&authenticated(account_passcode(number, "Partner"))).unwrap();
    }
    for number in [2, 4] {
        transaction.put_last_use(&authenticated(usage_record(number, now(), "here", 1))).unwrap();
    }
    let mut found = Vec::new();
    transaction
        .scan_credentials(SortBy::Created, &mut |row| {
            let last_use = transaction.find_last_use(row.record.seq).unwrap();
            found.push(last_use.map(|row| row.record.credential));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(found, [None, Some(2), None, Some(4)]);
}

pub fn a_last_use_never_goes_back_and_counts_add_up(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let seq = scene.add(account_passcode(1, "Partner")).seq;
    let note = |last_use| {
        let mut transaction = scene.store.begin(Access::WriteRelaxed).unwrap().unwrap();
        transaction.record_last_use(last_use).unwrap();
        transaction.commit().unwrap();
        scene.read().find_last_use(seq).unwrap()
    };
    assert_eq!(scene.read().find_last_use(seq).unwrap(), None);
    assert_eq!(
        note(usage_record(seq, now(), "here", 1)),
        Some(usage_record(seq, now(), "here", 1))
    );
    let later = now().plus(5);
    assert_eq!(
        note(usage_record(seq, later, "there", 3)),
        Some(usage_record(seq, later, "there", 4))
    );
    assert_eq!(
        note(usage_record(seq, now().plus(4), "late", 2)),
        Some(usage_record(seq, later, "there", 6))
    );
    assert_eq!(scene.integrity_issues(), []);
}

pub fn a_scan_returns_each_last_use(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    for number in 1..=3 {
        scene.add(account_passcode(number, &format!("P{number}")));
    }
    let mut transaction = scene.write();
    transaction.record_last_use(usage_record(2, now(), "here", 1)).unwrap();
    for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
        let mut found = Vec::new();
        let scanned = transaction.scan_with_usage(order, |credential, last_use| {
            found.push((credential.seq, last_use));
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        });
        scanned.unwrap();
        assert_eq!(found, [(1, None), (2, Some(usage_record(2, now(), "here", 1))), (3, None)]);
    }
}

pub fn usage_of_unknown_credentials_is_ignored(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let mut transaction = scene.write();
    assert_integrity_error(transaction.record_last_use(usage_record(1, now(), "here", 1)));
}

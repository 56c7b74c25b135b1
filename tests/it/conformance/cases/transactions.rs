//! Transactions: whole or not at all, and who waits for whom.

use std::{sync::mpsc, thread, time::Duration};

use gatepass::{
    domain::directory::account::AccountKey,
    store::{Access, StoreError, port::record::Counter},
};

use crate::{
    conformance::{BackendSource, TestStore, authenticated, begin_raw, with_accounts},
    support::records::account_passcode,
};

pub fn a_dropped_transaction_leaves_nothing(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    for access in [Access::Write, Access::WriteRelaxed] {
        let transaction = begin_raw(&*backend, access);
        assert!(
            transaction.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap()
        );
        assert!(transaction.find_credential(1).unwrap().is_some(), "it sees its own changes");
        drop(transaction);
        assert_eq!(
            begin_raw(&*backend, Access::Read).find_credential(1).unwrap(),
            None,
            "{access:?}"
        );
    }
    let scene = TestStore::new(&*place.another_source());
    let mut transaction = scene.write();
    scene.add_in(&mut transaction, account_passcode(1, "Partner"));
    drop(transaction);
    assert_eq!(scene.read().head().credentials, 0);
    assert_eq!(scene.integrity_issues(), []);
}

pub fn a_commit_is_seen_through_another_handle(place: &dyn BackendSource) {
    assert_seen_through_another_handle(place, Access::Write);
}

pub fn a_relaxed_commit_is_seen_through_another_handle(place: &dyn BackendSource) {
    assert_seen_through_another_handle(place, Access::WriteRelaxed);
}

fn assert_seen_through_another_handle(place: &dyn BackendSource, access: Access) {
    let (one, other) = (with_accounts(place), place.open());
    let written = authenticated(account_passcode(1, "Partner"));
    let transaction = begin_raw(&*one, access);
    transaction.insert_credential(&written).unwrap();
    transaction.commit().unwrap();
    assert_eq!(begin_raw(&*other, Access::Read).find_credential(1).unwrap(), Some(written));
}

pub fn a_reader_sees_a_snapshot(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let other = place.open();
    let early = begin_raw(&*other, Access::Read);
    assert_eq!(early.list_accounts().unwrap().len(), 1);

    scene.add(account_passcode(1, "Partner"));
    assert_eq!(early.find_credential(1).unwrap(), None);
    assert_eq!(early.find_head().unwrap().unwrap().1.record.credentials, 0);
    drop(early);
    assert!(begin_raw(&*other, Access::Read).find_credential(1).unwrap().is_some());
}

pub fn a_reader_and_a_writer_do_not_wait_for_each_other(place: &dyn BackendSource) {
    let (writers, readers) = (with_accounts(place), place.open_without_waiting());
    let reader = begin_raw(&*readers, Access::Read);
    assert_eq!(reader.list_accounts().unwrap().len(), 2);

    let another = place.open_without_waiting();
    let writer = begin_raw(&*another, Access::Write);
    writer.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap();
    assert_eq!(reader.find_credential(1).unwrap(), None);
    assert_eq!(
        begin_raw(&*writers, Access::Read).find_credential(1).unwrap(),
        None,
        "not committed yet"
    );
    writer.commit().unwrap();
}

pub fn a_read_transaction_changes_nothing(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let reader = begin_raw(&*backend, Access::Read);
    assert!(reader.insert_credential(&authenticated(account_passcode(1, "Partner"))).is_err());
    drop(reader);
    let writer = begin_raw(&*backend, Access::Write);
    assert!(writer.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap());
}

pub fn a_second_writer_gets_a_busy_error(place: &dyn BackendSource) {
    let (one, other) = (with_accounts(place), place.open_without_waiting());
    let first = begin_raw(&*one, Access::Write);
    for access in [Access::Write, Access::WriteRelaxed] {
        assert!(matches!(other.begin(access).err(), Some(StoreError::Busy)), "{access:?}");
    }
    drop(first);
    assert!(other.begin(Access::Write).is_ok());
}

pub fn a_writer_waits_for_the_previous_one(place: &dyn BackendSource) {
    let one = with_accounts(place);
    let first = begin_raw(&*one, Access::Write);
    let (begun, second_has_begun) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            let other = place.open();
            let second = begin_raw(&*other, Access::Write);
            begun.send(second.find_credential(1).unwrap().is_some()).unwrap();
        });
        assert!(second_has_begun.recv_timeout(Duration::from_millis(50)).is_err(), "it waits");
        first.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap();
        first.commit().unwrap();
        assert!(second_has_begun.recv().unwrap(), "it sees what the first one wrote");
    });
}

pub fn no_update_is_lost_between_writers(place: &dyn BackendSource) {
    const WRITERS: i64 = 4;
    const ROUNDS: i64 = 10;
    let backend = with_accounts(place);
    let count = |account, bucket, count| authenticated(Counter { account, key: bucket, count });
    thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let backend = place.open();
                for _ in 0..ROUNDS {
                    let transaction = begin_raw(&*backend, Access::Write);
                    let before = transaction.find_counter(AccountKey(1), 0).unwrap();
                    let before = before.map_or(0, |row| row.record.count);
                    transaction.put_counter(&count(AccountKey(1), 0, before + 1)).unwrap();
                    transaction.commit().unwrap();
                }
            });
        }
    });
    let found = begin_raw(&*backend, Access::Read).find_counter(AccountKey(1), 0).unwrap();
    assert_eq!(found, Some(count(AccountKey(1), 0, WRITERS * ROUNDS)));
}

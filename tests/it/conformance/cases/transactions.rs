//! Transactions are atomic and isolated; writers wait for each other.

use std::{sync::mpsc, thread, time::Duration};

use gatepass::{
    domain::{directory::account::AccountKey, seq::CredentialSeq},
    store::{Access, StoreError, port::record::Counter},
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, authenticated, begin_raw, insert_credential, insert_row, with_accounts,
        },
    },
    support::records::account_passcode,
};

pub fn a_dropped_transaction_leaves_nothing(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    for access in [Access::Write, Access::WriteRelaxed] {
        let tx = begin_raw(&*backend, access);
        insert_row(&*tx, account_passcode(1, "Partner"));
        assert!(
            tx.find_credential(CredentialSeq(1)).unwrap().is_some(),
            "a transaction sees its own changes"
        );
        drop(tx);
        let found = begin_raw(&*backend, Access::Read).find_credential(CredentialSeq(1)).unwrap();
        assert_eq!(found, None, "{access:?}");
    }
    let store = TestStore::new(&*source.another_source());
    let mut tx = store.write();
    insert_credential(&mut tx, account_passcode(1, "Partner"));
    drop(tx);
    assert_eq!(store.read().head().credentials, CredentialSeq::NONE);
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_commit_is_seen_through_another_handle(source: &dyn BackendSource) {
    assert_seen_through_another_handle(source, Access::Write);
}

pub fn a_relaxed_commit_is_seen_through_another_handle(source: &dyn BackendSource) {
    assert_seen_through_another_handle(source, Access::WriteRelaxed);
}

fn assert_seen_through_another_handle(source: &dyn BackendSource, access: Access) {
    let (one, other) = (with_accounts(source), source.open());
    let written = authenticated(account_passcode(1, "Partner"));
    let tx = begin_raw(&*one, access);
    tx.insert_credential(&written).unwrap();
    tx.commit().unwrap();
    assert_eq!(
        begin_raw(&*other, Access::Read).find_credential(CredentialSeq(1)).unwrap(),
        Some(written)
    );
}

pub fn a_reader_sees_a_snapshot(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let other = source.open();
    let early = begin_raw(&*other, Access::Read);
    assert_eq!(early.list_accounts().unwrap().len(), 1);

    store.add(account_passcode(1, "Partner"));
    assert_eq!(early.find_credential(CredentialSeq(1)).unwrap(), None);
    assert_eq!(early.find_head().unwrap().unwrap().1.record.credentials, CredentialSeq::NONE);
    drop(early);
    assert!(begin_raw(&*other, Access::Read).find_credential(CredentialSeq(1)).unwrap().is_some());
}

pub fn a_reader_and_a_writer_do_not_wait_for_each_other(source: &dyn BackendSource) {
    let (writers, readers) = (with_accounts(source), source.open_without_waiting());
    let reader = begin_raw(&*readers, Access::Read);
    assert_eq!(reader.list_accounts().unwrap().len(), 2);

    let another = source.open_without_waiting();
    let writer = begin_raw(&*another, Access::Write);
    writer.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap();
    assert_eq!(reader.find_credential(CredentialSeq(1)).unwrap(), None);
    assert_eq!(
        begin_raw(&*writers, Access::Read).find_credential(CredentialSeq(1)).unwrap(),
        None,
        "not committed yet"
    );
    writer.commit().unwrap();
}

pub fn a_read_transaction_changes_nothing(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let reader = begin_raw(&*backend, Access::Read);
    assert!(reader.insert_credential(&authenticated(account_passcode(1, "Partner"))).is_err());
    drop(reader);
    let writer = begin_raw(&*backend, Access::Write);
    assert!(writer.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap());
}

pub fn a_second_writer_gets_a_busy_error(source: &dyn BackendSource) {
    let (one, other) = (with_accounts(source), source.open_without_waiting());
    let first = begin_raw(&*one, Access::Write);
    for access in [Access::Write, Access::WriteRelaxed] {
        assert!(matches!(other.begin(access).err(), Some(StoreError::Busy)), "{access:?}");
    }
    drop(first);
    assert!(other.begin(Access::Write).is_ok());
}

pub fn a_writer_waits_for_the_previous_one(source: &dyn BackendSource) {
    let one = with_accounts(source);
    let first = begin_raw(&*one, Access::Write);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            let other = source.open();
            let second = begin_raw(&*other, Access::Write);
            sender.send(second.find_credential(CredentialSeq(1)).unwrap().is_some()).unwrap();
        });
        assert!(
            receiver.recv_timeout(Duration::from_millis(50)).is_err(),
            "the second writer waits"
        );
        first.insert_credential(&authenticated(account_passcode(1, "Partner"))).unwrap();
        first.commit().unwrap();
        assert!(receiver.recv().unwrap(), "the second writer sees the first one's changes");
    });
}

pub fn no_update_is_lost_between_writers(source: &dyn BackendSource) {
    const WRITERS: i64 = 4;
    const ROUNDS: i64 = 10;
    let backend = with_accounts(source);
    let count = |account, key, count| authenticated(Counter { account, key, count });
    thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let backend = source.open();
                for _ in 0..ROUNDS {
                    let tx = begin_raw(&*backend, Access::Write);
                    let before = tx.find_counter(AccountKey(1), 0).unwrap();
                    let before = before.map_or(0, |row| row.record.count);
                    tx.put_counter(&count(AccountKey(1), 0, before + 1)).unwrap();
                    tx.commit().unwrap();
                }
            });
        }
    });
    let found = begin_raw(&*backend, Access::Read).find_counter(AccountKey(1), 0).unwrap();
    assert_eq!(found, Some(count(AccountKey(1), 0, WRITERS * ROUNDS)));
}

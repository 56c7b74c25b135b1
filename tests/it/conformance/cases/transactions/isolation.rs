//! Transactions are atomic and isolated; writers wait for each other.

use std::{slice::from_ref, sync::mpsc, thread, time::Duration};

use gatepass::{
    domain::{directory::account::AccountKey, seq::CredentialSeq},
    store::{
        Access, StoreError,
        port::{backend::BegunTransaction, record::Counter},
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, authenticated, begin_raw, found_rows, insert_credential, insert_row,
            with_accounts,
        },
    },
    support::records::account_passcode,
};

pub fn a_dropped_transaction_leaves_nothing(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    for access in [Access::Write, Access::WriteRelaxed] {
        let mut tx = begin_raw(&*backend, access);
        insert_row(&mut *tx, account_passcode(1, "Partner"));
        assert!(
            !tx.find_credentials(&[CredentialSeq(1)]).unwrap().is_empty(),
            "a transaction sees its own changes"
        );
        drop(tx);
        let found =
            begin_raw(&*backend, Access::Read).find_credentials(&[CredentialSeq(1)]).unwrap();
        assert_eq!(found, [], "{access:?}");
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
    let mut tx = begin_raw(&*one, access);
    tx.insert_credentials(from_ref(&written)).unwrap();
    tx.commit(None).unwrap();
    let mut tx = begin_raw(&*other, Access::Read);
    assert_eq!(found_rows(tx.find_credentials(&[CredentialSeq(1)])), [written]);
}

pub fn a_reader_sees_a_snapshot(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let other = source.open();
    let BegunTransaction { transaction: mut early, head } = other.begin(Access::Read).unwrap();
    assert_eq!(early.list_accounts().unwrap().len(), 1);

    store.add(account_passcode(1, "Partner"));
    assert_eq!(early.find_credentials(&[CredentialSeq(1)]).unwrap(), []);
    assert_eq!(head.unwrap().1.record.credentials, CredentialSeq::NONE);
    drop(early);
    let BegunTransaction { transaction: mut late, head } = other.begin(Access::Read).unwrap();
    assert_eq!(late.find_credentials(&[CredentialSeq(1)]).unwrap().len(), 1);
    assert_eq!(head.unwrap().1.record.credentials, CredentialSeq(1));
}

pub fn a_reader_and_a_writer_do_not_wait_for_each_other(source: &dyn BackendSource) {
    let (writers, readers) = (with_accounts(source), source.open_without_waiting());
    let mut reader = begin_raw(&*readers, Access::Read);
    assert_eq!(reader.list_accounts().unwrap().len(), 2);

    let another = source.open_without_waiting();
    let mut writer = begin_raw(&*another, Access::Write);
    writer.insert_credentials(&[authenticated(account_passcode(1, "Partner"))]).unwrap();
    assert_eq!(reader.find_credentials(&[CredentialSeq(1)]).unwrap(), []);
    assert_eq!(
        begin_raw(&*writers, Access::Read).find_credentials(&[CredentialSeq(1)]).unwrap(),
        [],
        "not committed yet"
    );
    writer.commit(None).unwrap();
}

pub fn a_read_transaction_changes_nothing(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut reader = begin_raw(&*backend, Access::Read);
    assert!(reader.insert_credentials(&[authenticated(account_passcode(1, "Partner"))]).is_err());
    drop(reader);
    let mut writer = begin_raw(&*backend, Access::Write);
    insert_row(&mut *writer, account_passcode(1, "Partner"));
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
    let mut first = begin_raw(&*one, Access::Write);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            let other = source.open();
            let mut second = begin_raw(&*other, Access::Write);
            let found = second.find_credentials(&[CredentialSeq(1)]).unwrap();
            sender.send(found.len()).unwrap();
        });
        assert!(
            receiver.recv_timeout(Duration::from_millis(50)).is_err(),
            "the second writer waits"
        );
        first.insert_credentials(&[authenticated(account_passcode(1, "Partner"))]).unwrap();
        first.commit(None).unwrap();
        assert_eq!(receiver.recv().unwrap(), 1, "the second writer sees the first one's changes");
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
                    let mut tx = begin_raw(&*backend, Access::Write);
                    let before = tx.find_counters(&[(AccountKey(1), 0)]).unwrap();
                    let before = before.first().map_or(0, |row| row.record.count);
                    tx.put_counters(&[count(AccountKey(1), 0, before + 1)]).unwrap();
                    tx.commit(None).unwrap();
                }
            });
        }
    });
    let found = begin_raw(&*backend, Access::Read).find_counters(&[(AccountKey(1), 0)]).unwrap();
    assert_eq!(found, [count(AccountKey(1), 0, WRITERS * ROUNDS)]);
}

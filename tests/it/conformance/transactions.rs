//! Transactions: whole or not at all, and who waits for whom.

use std::{sync::mpsc, thread, time::Duration};

use gatepass::{
    domain::account::AccountKey,
    store::{Access, StoreError, record::Counter},
};

use super::{Place, Scene, raw, sealed, with_accounts};
use crate::support::store::partner;

pub fn a_dropped_transaction_leaves_nothing(place: &dyn Place) {
    let backend = with_accounts(place);
    for access in [Access::Write, Access::WriteRelaxed] {
        let transaction = raw(&*backend, access);
        assert!(transaction.insert_credential(&sealed(partner(1, "Partner"))).unwrap());
        assert!(transaction.find_credential(1).unwrap().is_some(), "it sees its own changes");
        drop(transaction);
        assert_eq!(raw(&*backend, Access::Read).find_credential(1).unwrap(), None, "{access:?}");
    }
    let scene = Scene::new(&*place.another());
    let mut transaction = scene.write();
    scene.add_in(&mut transaction, partner(1, "Partner"));
    drop(transaction);
    assert_eq!(scene.read().head().credentials, 0);
    assert_eq!(scene.problems(), []);
}

pub fn a_commit_is_seen_through_another_handle(place: &dyn Place) {
    is_seen_through_another_handle(place, Access::Write);
}

pub fn a_relaxed_commit_is_seen_through_another_handle(place: &dyn Place) {
    is_seen_through_another_handle(place, Access::WriteRelaxed);
}

fn is_seen_through_another_handle(place: &dyn Place, access: Access) {
    let (one, other) = (with_accounts(place), place.open());
    let written = sealed(partner(1, "Partner"));
    let transaction = raw(&*one, access);
    transaction.insert_credential(&written).unwrap();
    transaction.commit().unwrap();
    assert_eq!(raw(&*other, Access::Read).find_credential(1).unwrap(), Some(written));
}

pub fn a_reader_sees_the_store_as_it_was_when_it_began(place: &dyn Place) {
    let scene = Scene::new(place);
    let other = place.open();
    let early = raw(&*other, Access::Read);
    assert_eq!(early.list_accounts().unwrap().len(), 1);

    scene.add(partner(1, "Partner"));
    assert_eq!(early.find_credential(1).unwrap(), None);
    assert_eq!(early.find_head().unwrap().unwrap().1.record.credentials, 0);
    drop(early);
    assert!(raw(&*other, Access::Read).find_credential(1).unwrap().is_some());
}

pub fn a_reader_and_a_writer_do_not_wait_for_each_other(place: &dyn Place) {
    let (writers, readers) = (with_accounts(place), place.open_impatient());
    let reader = raw(&*readers, Access::Read);
    assert_eq!(reader.list_accounts().unwrap().len(), 2);

    let another = place.open_impatient();
    let writer = raw(&*another, Access::Write);
    writer.insert_credential(&sealed(partner(1, "Partner"))).unwrap();
    assert_eq!(reader.find_credential(1).unwrap(), None);
    assert_eq!(raw(&*writers, Access::Read).find_credential(1).unwrap(), None, "not committed yet");
    writer.commit().unwrap();
}

pub fn a_transaction_for_reading_changes_nothing(place: &dyn Place) {
    let backend = with_accounts(place);
    let reader = raw(&*backend, Access::Read);
    assert!(reader.insert_credential(&sealed(partner(1, "Partner"))).is_err());
    drop(reader);
    let writer = raw(&*backend, Access::Write);
    assert!(writer.insert_credential(&sealed(partner(1, "Partner"))).unwrap());
}

pub fn a_second_writer_is_told_that_the_store_is_busy(place: &dyn Place) {
    let (one, other) = (with_accounts(place), place.open_impatient());
    let first = raw(&*one, Access::Write);
    for access in [Access::Write, Access::WriteRelaxed] {
        assert!(matches!(other.begin(access).err(), Some(StoreError::Busy)), "{access:?}");
    }
    drop(first);
    assert!(other.begin(Access::Write).is_ok());
}

pub fn a_writer_waits_until_the_one_before_it_is_done(place: &dyn Place) {
    let one = with_accounts(place);
    let first = raw(&*one, Access::Write);
    let (begun, second_has_begun) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            let other = place.open();
            let second = raw(&*other, Access::Write);
            begun.send(second.find_credential(1).unwrap().is_some()).unwrap();
        });
        assert!(second_has_begun.recv_timeout(Duration::from_millis(50)).is_err(), "it waits");
        first.insert_credential(&sealed(partner(1, "Partner"))).unwrap();
        first.commit().unwrap();
        assert!(second_has_begun.recv().unwrap(), "it sees what the first one wrote");
    });
}

pub fn no_update_is_lost_between_writers(place: &dyn Place) {
    const WRITERS: i64 = 4;
    const ROUNDS: i64 = 10;
    let backend = with_accounts(place);
    let count = |account, bucket, count| sealed(Counter { account, key: bucket, count });
    thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let backend = place.open();
                for _ in 0..ROUNDS {
                    let transaction = raw(&*backend, Access::Write);
                    let before = transaction.find_counter(AccountKey(1), 0).unwrap();
                    let before = before.map_or(0, |row| row.record.count);
                    transaction.put_counter(&count(AccountKey(1), 0, before + 1)).unwrap();
                    transaction.commit().unwrap();
                }
            });
        }
    });
    let found = raw(&*backend, Access::Read).find_counter(AccountKey(1), 0).unwrap();
    assert_eq!(found, Some(count(AccountKey(1), 0, WRITERS * ROUNDS)));
}

//! Uses by day.

use std::ops::ControlFlow;

use gatepass::{
    domain::usage::{DailyUse, RETENTION_DAYS},
    store::{
        Access, Transaction,
        port::{backend::BackendTransaction, record::WithMac},
    },
};

use crate::{
    conformance::{
        BackendSource, TestStore, assert_integrity_error, authenticated, begin_raw, with_accounts,
    },
    support::records::{account_passcode, now, usage_record},
};

fn daily_use(credential: i64, day: i64, count: u64) -> DailyUse {
    DailyUse { credential, day, count }
}

fn scan_daily(transaction: &dyn BackendTransaction) -> Vec<WithMac<DailyUse>> {
    let mut found = Vec::new();
    transaction
        .scan_daily_usage(&mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

pub fn daily_usage_is_set_and_listed_by_day(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in 1..=3 {
        transaction.insert_credential(&authenticated(account_passcode(number, "Partner"))).unwrap();
    }
    assert_eq!(scan_daily(&*transaction), []);
    let all = [
        daily_use(1, 7, 1),
        daily_use(2, -1, 4),
        daily_use(2, 5, 2),
        daily_use(2, 7, 3),
        daily_use(3, 7, 9),
    ]
    .map(authenticated);
    for number in [3, 0, 4, 2, 1] {
        transaction.put_daily_use(&all[number]).unwrap();
    }
    assert_eq!(scan_daily(&*transaction), all);
    assert_eq!(transaction.list_daily_usage(2, 5..=7).unwrap(), all[2..4]);
    assert_eq!(transaction.list_daily_usage(2, 6..=7).unwrap(), all[3..4]);
    assert_eq!(transaction.list_daily_usage(2, -9..=6).unwrap(), all[1..3]);
    assert_eq!(transaction.list_daily_usage(2, 8..=9).unwrap(), []);

    // What it is to become is not its business, not even whether that is less.
    let again = authenticated(daily_use(2, 7, 1));
    transaction.put_daily_use(&again).unwrap();
    assert_eq!(transaction.list_daily_usage(2, 7..=7).unwrap(), [again]);
}

pub fn daily_usage_is_removed_up_to_a_day(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    for number in 1..=2 {
        transaction.insert_credential(&authenticated(account_passcode(number, "Partner"))).unwrap();
        for day in 1..=3 {
            transaction.put_daily_use(&authenticated(daily_use(number.into(), day, 1))).unwrap();
        }
    }
    transaction.remove_daily_usage(2, 3).unwrap();
    transaction.remove_daily_usage(3, 3).unwrap();
    let left = [daily_use(1, 1, 1), daily_use(1, 2, 1), daily_use(1, 3, 1), daily_use(2, 3, 1)]
        .map(authenticated);
    assert_eq!(scan_daily(&*transaction), left);
}

pub fn daily_usage_adds_up_and_old_days_are_removed(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let seq = scene.add(account_passcode(1, "Partner")).seq;
    let today = now().day();
    let mut transaction = scene.write();
    for (day, count) in [(today, 2), (today, 3), (today - 1, 1), (today - RETENTION_DAYS + 1, 4)] {
        transaction.record_daily_use(daily_use(seq, day, count)).unwrap();
        transaction.record_last_use(usage_record(seq, now(), "gate", count)).unwrap();
    }
    let days =
        |transaction: &Transaction<'_>| transaction.list_daily_usage(seq, 0..=i64::MAX).unwrap();
    let oldest = daily_use(seq, today - RETENTION_DAYS + 1, 4);
    assert_eq!(
        days(&transaction),
        [oldest, daily_use(seq, today - 1, 1), daily_use(seq, today, 5)]
    );
    transaction.commit().unwrap();
    assert_eq!(scene.integrity_issues(), []);

    let mut transaction = scene.write();
    transaction.record_last_use(usage_record(seq, now(), "gate", 1)).unwrap();
    transaction.record_daily_use(daily_use(seq, today + 1, 1)).unwrap();
    assert_eq!(
        days(&transaction),
        [daily_use(seq, today - 1, 1), daily_use(seq, today, 5), daily_use(seq, today + 1, 1)]
    );
    transaction.commit().unwrap();
    assert_eq!(scene.integrity_issues(), []);
}

pub fn a_tampered_daily_usage_row_is_rejected_everywhere(place: &dyn BackendSource) {
    // The first can still be read as the uses of a day; the second can't.
    for altered in ["count = count + 1", "count = -1"] {
        let place = place.another_source();
        let scene = TestStore::new(&*place);
        let seq = scene.add(account_passcode(1, "Partner")).seq;
        let today = now().day();
        let mut transaction = scene.write();
        transaction.record_last_use(usage_record(seq, now(), "gate", 9)).unwrap();
        transaction.record_daily_use(daily_use(seq, today, 1)).unwrap();
        transaction.commit().unwrap();
        place.tamper(&format!("update daily_use set {altered}"));
        let mut transaction = scene.write();
        assert_integrity_error(transaction.list_daily_usage(seq, 0..=today));
        assert_integrity_error(transaction.record_daily_use(daily_use(seq, today, 1)));
        drop(transaction);
        let examined = scene.store.check_integrity();
        assert!(examined.is_err() || !examined.unwrap().is_empty());
    }
}

pub fn the_integrity_check_finds_daily_usage_above_the_total(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let seq = scene.add(account_passcode(1, "Partner")).seq;
    let mut transaction = scene.write();
    transaction.record_last_use(usage_record(seq, now(), "gate", 2)).unwrap();
    for day in 0..3 {
        transaction.record_daily_use(daily_use(seq, now().day() + day, 1)).unwrap();
    }
    transaction.commit().unwrap();
    assert!(!scene.integrity_issues().is_empty());
}

//! Last uses and uses per day.

use std::{ops::ControlFlow, slice::from_ref};

use gatepass::{
    domain::{
        instant::Day,
        seq::CredentialSeq,
        usage::{DailyUse, RETENTION_DAYS},
    },
    store::{
        Access, SortBy, StoreError, Transaction,
        port::{record::WithMac, tables::CredentialScan},
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, assert_integrity_error, authenticated, begin_raw, collect_rows,
            insert_passcodes, with_accounts,
        },
    },
    support::records::{account_passcode, all_days, now, usage_record},
};

fn daily_use(credential: CredentialSeq, day: Day, count: u64) -> DailyUse {
    DailyUse { credential, day, count }
}

/// Returns a row of a backend: the uses of the credential with this number on a day.
fn daily_use_row((credential, day, count): (i64, i64, u64)) -> WithMac<DailyUse> {
    authenticated(daily_use(CredentialSeq(credential), Day(day), count))
}

pub fn last_uses_are_set_and_scanned_by_number(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_passcodes(&mut *tx, 3);
    assert!(!tx.has_last_uses().unwrap());
    assert_eq!(collect_rows(|each| tx.scan_last_uses(each)), []);

    let [first, second] = [
        usage_record(CredentialSeq(3), now(), "here", 1),
        usage_record(CredentialSeq(1), now(), "there", 2),
    ]
    .map(authenticated);
    tx.put_last_uses(&[first.clone(), second.clone()]).unwrap();
    assert!(tx.has_last_uses().unwrap());
    assert_eq!(tx.find_last_uses(&[CredentialSeq(3)]).unwrap(), from_ref(&first));
    assert_eq!(tx.find_last_uses(&[CredentialSeq(2)]).unwrap(), []);
    assert_eq!(collect_rows(|each| tx.scan_last_uses(each)), [second.clone(), first]);

    // A backend stores any value, even an earlier use or a lower count.
    let again = authenticated(usage_record(CredentialSeq(3), now().plus(-1), "nowhere", 1));
    tx.put_last_uses(from_ref(&again)).unwrap();
    assert_eq!(collect_rows(|each| tx.scan_last_uses(each)), [second, again]);
}

pub fn last_uses_are_read_with_a_scan(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_passcodes(&mut *tx, 4);
    let used = [2, 4].map(|number| usage_record(CredentialSeq(number), now(), "here", 1));
    tx.put_last_uses(&used.map(authenticated)).unwrap();
    for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
        let mut last_uses = |with_usage| {
            let scan = CredentialScan { order: order.into(), with_usage };
            let rows = collect_rows(|each| tx.scan_credentials(scan, each)).into_iter();
            rows.map(|row| row.last_use.map(|row| row.record.credential.0)).collect::<Vec<_>>()
        };
        assert_eq!(last_uses(true), [None, Some(2), None, Some(4)], "{order:?}");
        assert_eq!(last_uses(false), [None; 4], "{order:?}");
    }
}

pub fn a_last_use_never_goes_back_and_counts_add_up(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let seq = store.add(account_passcode(1, "Partner")).seq;
    let record = |last_use| {
        store.commit_relaxed(|tx| tx.record_last_uses(&[last_use]).unwrap());
        store.read().find_last_use(seq).unwrap()
    };
    assert_eq!(store.read().find_last_use(seq).unwrap(), None);
    let usage = |after, peer, count| usage_record(seq, now().plus(after), peer, count);
    assert_eq!(record(usage(0, "here", 1)), Some(usage(0, "here", 1)));
    assert_eq!(record(usage(5, "there", 3)), Some(usage(5, "there", 4)));
    assert_eq!(record(usage(4, "late", 2)), Some(usage(5, "there", 6)));
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_scan_returns_each_last_use(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    store.add_passcodes(3);
    let mut tx = store.write();
    tx.record_last_uses(&[usage_record(CredentialSeq(2), now(), "here", 1)]).unwrap();
    for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
        let mut found = Vec::new();
        let scanned = tx.scan_with_usage(order, |credential, last_use| {
            found.push((credential.seq.0, last_use));
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        });
        scanned.unwrap();
        assert_eq!(
            found,
            [(1, None), (2, Some(usage_record(CredentialSeq(2), now(), "here", 1))), (3, None)]
        );
    }
}

pub fn usage_of_unknown_credentials_is_rejected(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let mut tx = store.write();
    assert_integrity_error(tx.record_last_uses(&[usage_record(
        CredentialSeq(1),
        now(),
        "here",
        1,
    )]));
}

pub fn daily_usage_is_set_and_listed_by_day(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_passcodes(&mut *tx, 3);
    assert_eq!(collect_rows(|each| tx.scan_daily_usage(each)), []);
    let all = [(1, 7, 1), (2, -1, 4), (2, 5, 2), (2, 7, 3), (3, 7, 9)].map(daily_use_row);
    let oldest = Day(-1);
    tx.put_daily_uses(&[3, 0, 4, 2, 1].map(|number| all[number].clone()), oldest).unwrap();
    assert_eq!(collect_rows(|each| tx.scan_daily_usage(each)), all);
    let mut listed =
        |first, last| tx.list_daily_usage(&[CredentialSeq(2)], Day(first)..=Day(last)).unwrap();
    assert_eq!(listed(5, 7), all[2..4]);
    assert_eq!(listed(6, 7), all[3..4]);
    assert_eq!(listed(-9, 6), all[1..3]);
    assert_eq!(listed(8, 9), []);

    // A backend stores any value, even a lower count.
    let again = daily_use_row((2, 7, 1));
    tx.put_daily_uses(from_ref(&again), oldest).unwrap();
    let listed = tx.list_daily_usage(&[CredentialSeq(2)], Day(7)..=Day(7)).unwrap();
    assert_eq!(listed, [again]);
}

pub fn daily_usage_before_a_day_is_removed_with_a_put(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    insert_passcodes(&mut *tx, 2);
    let rows = [(1, 1, 1), (1, 2, 1), (1, 3, 1), (2, 1, 1), (2, 2, 1), (2, 3, 1)];
    tx.put_daily_uses(&rows.map(daily_use_row), Day(1)).unwrap();
    let mut removed = tx.put_daily_uses(&[daily_use_row((2, 4, 1))], Day(3)).unwrap();
    removed.sort_by_key(|row| row.record.day);
    assert_eq!(removed, [(2, 1, 1), (2, 2, 1)].map(daily_use_row));
    let left = [(1, 1, 1), (1, 2, 1), (1, 3, 1), (2, 3, 1), (2, 4, 1)].map(daily_use_row);
    assert_eq!(collect_rows(|each| tx.scan_daily_usage(each)), left);
}

pub fn daily_usage_adds_up_and_old_days_are_removed(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let seq = store.add(account_passcode(1, "Partner")).seq;
    let today = now().day();
    let mut tx = store.write();
    for (day, count) in
        [(today, 2), (today, 3), (today.plus(-1), 1), (today.plus(1 - RETENTION_DAYS), 4)]
    {
        tx.record_daily_uses(&[daily_use(seq, day, count)]).unwrap();
        tx.record_last_uses(&[usage_record(seq, now(), "gate", count)]).unwrap();
    }
    let days = |tx: &mut Transaction<'_>| tx.list_daily_usage(seq, all_days()).unwrap();
    let oldest = daily_use(seq, today.plus(1 - RETENTION_DAYS), 4);
    assert_eq!(
        days(&mut tx),
        [oldest, daily_use(seq, today.plus(-1), 1), daily_use(seq, today, 5)]
    );
    tx.commit().unwrap();
    assert_eq!(store.integrity_issues(), []);

    let mut tx = store.write();
    tx.record_last_uses(&[usage_record(seq, now(), "gate", 1)]).unwrap();
    tx.record_daily_uses(&[daily_use(seq, today.plus(1), 1)]).unwrap();
    assert_eq!(
        days(&mut tx),
        [
            daily_use(seq, today.plus(-1), 1),
            daily_use(seq, today, 5),
            daily_use(seq, today.plus(1), 1)
        ]
    );
    tx.commit().unwrap();
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_tampered_daily_usage_row_is_rejected_everywhere(source: &dyn BackendSource) {
    // The first value is valid for the column, the second is not.
    for change in ["count = count + 1", "count = -1"] {
        let source = source.another_source();
        let store = TestStore::new(&*source);
        let seq = store.add(account_passcode(1, "Partner")).seq;
        let today = now().day();
        let mut tx = store.write();
        tx.record_last_uses(&[usage_record(seq, now(), "gate", 9)]).unwrap();
        tx.record_daily_uses(&[daily_use(seq, today, 1)]).unwrap();
        tx.commit().unwrap();
        source.tamper(&format!("update daily_use set {change}"));
        let mut tx = store.write();
        assert_integrity_error(tx.list_daily_usage(seq, Day::EPOCH..=today));
        assert_integrity_error(tx.record_daily_uses(&[daily_use(seq, today, 1)]));
        drop(tx);
        let checked = store.check_integrity();
        assert!(checked.is_err() || !checked.unwrap().is_empty());
    }
}

pub fn the_integrity_check_finds_daily_usage_above_the_total(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let seq = store.add(account_passcode(1, "Partner")).seq;
    let mut tx = store.write();
    tx.record_last_uses(&[usage_record(seq, now(), "gate", 2)]).unwrap();
    for day in 0..3 {
        tx.record_daily_uses(&[daily_use(seq, now().day().plus(day), 1)]).unwrap();
    }
    tx.commit().unwrap();
    assert!(!store.integrity_issues().is_empty());
}

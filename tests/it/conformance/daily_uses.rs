//! Uses by day.

use std::ops::ControlFlow;

use gatepass::{
    domain::last_use::{DailyUse, RETENTION_DAYS},
    store::{Access, Transaction, backend::BackendTransaction, record::WithMac},
};

use super::{Place, Scene, assert_refused, raw, sealed, with_accounts};
use crate::support::store::{now, partner, used};

fn on(credential: i64, day: i64, count: u64) -> DailyUse {
    DailyUse { credential, day, count }
}

fn scanned(transaction: &dyn BackendTransaction) -> Vec<WithMac<DailyUse>> {
    let mut found = Vec::new();
    transaction
        .scan_daily_usage(&mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

pub fn uses_by_day_are_set_and_listed_by_day(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    for number in 1..=3 {
        transaction.insert_credential(&sealed(partner(number, "Partner"))).unwrap();
    }
    assert_eq!(scanned(&*transaction), []);
    let all = [on(1, 7, 1), on(2, -1, 4), on(2, 5, 2), on(2, 7, 3), on(3, 7, 9)].map(sealed);
    for number in [3, 0, 4, 2, 1] {
        transaction.put_daily_use(&all[number]).unwrap();
    }
    assert_eq!(scanned(&*transaction), all);
    assert_eq!(transaction.list_daily_usage(2, 5..=7).unwrap(), all[2..4]);
    assert_eq!(transaction.list_daily_usage(2, 6..=7).unwrap(), all[3..4]);
    assert_eq!(transaction.list_daily_usage(2, -9..=6).unwrap(), all[1..3]);
    assert_eq!(transaction.list_daily_usage(2, 8..=9).unwrap(), []);

    // What it is to become is not its business, not even whether that is less.
    let again = sealed(on(2, 7, 1));
    transaction.put_daily_use(&again).unwrap();
    assert_eq!(transaction.list_daily_usage(2, 7..=7).unwrap(), [again]);
}

pub fn days_are_removed_of_one_credential_up_to_one_day(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    for number in 1..=2 {
        transaction.insert_credential(&sealed(partner(number, "Partner"))).unwrap();
        for day in 1..=3 {
            transaction.put_daily_use(&sealed(on(number.into(), day, 1))).unwrap();
        }
    }
    transaction.remove_daily_usage(2, 3).unwrap();
    transaction.remove_daily_usage(3, 3).unwrap();
    let left = [on(1, 1, 1), on(1, 2, 1), on(1, 3, 1), on(2, 3, 1)].map(sealed);
    assert_eq!(scanned(&*transaction), left);
}

pub fn uses_of_one_day_add_up_and_old_days_are_forgotten(place: &dyn Place) {
    let scene = Scene::new(place);
    let seq = scene.add(partner(1, "Partner")).seq;
    let today = now().day();
    let mut transaction = scene.write();
    for (day, count) in [(today, 2), (today, 3), (today - 1, 1), (today - RETENTION_DAYS + 1, 4)] {
        transaction.record_daily_use(on(seq, day, count)).unwrap();
        transaction.record_last_use(used(seq, now(), "gate", count)).unwrap();
    }
    let days =
        |transaction: &Transaction<'_>| transaction.list_daily_usage(seq, 0..=i64::MAX).unwrap();
    let oldest = on(seq, today - RETENTION_DAYS + 1, 4);
    assert_eq!(days(&transaction), [oldest, on(seq, today - 1, 1), on(seq, today, 5)]);
    transaction.commit().unwrap();
    assert_eq!(scene.problems(), []);

    let mut transaction = scene.write();
    transaction.record_last_use(used(seq, now(), "gate", 1)).unwrap();
    transaction.record_daily_use(on(seq, today + 1, 1)).unwrap();
    assert_eq!(
        days(&transaction),
        [on(seq, today - 1, 1), on(seq, today, 5), on(seq, today + 1, 1)]
    );
    transaction.commit().unwrap();
    assert_eq!(scene.problems(), []);
}

pub fn an_altered_day_is_refused_wherever_it_is_met(place: &dyn Place) {
    // The first can still be read as the uses of a day; the second can't.
    for altered in ["count = count + 1", "count = -1"] {
        let place = place.another();
        let scene = Scene::new(&*place);
        let seq = scene.add(partner(1, "Partner")).seq;
        let today = now().day();
        let mut transaction = scene.write();
        transaction.record_last_use(used(seq, now(), "gate", 9)).unwrap();
        transaction.record_daily_use(on(seq, today, 1)).unwrap();
        transaction.commit().unwrap();
        place.tamper(&format!("update daily_use set {altered}"));
        let mut transaction = scene.write();
        assert_refused(transaction.list_daily_usage(seq, 0..=today));
        assert_refused(transaction.record_daily_use(on(seq, today, 1)));
        drop(transaction);
        let examined = scene.store.check_integrity();
        assert!(examined.is_err() || !examined.unwrap().is_empty());
    }
}

pub fn more_uses_on_its_days_than_in_all_are_found_by_the_examination(place: &dyn Place) {
    let scene = Scene::new(place);
    let seq = scene.add(partner(1, "Partner")).seq;
    let mut transaction = scene.write();
    transaction.record_last_use(used(seq, now(), "gate", 2)).unwrap();
    for day in 0..3 {
        transaction.record_daily_use(on(seq, now().day() + day, 1)).unwrap();
    }
    transaction.commit().unwrap();
    assert!(!scene.problems().is_empty());
}

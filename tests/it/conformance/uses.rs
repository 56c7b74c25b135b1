//! Last uses.

use std::ops::ControlFlow;

use gatepass::{
    domain::last_use::LastUse,
    store::{Access, SortBy, StoreError, backend::BackendTransaction, record::WithMac},
};

use super::{Place, Scene, assert_refused, raw, sealed, with_accounts};
use crate::support::store::{now, partner, used};

fn scanned(transaction: &dyn BackendTransaction) -> Vec<WithMac<LastUse>> {
    let mut found = Vec::new();
    transaction
        .scan_last_uses(&mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

pub fn last_uses_are_set_and_scanned_by_number(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    for number in 1..=3 {
        transaction.insert_credential(&sealed(partner(number, "Partner"))).unwrap();
    }
    assert!(!transaction.has_last_uses().unwrap());
    assert_eq!(scanned(&*transaction), []);

    let [first, second] = [used(3, now(), "here", 1), used(1, now(), "there", 2)].map(sealed);
    transaction.put_last_use(&first).unwrap();
    transaction.put_last_use(&second).unwrap();
    assert!(transaction.has_last_uses().unwrap());
    assert_eq!(transaction.find_last_use(3).unwrap().as_ref(), Some(&first));
    assert_eq!(transaction.find_last_use(2).unwrap(), None);
    assert_eq!(scanned(&*transaction), [second.clone(), first]);

    // What it is to become is not its business, not even whether that is earlier and less.
    let again = sealed(used(3, now().plus(-1), "nowhere", 1));
    transaction.put_last_use(&again).unwrap();
    assert_eq!(scanned(&*transaction), [second, again]);
}

pub fn a_scan_may_ask_for_last_uses(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    for number in 1..=4 {
        transaction.insert_credential(&sealed(partner(number, "Partner"))).unwrap();
    }
    for number in [2, 4] {
        transaction.put_last_use(&sealed(used(number, now(), "here", 1))).unwrap();
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

pub fn a_last_use_never_goes_back_and_its_count_adds_up(place: &dyn Place) {
    let scene = Scene::new(place);
    let seq = scene.add(partner(1, "Partner")).seq;
    let note = |last_use| {
        let mut transaction = scene.store.begin(Access::WriteRelaxed).unwrap().unwrap();
        transaction.record_last_use(last_use).unwrap();
        transaction.commit().unwrap();
        scene.read().find_last_use(seq).unwrap()
    };
    assert_eq!(scene.read().find_last_use(seq).unwrap(), None);
    assert_eq!(note(used(seq, now(), "here", 1)), Some(used(seq, now(), "here", 1)));
    let later = now().plus(5);
    assert_eq!(note(used(seq, later, "there", 3)), Some(used(seq, later, "there", 4)));
    assert_eq!(note(used(seq, now().plus(4), "late", 2)), Some(used(seq, later, "there", 6)));
    assert_eq!(scene.problems(), []);
}

pub fn a_scan_tells_the_last_use_of_each(place: &dyn Place) {
    let scene = Scene::new(place);
    for number in 1..=3 {
        scene.add(partner(number, &format!("P{number}")));
    }
    let mut transaction = scene.write();
    transaction.record_last_use(used(2, now(), "here", 1)).unwrap();
    for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
        let mut found = Vec::new();
        let scanned = transaction.scan_with_usage(order, |credential, last_use| {
            found.push((credential.seq, last_use));
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        });
        scanned.unwrap();
        assert_eq!(found, [(1, None), (2, Some(used(2, now(), "here", 1))), (3, None)]);
    }
}

pub fn who_does_not_exist_is_not_used(place: &dyn Place) {
    let scene = Scene::new(place);
    let mut transaction = scene.write();
    assert_refused(transaction.record_last_use(used(1, now(), "here", 1)));
}

//! Scans: everything once, in order.

use std::ops::ControlFlow;

use gatepass::{
    domain::instant::DAY,
    store::{Access, SortBy, StoreError, Transaction, backend::BackendTransaction},
};

use super::{Place, Scene, raw, sealed, with_accounts};
use crate::support::store::{deleted, ending, now, partner, revoked, unending, user};

fn scanned(transaction: &dyn BackendTransaction, order: SortBy) -> Vec<i64> {
    let mut found = Vec::new();
    transaction
        .scan_credentials(order, &mut |row| {
            found.push(row.record.seq);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

pub fn scans_follow_creation_names_or_ends(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    let end = |days: i64| now().plus(days * DAY);
    // Written in neither of the orders; those that are revoked or deleted are there as well.
    for credential in [
        ending(partner(3, "alpha"), end(2)),
        revoked(ending(partner(1, "gamma"), end(3))),
        deleted(ending(user(2, "beta@example.com"), end(1))),
    ] {
        transaction.insert_credential(&sealed(credential)).unwrap();
    }
    assert_eq!(scanned(&*transaction, SortBy::Created), [1, 2, 3]);
    assert_eq!(scanned(&*transaction, SortBy::Name), [3, 2, 1]);
    assert_eq!(scanned(&*transaction, SortBy::Expiry), [2, 3, 1]);
}

pub fn names_are_ordered_by_code_point(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    let in_order = ["Z", "Zoë", "a", "a b", "aB", "ab", "z", "É", "é", "ￜ", "𝄞"];
    for (number, name) in (1..).zip(in_order).collect::<Vec<_>>().into_iter().rev() {
        transaction.insert_credential(&sealed(partner(number, name))).unwrap();
    }
    let expected: Vec<i64> = (1..).take(in_order.len()).collect();
    assert_eq!(scanned(&*transaction, SortBy::Name), expected);
}

pub fn those_without_an_end_come_last_and_ties_by_number(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    let soon = now().plus(1);
    for credential in [
        unending(partner(6, "same")),
        unending(partner(1, "same")),
        ending(partner(5, "same"), soon),
        ending(partner(2, "same"), soon),
        ending(partner(4, "same"), soon.plus(1)),
        ending(partner(3, "same"), soon),
    ] {
        transaction.insert_credential(&sealed(credential)).unwrap();
    }
    assert_eq!(scanned(&*transaction, SortBy::Expiry), [2, 3, 5, 4, 1, 6]);
    assert_eq!(scanned(&*transaction, SortBy::Name), [1, 2, 3, 4, 5, 6]);
}

pub fn a_scan_stops_when_it_is_told_to(place: &dyn Place) {
    let scene = Scene::new(place);
    for number in 1..=3 {
        scene.add(partner(number, &format!("P{number}")));
    }
    let transaction = scene.read();
    let mut seen = 0;
    let stopped = transaction.scan_credentials(SortBy::Created, |credential| {
        seen += 1;
        let enough = credential.seq == 2;
        Ok::<_, StoreError>(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    assert!(stopped.is_ok() && seen == 2, "{seen}");
    let failed = transaction.scan_credentials(SortBy::Name, |_| Err(StoreError::DiskFull));
    assert!(matches!(failed, Err(StoreError::DiskFull)), "what the callback answers is passed on");
}

pub fn a_scan_includes_what_its_own_transaction_added(place: &dyn Place) {
    let scene = Scene::new(place);
    scene.add(partner(1, "First"));
    let mut transaction = scene.write();
    scene.add_in(&mut transaction, partner(2, "Second"));
    for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
        assert_eq!(verified(&transaction, order).unwrap(), [1, 2], "{order:?}");
    }
}

/// The numbers of a scan through the door.
pub fn verified(transaction: &Transaction<'_>, order: SortBy) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    transaction.scan_with_usage(order, |credential, _| {
        found.push(credential.seq);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

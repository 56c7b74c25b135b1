//! Scans: everything once, in order.

use std::ops::ControlFlow;

use gatepass::{
    domain::instant::DAY,
    store::{Access, SortBy, StoreError, Transaction, port::backend::BackendTransaction},
};

use crate::{
    conformance::{BackendSource, TestStore, authenticated, begin_raw, with_accounts},
    support::records::{
        account_passcode, deleted, expiring_at, never_expiring, now, revoked, user_passcode,
    },
};

fn scan_numbers(transaction: &dyn BackendTransaction, order: SortBy) -> Vec<i64> {
    let mut found = Vec::new();
    transaction
        .scan_credentials(order, &mut |row| {
            found.push(row.record.seq);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

pub fn scans_are_sorted_by_creation_name_or_expiry(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let end = |days: i64| now().plus(days * DAY);
    // Written in neither of the orders; those that are revoked or deleted are there as well.
    for credential in [
        expiring_at(account_passcode(3, "alpha"), end(2)),
        revoked(expiring_at(account_passcode(1, "gamma"), end(3))),
        deleted(expiring_at(user_passcode(2, "beta@example.com"), end(1))),
    ] {
        transaction.insert_credential(&authenticated(credential)).unwrap();
    }
    assert_eq!(scan_numbers(&*transaction, SortBy::Created), [1, 2, 3]);
    assert_eq!(scan_numbers(&*transaction, SortBy::Name), [3, 2, 1]);
    assert_eq!(scan_numbers(&*transaction, SortBy::Expiry), [2, 3, 1]);
}

pub fn names_are_ordered_by_code_point(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let in_order = ["Z", "Zoë", "a", "a b", "aB", "ab", "z", "É", "é", "ￜ", "𝄞"];
    for (number, name) in (1..).zip(in_order).collect::<Vec<_>>().into_iter().rev() {
        transaction.insert_credential(&authenticated(account_passcode(number, name))).unwrap();
    }
    let expected: Vec<i64> = (1..).take(in_order.len()).collect();
    assert_eq!(scan_numbers(&*transaction, SortBy::Name), expected);
}

pub fn credentials_without_expiry_come_last_and_ties_by_number(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let soon = now().plus(1);
    for credential in [
        never_expiring(account_passcode(6, "same")),
        never_expiring(account_passcode(1, "same")),
        expiring_at(account_passcode(5, "same"), soon),
        expiring_at(account_passcode(2, "same"), soon),
        expiring_at(account_passcode(4, "same"), soon.plus(1)),
        expiring_at(account_passcode(3, "same"), soon),
    ] {
        transaction.insert_credential(&authenticated(credential)).unwrap();
    }
    assert_eq!(scan_numbers(&*transaction, SortBy::Expiry), [2, 3, 5, 4, 1, 6]);
    assert_eq!(scan_numbers(&*transaction, SortBy::Name), [1, 2, 3, 4, 5, 6]);
}

pub fn a_scan_stops_on_break(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    for number in 1..=3 {
        scene.add(account_passcode(number, &format!("P{number}")));
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

pub fn a_scan_includes_its_transactions_own_inserts(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    scene.add(account_passcode(1, "First"));
    let mut transaction = scene.write();
    scene.add_in(&mut transaction, account_passcode(2, "Second"));
    for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
        assert_eq!(scan_verified(&transaction, order).unwrap(), [1, 2], "{order:?}");
    }
}

/// The numbers of a scan through the door.
pub fn scan_verified(transaction: &Transaction<'_>, order: SortBy) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    transaction.scan_with_usage(order, |credential, _| {
        found.push(credential.seq);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

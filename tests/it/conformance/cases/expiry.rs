//! The index of expiries.

use gatepass::{
    domain::{
        audit::Action,
        credential::lifetime::Expiry,
        instant::{DAY, Instant},
    },
    store::{Access, Transaction},
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, audit_context, authenticated, begin_raw, found_rows, insert_credential,
            insert_row, with_accounts,
        },
    },
    support::records::{
        account_passcode, deleted, expiring_at, never_expiring, now, revoked, user_passcode,
    },
};

pub fn expiries_are_listed_up_to_the_bound(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let bound = now().plus(10 * DAY);
    for (number, end) in [(3, bound.plus(-1)), (2, bound), (1, bound.plus(-1)), (4, bound.plus(-9))]
    {
        insert_row(&mut *tx, expiring_at(account_passcode(number, "P"), end));
    }
    let mut list = |end: Instant| {
        let listed = found_rows(tx.list_expiring_by(end)).into_iter();
        listed.map(|row| (row.record.seq.0, row.record.expiry)).collect::<Vec<_>>()
    };

    let (early, late) = (bound.plus(-9), bound.plus(-1));
    assert_eq!(list(late), [(4, Expiry::At(early)), (1, Expiry::At(late)), (3, Expiry::At(late))]);
    assert_eq!(list(bound).len(), 4);
    assert_eq!(list(bound.plus(-10)), []);
}

pub fn revoked_deleted_and_unlimited_credentials_do_not_expire(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let end = now().plus(DAY);
    let expiring = expiring_at(account_passcode(5, "Ends"), end);
    for credential in [
        revoked(expiring_at(account_passcode(1, "Revoked"), end)),
        deleted(expiring_at(user_passcode(2, "deleted@example.com"), end)),
        deleted(revoked(expiring_at(user_passcode(3, "both@example.com"), end))),
        never_expiring(account_passcode(4, "Endless")),
        expiring.clone(),
    ] {
        insert_row(&mut *tx, credential);
    }
    assert_eq!(found_rows(tx.list_expiring_by(Instant::MAX)), [authenticated(expiring)]);
}

/// Returns the numbers of the credentials that expire by an instant, after verification.
fn numbers(tx: &mut Transaction<'_>, instant: Instant) -> Vec<i64> {
    let ending = tx.list_expiring_by(instant).unwrap();
    ending.into_iter().map(|credential| credential.seq.0).collect()
}

pub fn the_transaction_lists_credentials_ended_at_an_instant(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let end = now().plus(10 * DAY);
    for (number, end) in [(1, end.plus(1)), (2, end), (3, end.plus(-3 * DAY))] {
        store.add(expiring_at(account_passcode(number, &format!("P{number}")), end));
    }
    let mut tx = store.read();
    assert_eq!(numbers(&mut tx, end.plus(-1)), [3]);
    assert_eq!(numbers(&mut tx, end), [2, 3], "expired at that instant");
    assert_eq!(numbers(&mut tx, end.plus(1)), [1, 2, 3]);
    assert_eq!(numbers(&mut tx, Instant::MAX), [1, 2, 3]);
    assert_eq!(numbers(&mut tx, Instant::EPOCH), [0; 0]);
    // Expiries are counted by whole days: both that expire on the last day count from its first second.
    let midnight = end.day().start();
    assert_eq!(tx.count_expiring_by_end_of_day(midnight.plus(-1)).unwrap(), 1);
    assert_eq!(tx.count_expiring_by_end_of_day(midnight).unwrap(), 3);
}

pub fn expiry_lists_include_the_transactions_own_changes(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let end = now().plus(DAY);
    let first = store.add(expiring_at(account_passcode(1, "First"), end));
    let mut tx = store.write();
    insert_credential(&mut tx, expiring_at(account_passcode(2, "Second"), end));
    assert_eq!(numbers(&mut tx, end), [1, 2]);
    assert_eq!(tx.count_used_slots(store.account.key).unwrap(), 2);

    tx.update_credential(&audit_context(Action::Revoke), revoked(first)).unwrap();
    assert_eq!(numbers(&mut tx, end), [2]);
    assert_eq!(tx.count_expiring_by_end_of_day(end).unwrap(), 1);
    tx.commit().unwrap();
    assert_eq!(numbers(&mut store.read(), end), [2]);
    assert_eq!(store.integrity_issues(), []);
}

//! What ends by itself, and when.

use gatepass::{
    domain::{
        audit::Action,
        instant::{DAY, Instant},
    },
    store::{Access, Transaction},
};

use crate::{
    conformance::{
        BackendSource, TestStore, audit_context, authenticated, begin_raw, with_accounts,
    },
    support::records::{
        account_passcode, deleted, expiring_at, never_expiring, now, revoked, user_passcode,
    },
};

pub fn expiries_are_listed_strictly_before_the_bound(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let bound = now().plus(10 * DAY);
    for (number, end) in [(3, bound.plus(-1)), (2, bound), (1, bound.plus(-1)), (4, bound.plus(-9))]
    {
        transaction
            .insert_credential(&authenticated(expiring_at(account_passcode(number, "P"), end)))
            .unwrap();
    }
    let list = |before: Instant| transaction.list_expiring_before(before.unix()).unwrap();
    let at = |end: Instant| end.unix();
    assert_eq!(
        list(bound),
        [(4, at(bound.plus(-9))), (1, at(bound.plus(-1))), (3, at(bound.plus(-1)))]
    );
    assert_eq!(list(bound.plus(1)).len(), 4);
    assert_eq!(list(bound.plus(-9)), []);
}

pub fn revoked_deleted_and_unlimited_credentials_do_not_expire(place: &dyn BackendSource) {
    let backend = with_accounts(place);
    let transaction = begin_raw(&*backend, Access::Write);
    let end = now().plus(DAY);
    for credential in [
        revoked(expiring_at(account_passcode(1, "Revoked"), end)),
        deleted(expiring_at(user_passcode(2, "deleted@example.com"), end)),
        deleted(revoked(expiring_at(user_passcode(3, "both@example.com"), end))),
        never_expiring(account_passcode(4, "Endless")),
        expiring_at(account_passcode(5, "Ends"), end),
    ] {
        transaction.insert_credential(&authenticated(credential)).unwrap();
    }
    assert_eq!(transaction.list_expiring_before(i64::MAX).unwrap(), [(5, end.unix())]);
}

/// The numbers of those that end by an instant, as the door tells them.
fn numbers(transaction: &Transaction<'_>, instant: Instant) -> Vec<i64> {
    let ending = transaction.list_expiring_by(instant).unwrap();
    ending.into_iter().map(|credential| credential.seq).collect()
}

pub fn the_transaction_lists_credentials_ended_at_an_instant(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let end = now().plus(10 * DAY);
    for (number, end) in [(1, end.plus(1)), (2, end), (3, end.plus(-3 * DAY))] {
        scene.add(expiring_at(account_passcode(number, &format!("P{number}")), end));
    }
    let transaction = scene.read();
    assert_eq!(numbers(&transaction, end.plus(-1)), [3]);
    assert_eq!(numbers(&transaction, end), [2, 3], "it is dead at that very instant");
    assert_eq!(numbers(&transaction, end.plus(1)), [1, 2, 3]);
    assert_eq!(numbers(&transaction, Instant::MAX), [1, 2, 3]);
    assert_eq!(numbers(&transaction, Instant::EPOCH), [0; 0]);
    // Counted by whole days: the two that end on that day count from its first second on.
    let midnight = Instant::from_unix(end.day() * DAY);
    assert_eq!(transaction.count_expiring_by_end_of_day(midnight.plus(-1)).unwrap(), 1);
    assert_eq!(transaction.count_expiring_by_end_of_day(midnight).unwrap(), 3);
}

pub fn expiry_lists_include_the_transactions_own_changes(place: &dyn BackendSource) {
    let scene = TestStore::new(place);
    let end = now().plus(DAY);
    let first = scene.add(expiring_at(account_passcode(1, "First"), end));
    let mut transaction = scene.write();
    scene.add_in(&mut transaction, expiring_at(account_passcode(2, "Second"), end));
    assert_eq!(numbers(&transaction, end), [1, 2]);
    assert_eq!(transaction.count_used_slots(scene.account.key).unwrap(), 2);

    let stamp = &audit_context(Action::Revoke);
    let after = revoked(first.clone());
    transaction.update_credential(stamp, after).unwrap();
    assert_eq!(numbers(&transaction, end), [2]);
    assert_eq!(transaction.count_expiring_by_end_of_day(end).unwrap(), 1);
    transaction.commit().unwrap();
    assert_eq!(numbers(&scene.read(), end), [2]);
    assert_eq!(scene.integrity_issues(), []);
}

//! What ends by itself, and when.

use gatepass::{
    domain::{
        audit::Action,
        instant::{DAY, Instant},
    },
    store::{Access, Transaction},
};

use super::{Place, Scene, raw, sealed, stamp, with_accounts};
use crate::support::store::{deleted, ending, now, partner, revoked, unending, user};

pub fn an_end_lies_before_the_bound_not_at_it(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    let bound = now().plus(10 * DAY);
    for (number, end) in [(3, bound.plus(-1)), (2, bound), (1, bound.plus(-1)), (4, bound.plus(-9))]
    {
        transaction.insert_credential(&sealed(ending(partner(number, "P"), end))).unwrap();
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

pub fn what_is_revoked_deleted_or_endless_does_not_end(place: &dyn Place) {
    let backend = with_accounts(place);
    let transaction = raw(&*backend, Access::Write);
    let end = now().plus(DAY);
    for credential in [
        revoked(ending(partner(1, "Revoked"), end)),
        deleted(ending(user(2, "deleted@example.com"), end)),
        deleted(revoked(ending(user(3, "both@example.com"), end))),
        unending(partner(4, "Endless")),
        ending(partner(5, "Ends"), end),
    ] {
        transaction.insert_credential(&sealed(credential)).unwrap();
    }
    assert_eq!(transaction.list_expiring_before(i64::MAX).unwrap(), [(5, end.unix())]);
}

/// The numbers of those that end by an instant, as the door tells them.
fn numbers(transaction: &Transaction<'_>, instant: Instant) -> Vec<i64> {
    let ending = transaction.list_expiring_by(instant).unwrap();
    ending.into_iter().map(|credential| credential.seq).collect()
}

pub fn the_door_tells_who_is_dead_at_an_instant(place: &dyn Place) {
    let scene = Scene::new(place);
    let end = now().plus(10 * DAY);
    for (number, end) in [(1, end.plus(1)), (2, end), (3, end.plus(-3 * DAY))] {
        scene.add(ending(partner(number, &format!("P{number}")), end));
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

pub fn what_the_transaction_itself_changed_is_counted(place: &dyn Place) {
    let scene = Scene::new(place);
    let end = now().plus(DAY);
    let first = scene.add(ending(partner(1, "First"), end));
    let mut transaction = scene.write();
    scene.add_in(&mut transaction, ending(partner(2, "Second"), end));
    assert_eq!(numbers(&transaction, end), [1, 2]);
    assert_eq!(transaction.count_used_slots(scene.account.key).unwrap(), 2);

    let stamp = &stamp(Action::Revoke);
    let after = revoked(first.clone());
    transaction.update_credential(stamp, after).unwrap();
    assert_eq!(numbers(&transaction, end), [2]);
    assert_eq!(transaction.count_expiring_by_end_of_day(end).unwrap(), 1);
    transaction.commit().unwrap();
    assert_eq!(numbers(&scene.read(), end), [2]);
    assert_eq!(scene.problems(), []);
}

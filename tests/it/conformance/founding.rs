//! Founding: once, under one key.

use std::{sync::Barrier, thread};

use gatepass::store::{Access, Store, StoreError};

use super::{Place, Scene};
use crate::support::store::{keys, now};

pub fn a_store_that_was_never_founded_answers_none(place: &dyn Place) {
    let store = Store::new(place.open(), keys(1));
    for access in [Access::Read, Access::Write, Access::WriteRelaxed] {
        assert!(store.begin(access).unwrap().is_none(), "{access:?}");
    }
    assert_eq!(store.check_integrity().unwrap().len(), 1);
}

pub fn a_founded_store_is_empty_and_knows_when_it_began(place: &dyn Place) {
    let store = Store::new(place.open(), keys(1));
    store.init(now()).unwrap().commit().unwrap();

    let transaction = store.begin(Access::Read).unwrap().unwrap();
    let head = transaction.head();
    assert_eq!((head.created_at, head.audit_at, head.escrowed_at), (now(), now(), None));
    assert_eq!((head.accounts, head.credentials, head.audit_seq), (0, 0, 0));
    assert!(transaction.accounts().unwrap().is_empty());
    drop(transaction);
    assert_eq!(store.check_integrity().unwrap(), []);
}

pub fn a_founding_that_is_dropped_did_not_happen(place: &dyn Place) {
    let store = Store::new(place.open(), keys(1));
    drop(store.init(now()).unwrap());
    assert!(store.begin(Access::Read).unwrap().is_none());
}

pub fn a_second_founding_leaves_the_first_as_it_is(place: &dyn Place) {
    let scene = Scene::new(place);
    let again = scene.store.init(now().plus(60)).unwrap();
    assert_eq!((again.head().created_at, again.head().accounts), (now(), 1));
}

pub fn of_many_that_found_at_once_one_does(place: &dyn Place) {
    const RACERS: i64 = 8;
    place.open();
    let start = Barrier::new(RACERS as usize);
    let found = |racer: i64| {
        let store = Store::new(place.open(), keys(1));
        start.wait();
        let transaction = store.init(now().plus(racer)).unwrap();
        let created_at = transaction.head().created_at;
        transaction.commit().unwrap();
        created_at
    };
    let seen: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> = (0..RACERS).map(|racer| scope.spawn(move || found(racer))).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert!(seen.iter().all(|created_at| *created_at == seen[0]), "{seen:?}");
}

pub fn another_key_is_refused_at_every_entrance(place: &dyn Place) {
    drop(Scene::new(place));
    let stranger = Store::new(place.open(), keys(2));
    for access in [Access::Read, Access::Write, Access::WriteRelaxed] {
        assert!(matches!(stranger.begin(access).err(), Some(StoreError::WrongKey)), "{access:?}");
    }
    assert!(matches!(stranger.init(now()).err(), Some(StoreError::WrongKey)));
    assert!(matches!(stranger.check_integrity(), Err(StoreError::WrongKey)));
}

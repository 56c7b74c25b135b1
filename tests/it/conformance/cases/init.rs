//! Initialization: a store is initialized once, with one key.

use std::{sync::Barrier, thread};

use gatepass::{
    domain::seq::{AuditSeq, CredentialSeq},
    store::{Access, Store, StoreError},
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{TestStore, assert_integrity_error, read_head},
    },
    support::records::{keys, now},
};

pub fn an_uninitialized_store_has_no_head(source: &dyn BackendSource) {
    let backend = source.open();
    for access in [Access::Read, Access::Write, Access::WriteRelaxed] {
        assert_eq!(backend.begin(access).unwrap().head, None, "{access:?}");
    }
    let store = Store::new(backend, keys(1));
    for access in [Access::Read, Access::Write, Access::WriteRelaxed] {
        assert_integrity_error(store.begin(access));
    }
    assert_eq!(store.check_integrity().unwrap().len(), 1);
}

pub fn a_new_store_is_empty_and_knows_its_creation_time(source: &dyn BackendSource) {
    let store = Store::new(source.open(), keys(1));
    store.init(now()).unwrap().commit().unwrap();

    let mut tx = store.begin(Access::Read).unwrap();
    let head = tx.head();
    assert_eq!((head.created_at, head.audit_at, head.escrowed_at), (now(), now(), None));
    assert_eq!(
        (head.accounts, head.credentials, head.audit_seq),
        (0, CredentialSeq::NONE, AuditSeq::NONE)
    );
    assert!(tx.accounts().unwrap().is_empty());
    drop(tx);
    assert_eq!(store.check_integrity().unwrap(), []);
}

pub fn a_dropped_init_leaves_nothing(source: &dyn BackendSource) {
    let store = Store::new(source.open(), keys(1));
    drop(store.init(now()).unwrap());
    assert_eq!(read_head(&*source.open()), None);
}

pub fn a_second_init_keeps_the_first(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let again = store.init(now().plus(60)).unwrap();
    assert_eq!((again.head().created_at, again.head().accounts), (now(), 1));
}

pub fn one_of_many_concurrent_inits_succeeds(source: &dyn BackendSource) {
    const RACERS: i64 = 8;
    source.open();
    let start = Barrier::new(RACERS as usize);
    let found = |racer: i64| {
        let store = Store::new(source.open(), keys(1));
        start.wait();
        let tx = store.init(now().plus(racer)).unwrap();
        let created_at = tx.head().created_at;
        tx.commit().unwrap();
        created_at
    };
    let seen: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> = (0..RACERS).map(|racer| scope.spawn(move || found(racer))).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert!(seen.iter().all(|created_at| *created_at == seen[0]), "{seen:?}");
}

pub fn another_key_is_rejected_everywhere(source: &dyn BackendSource) {
    drop(TestStore::new(source));
    let stranger = Store::new(source.open(), keys(2));
    for access in [Access::Read, Access::Write, Access::WriteRelaxed] {
        assert!(matches!(stranger.begin(access).err(), Some(StoreError::WrongKey)), "{access:?}");
    }
    assert!(matches!(stranger.init(now()).err(), Some(StoreError::WrongKey)));
    assert!(matches!(stranger.check_integrity(), Err(StoreError::WrongKey)));
}

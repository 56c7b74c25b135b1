//! Commits in doubt: the connection was lost before the database confirmed the commit.

use gatepass::{
    domain::audit::{Action, ChangeId},
    store::{Access, Store, StoreError},
};

use super::{
    network::{FOREVER, Lost},
    suite::RemoteSource,
};
use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{TestStore, audit_context, insert_credential, read_head},
    },
    support::records::{account, account_passcode, id, keys, now},
};

/// Adds passcode `number`. Returns the id of the change, and the result of the commit.
fn add(store: &Store, number: u8) -> (ChangeId, Result<(), StoreError>) {
    let mut tx = store.begin(Access::Write).unwrap();
    insert_credential(&mut tx, account_passcode(number, &format!("P{number}")));
    let end = tx.audit_position();
    (ChangeId::new(end.seq, &end.link), tx.commit())
}

/// Checks whether the store has passcode `number` and the audit record of the change that added it.
#[track_caller]
fn assert_there(store: &TestStore, number: u8, change: ChangeId, is_there: bool) {
    let mut tx = store.read();
    let found = tx.find_credential_by_id(id(number)).unwrap();
    let record = tx.find_change(change).unwrap();
    assert_eq!((found.is_some(), record.is_some()), (is_there, is_there), "passcode {number}");
}

pub fn a_doubtful_commit_is_resolved(source: &RemoteSource) {
    let (store, mut number) = (TestStore::new(source), 0);
    for lost in Lost::EITHER {
        for refused_attempts in 0..=2 {
            number += 1;
            source.network.refuse_after_loss(refused_attempts);
            source.network.lose_commit(1, lost);
            let (change, result) = add(&store, number);
            match (lost, result) {
                (Lost::Answer, Ok(())) | (Lost::Request, Err(StoreError::CommitLost)) => {}
                (lost, result) => panic!("{lost:?}, {refused_attempts}: {result:?}"),
            }
            assert_there(&store, number, change, lost == Lost::Answer);
        }
    }
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_commit_stays_unknown_without_a_connection(source: &RemoteSource) {
    let store = TestStore::new(source);
    for (number, lost) in [1, 2].into_iter().zip(Lost::EITHER) {
        source.network.refuse_after_loss(FOREVER);
        source.network.lose_commit(1, lost);
        let (change, result) = add(&store, number);
        match result {
            Err(StoreError::CommitUnknown(Some(unknown))) => assert_eq!(unknown, change),
            result => panic!("{lost:?}: {result:?}"),
        }
        assert!(store.begin(Access::Read).is_err(), "there is no connection yet");
        source.network.restore();
        assert_there(&store, number, change, lost == Lost::Answer);
    }
    let (change, result) = add(&store, 3);
    result.unwrap();
    assert_there(&store, 3, change, true);
    assert_eq!(store.integrity_issues(), []);
}

pub fn a_change_without_an_audit_record_stays_unknown(source: &RemoteSource) {
    for lost in Lost::EITHER {
        let source = source.another();
        let store = TestStore::new(&source);
        let added = store.add(account_passcode(1, "Partner"));
        source.network.lose_commit(1, lost);
        let mut tx = store.begin(Access::WriteRelaxed).unwrap();
        tx.mark_delivered(&added, now().plus(1)).unwrap();
        let result = tx.commit();
        assert!(matches!(result, Err(StoreError::CommitUnknown(None))), "{lost:?}: {result:?}");
        let found = store.read().get_credential(added.seq).unwrap();
        assert_eq!(found.secrets.delivered_at.is_some(), lost == Lost::Answer);
    }
}

pub fn a_doubtful_init_is_resolved(source: &RemoteSource) {
    for lost in Lost::EITHER {
        let source = source.another();
        let store = Store::new(source.open(), keys(1));
        source.network.lose_commit(1, lost);
        let mut tx = store.init(now()).unwrap();
        tx.insert_account(&audit_context(Action::AccountAdd), account("948-4KK-444Z")).unwrap();
        match (lost, tx.commit()) {
            (Lost::Answer, Ok(())) | (Lost::Request, Err(StoreError::CommitLost)) => {}
            (lost, result) => panic!("{lost:?}: {result:?}"),
        }
        assert_eq!(read_head(&*source.open()).is_some(), lost == Lost::Answer);
        store.init(now()).unwrap().commit().unwrap();
    }
}

/// Another writer commits before the doubtful commit is looked up. After a lost commit, its record has the number that
/// the lost one had.
pub fn the_record_of_another_writer_is_not_ones_own(source: &RemoteSource) {
    for lost in Lost::EITHER {
        let source = source.another();
        let store = TestStore::new(&source);
        let other = Store::new(source.open(), keys(1));
        source.network.lose_commit(1, lost);
        source.network.meanwhile(move || add(&other, 2).1.unwrap());
        let (change, result) = add(&store, 1);
        match (lost, result) {
            (Lost::Answer, Ok(())) | (Lost::Request, Err(StoreError::CommitLost)) => {}
            (lost, result) => panic!("{lost:?}: {result:?}"),
        }
        assert_there(&store, 1, change, lost == Lost::Answer);
        assert!(store.read().find_credential_by_id(id(2)).unwrap().is_some());
        assert_eq!(store.integrity_issues(), []);
    }
}

//! Connections are lost at any call. The network itself counts and delays round trips.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant as Timer},
};

use gatepass::{
    domain::{
        audit::Action,
        credential::{Credential, CredentialKind},
    },
    store::{Access, SortBy, Store, StoreError, port::batch::SCAN_BATCH},
};

use super::{network::Lost, suite::RemoteSource};
use crate::{
    conformance::{
        backend_source::BackendSource,
        cases::scans::scan_verified,
        test_store::{
            TestStore, audit_context, begin_raw, collect_rows, insert_credential, with_accounts,
        },
    },
    support::records::{account_passcode, app, deleted, district, id, token, user_passcode},
};

/// Changes every table that has an audit record, in one transaction that also reads what it wrote.
fn change(store: &Store) -> Result<(), StoreError> {
    let mut tx = store.begin(Access::Write)?;
    let app = tx.insert_app(&audit_context(Action::AppAdd), app(1, "Reader"))?;
    let district = tx.insert_district(&audit_context(Action::DistrictAdd), district(1, "North"))?;
    let create = audit_context(Action::Create);
    let token = tx.insert_credential(&create, token(1, &app, &district))?;
    let passcode = tx.insert_credential(&create, account_passcode(2, "Partner"))?;
    tx.find_holder(passcode.account, CredentialKind::Account, "partner")?;
    scan_verified(&mut tx, SortBy::Name)?;
    tx.update_credential(&audit_context(Action::Delete), deleted(token))?;
    tx.commit()
}

pub fn a_change_whose_connection_is_lost_is_made_whole_or_not_at_all(source: &RemoteSource) {
    let round_trips = {
        let source = source.another();
        let store = TestStore::new(&source);
        source.network.take_round_trips();
        change(&store).unwrap();
        source.network.take_round_trips()
    };
    for lost in Lost::EITHER {
        for number in 1..=round_trips {
            let source = source.another();
            let store = TestStore::new(&source);
            source.network.lose_call(number, lost);
            let result = change(&store);
            let is_commit = number == round_trips;
            match &result {
                Ok(()) => assert!(is_commit && lost == Lost::Answer, "call {number} was not lost"),
                Err(StoreError::CommitLost) => assert!(is_commit && lost == Lost::Request),
                Err(StoreError::Inaccessible(_)) => assert!(!is_commit),
                Err(other) => panic!("call {number}: {other}"),
            }
            assert_eq!(store.read().head().credentials.0, if result.is_ok() { 2 } else { 0 });
            assert_eq!(store.integrity_issues(), [], "call {number}, {lost:?}");
            if result.is_err() {
                change(&store).unwrap();
            }
        }
    }
}

pub fn a_transaction_without_its_connection_fails(source: &RemoteSource) {
    let store = TestStore::new(source);
    let mut tx = store.write();
    insert_credential(&mut tx, account_passcode(1, "Partner"));
    tx.find_credential_by_id(id(9)).unwrap();
    source.network.lose_call(1, Lost::Request);
    for _ in 0..2 {
        let found = tx.find_credential_by_id(id(9));
        assert!(matches!(found, Err(StoreError::Inaccessible(_))), "{found:?}");
    }
    assert!(matches!(tx.commit(), Err(StoreError::Inaccessible(_))));
    assert_eq!(store.read().find_credential_by_id(id(1)).unwrap(), None);
    store.add(account_passcode(1, "Partner"));
}

/// A scan that was cut off must not look like one that has lost rows.
pub fn a_scan_whose_connection_is_lost_finds_no_missing_rows(source: &RemoteSource) {
    let store = TestStore::new(source);
    store.commit(|tx| {
        for number in 1..=2 * SCAN_BATCH as u16 {
            let mut draft = user_passcode(1, &format!("user-{number}@example.com"));
            draft.id.bytes[..2].copy_from_slice(&number.to_be_bytes());
            draft.secrets.current.as_mut().unwrap().0[..2].copy_from_slice(&number.to_be_bytes());
            insert_credential(tx, draft);
        }
    });
    let skip = |_: Credential| Ok::<_, StoreError>(ControlFlow::Continue(()));
    source.network.take_round_trips();
    store.read().scan_credentials(SortBy::Created, skip).unwrap();
    let round_trips = source.network.take_round_trips();
    for number in 1..=round_trips {
        source.network.lose_call(number, Lost::Request);
        let scanned =
            store.begin(Access::Read).and_then(|mut tx| tx.scan_credentials(SortBy::Created, skip));
        assert!(matches!(scanned, Err(StoreError::Inaccessible(_))), "{number}: {scanned:?}");
    }
}

pub fn a_wait_connects_again(source: &RemoteSource) {
    let _store = TestStore::new(source);
    let backend = source.open();
    assert!(backend.wait_for_change(Duration::ZERO, &|| false).unwrap());
    source.network.refuse_after_loss(1);
    source.network.lose_call(1, Lost::Request);
    assert!(backend.begin(Access::Read).is_err());
    assert!(
        backend.wait_for_change(Duration::ZERO, &|| false).is_err(),
        "the connection is refused"
    );
    assert!(!backend.wait_for_change(Duration::ZERO, &|| false).unwrap());
}

pub fn round_trips_are_counted_and_delayed(source: &RemoteSource) {
    let (network, backend) = (&source.network, with_accounts(source));
    network.take_round_trips();
    drop(begin_raw(&*backend, Access::Write));
    assert_eq!(network.take_round_trips(), 1, "begin counts, dropping does not");
    let mut tx = begin_raw(&*backend, Access::Write);
    tx.list_accounts().unwrap();
    assert_eq!(collect_rows(|each| tx.scan_secrets(each)), [], "a scan without rows is a call");
    tx.commit(None).unwrap();
    assert_eq!(network.take_round_trips(), 4);

    let delay = Duration::from_millis(20);
    network.delay(delay);
    let began = Timer::now();
    begin_raw(&*backend, Access::Read).list_accounts().unwrap();
    assert!(began.elapsed() >= 2 * delay);

    let losses = |seed| {
        network.lose_one_in(4, seed);
        let lost: Vec<_> = (0..64).map(|_| backend.begin(Access::Read).is_err()).collect();
        network.restore();
        lost
    };
    network.delay(Duration::ZERO);
    assert_eq!(losses(1), losses(1), "the same seed loses the same calls");
    assert!(losses(1) != losses(2) && losses(1).contains(&true));
}

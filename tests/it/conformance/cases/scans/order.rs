//! Scans return every credential once, in order.

use std::ops::ControlFlow;

use gatepass::{
    domain::{instant::DAY, seq::CredentialSeq},
    store::{
        Access, Order, SortBy, StoreError, Transaction,
        port::{backend::BackendTransaction, tables::CredentialScan},
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        test_store::{
            TestStore, authenticated, begin_raw, collect, collect_rows, insert_credential,
            insert_row, with_accounts,
        },
    },
    support::records::{
        account_passcode, deleted, expiring_at, never_expiring, now, revoked, usage_record,
        user_passcode,
    },
};

/// Returns the numbers of a scan, which are those of the reversed scan backwards.
fn scan_numbers(tx: &mut dyn BackendTransaction, by: SortBy) -> Vec<i64> {
    let mut numbers = |is_reversed| {
        let scan = CredentialScan { order: Order { by, is_reversed }, with_usage: true };
        let rows = collect_rows(|each| tx.scan_credentials(scan, each));
        rows.into_iter().map(|row| row.credential.record.seq.0).collect::<Vec<_>>()
    };
    let (found, reversed) = (numbers(false), numbers(true));
    assert_eq!(reversed.into_iter().rev().collect::<Vec<_>>(), found, "{by:?}");
    found
}

pub fn scans_are_sorted(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let end = |days: i64| now().plus(days * DAY);
    // Inserted in none of the orders. Scans include revoked and deleted credentials.
    for credential in [
        expiring_at(account_passcode(3, "alpha"), end(2)),
        revoked(expiring_at(account_passcode(1, "gamma"), end(3))),
        deleted(expiring_at(user_passcode(2, "beta@example.com"), end(1))),
    ] {
        insert_row(&mut *tx, credential);
    }
    assert_eq!(scan_numbers(&mut *tx, SortBy::Created), [1, 2, 3]);
    assert_eq!(scan_numbers(&mut *tx, SortBy::Name), [3, 2, 1]);
    assert_eq!(scan_numbers(&mut *tx, SortBy::Expiry), [2, 3, 1]);
    assert_eq!(scan_numbers(&mut *tx, SortBy::Kind), [1, 3, 2]);
    let used = [(3, 1), (1, 2)]
        .map(|(number, after)| usage_record(CredentialSeq(number), now().plus(after), "here", 1));
    tx.put_last_uses(&used.map(authenticated)).unwrap();
    assert_eq!(scan_numbers(&mut *tx, SortBy::LastUse), [2, 3, 1]);
}

pub fn names_are_ordered_by_code_point(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let in_order = ["Z", "Zoë", "a", "a b", "aB", "ab", "z", "É", "é", "ￜ", "𝄞"];
    for (number, name) in (1..).zip(in_order).collect::<Vec<_>>().into_iter().rev() {
        insert_row(&mut *tx, account_passcode(number, name));
    }
    let expected: Vec<i64> = (1..).take(in_order.len()).collect();
    assert_eq!(scan_numbers(&mut *tx, SortBy::Name), expected);
}

pub fn credentials_without_expiry_come_last_and_ties_by_number(source: &dyn BackendSource) {
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let soon = now().plus(1);
    for credential in [
        never_expiring(account_passcode(6, "same")),
        never_expiring(account_passcode(1, "same")),
        expiring_at(account_passcode(5, "same"), soon),
        expiring_at(account_passcode(2, "same"), soon),
        expiring_at(account_passcode(4, "same"), soon.plus(1)),
        expiring_at(account_passcode(3, "same"), soon),
    ] {
        insert_row(&mut *tx, credential);
    }
    assert_eq!(scan_numbers(&mut *tx, SortBy::Expiry), [2, 3, 5, 4, 1, 6]);
    assert_eq!(scan_numbers(&mut *tx, SortBy::Name), [1, 2, 3, 4, 5, 6]);
}

pub fn a_scan_stops_on_break(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    store.add_passcodes(3);
    let mut tx = store.read();
    let mut seen = 0;
    let stopped = tx.scan_credentials(SortBy::Created, |credential| {
        seen += 1;
        let enough = credential.seq == CredentialSeq(2);
        Ok::<_, StoreError>(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    assert!(stopped.is_ok() && seen == 2, "{seen}");
    let failed = tx.scan_credentials(SortBy::Name, |_| Err(StoreError::DiskFull));
    assert!(matches!(failed, Err(StoreError::DiskFull)), "the error of the callback is returned");
}

pub fn a_scan_includes_its_transactions_own_inserts(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    store.add(account_passcode(1, "First"));
    let mut tx = store.write();
    insert_credential(&mut tx, account_passcode(2, "Second"));
    for order in SortBy::ALL {
        assert_eq!(scan_verified(&mut tx, order).unwrap(), [1, 2], "{order:?}");
    }
}

/// Returns the numbers of a scan that verifies what it reads.
pub fn scan_verified(tx: &mut Transaction<'_>, order: SortBy) -> Result<Vec<i64>, StoreError> {
    collect(|each| tx.scan_with_usage(order, |credential, _| each(credential.seq.0)))
}

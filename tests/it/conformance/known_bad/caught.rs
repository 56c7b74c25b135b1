//! Tests that the suite and the store detect the faults.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gatepass::{domain::instant::DAY, store::SortBy};

use super::{
    backend::FaultySource,
    faults::{CAUGHT_BY, Fault},
};
use crate::{
    conformance::{
        backend_source::Case,
        cases::scans::scan_verified,
        every_case::every_case,
        test_store::{TestStore, assert_integrity_error},
    },
    support::records::{account_passcode, expiring_at, now},
};

macro_rules! listed {
    (; $($subject:ident::$case:ident,)*) => { &[$((stringify!($case), crate::conformance::cases::$subject::$case)),*] };
}

const CASES: &[(&str, Case)] = every_case!(listed);

#[test]
fn every_known_fault_is_caught_by_its_case() {
    for (fault, name) in CAUGHT_BY {
        let (_, case) = CASES.iter().find(|(case, _)| case == name).expect(name);
        let source = FaultySource::new(*fault);
        let passed = catch_unwind(AssertUnwindSafe(|| case(&source))).is_ok();
        assert!(!passed, "{name} passed with the fault {fault:?}");
    }
}

#[test]
fn scans_that_lose_or_repeat_rows_are_detected() {
    for fault in [
        Fault::SkipsTheFirstRow,
        Fault::RepeatsTheFirstRow,
        Fault::RepeatsTheFirstRowInsteadOfTheSecond,
    ] {
        let source = FaultySource::new(fault);
        let store = TestStore::new(&source);
        store.add_passcodes(3);
        for order in SortBy::ALL {
            assert_integrity_error(scan_verified(&mut store.read(), order));
        }
        assert!(!store.integrity_issues().is_empty(), "{fault:?}");
    }
}

#[test]
fn a_wrong_expiry_index_is_detected() {
    for fault in [Fault::ReturnsAnotherExpiringCredential, Fault::ReturnsAWrongExpiry] {
        let source = FaultySource::new(fault);
        let store = TestStore::new(&source);
        let noon = now().day().start().plus(DAY / 2);
        for (number, end) in [(1, noon), (2, noon.plus(5)), (3, noon.plus(9 * DAY))] {
            store.add(expiring_at(account_passcode(number, &format!("P{number}")), end));
        }
        // Also for instants of the same day: otherwise a credential could be missing unnoticed.
        for at in [noon.plus(-1), noon, noon.plus(DAY)] {
            assert_integrity_error(store.read().list_expiring_by(at));
        }
    }
}

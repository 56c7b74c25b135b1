//! The cases of a network that loses connections, and the proof that each of them can fail.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{commit_in_doubt, faults::Fault, lost_connections, suite::RemoteSource};

/// Defines a test for each case, and one that runs it on the stand-in with each of the faults that it must catch.
macro_rules! network_cases {
    ($($subject:ident::$case:ident catches [$($fault:ident),*];)*) => {
        $(#[test] fn $case() { $subject::$case(&RemoteSource::new()) })*

        #[test]
        fn every_fault_is_caught_by_its_cases() {
            $($({
                let source = RemoteSource::with_fault(Fault::$fault);
                let passed = catch_unwind(AssertUnwindSafe(|| $subject::$case(&source))).is_ok();
                assert!(!passed, "{} passed with {:?}", stringify!($case), Fault::$fault);
            })*)*
        }
    };
}

network_cases! {
    commit_in_doubt::a_doubtful_commit_is_resolved
        catches [AcknowledgesLostCommits, DeniesDoubtfulCommits, FindsUncommittedRecords, FindsNoRecords];
    commit_in_doubt::a_commit_stays_unknown_without_a_connection
        catches [AcknowledgesLostCommits, DeniesDoubtfulCommits, FindsNoRecords];
    commit_in_doubt::a_change_without_an_audit_record_stays_unknown
        catches [AcknowledgesLostCommits, DeniesDoubtfulCommits];
    commit_in_doubt::a_doubtful_init_is_resolved
        catches [AcknowledgesLostCommits, DeniesDoubtfulCommits, FindsUncommittedRecords, FindsNoRecords];
    commit_in_doubt::the_record_of_another_writer_is_not_ones_own
        catches [AcknowledgesLostCommits, DeniesDoubtfulCommits, FindsNoRecords];
    lost_connections::a_change_whose_connection_is_lost_is_made_whole_or_not_at_all
        catches [AcknowledgesLostCommits, DeniesDoubtfulCommits];
    lost_connections::a_transaction_without_its_connection_fails
        catches [GoesOnAfterLoss];
    lost_connections::a_scan_whose_connection_is_lost_finds_no_missing_rows
        catches [];
    lost_connections::a_wait_connects_again
        catches [];
    lost_connections::round_trips_are_counted_and_delayed
        catches [];
}

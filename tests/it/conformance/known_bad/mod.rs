//! The suite is believed once it has failed backends that are known to be bad.

mod apps_and_districts;
mod daily_usage;
mod messages;

use std::{
    ops::{ControlFlow, RangeInclusive},
    panic::{AssertUnwindSafe, catch_unwind},
};

use gatepass::{
    domain::{
        credential::{Credential, secret::Digest},
        directory::{
            account::{Account, AccountKey},
            id::{CredentialId, PartialId},
        },
        instant::{DAY, Instant},
    },
    store::{
        Access, SortBy, StoreError,
        port::{
            backend::{
                AuditTable, Backend, BackendTransaction, CounterTable, CredentialTables, HeadRow,
                RowCallback, UniqueNameTable,
            },
            record::{AuditEntry, Counter, Head, Namespace, SecretEntry, UniqueName, WithMac},
        },
    },
};

use super::{
    BackendSource, Case, TestStore, assert_integrity_error, cases::scan_order, every_case,
    sqlite::SqliteSource,
};
use crate::support::records::{account_passcode, expiring_at, now};

/// What a backend does wrong, everything else being right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    CommitsOnDrop,
    RollsBackOnCommit,
    WriteLocksReaders,
    LetsReadersWrite,
    KeepsTheFirstHead,
    ReportsEveryInsert,
    ReportsEveryUpdate,
    IgnoresSortOrder,
    IgnoresBreak,
    IncludesExpiryAtTheBound,
    ReturnsAnotherCredentialsExpiry,
    ReturnsAWrongExpiry,
    IgnoresTheIdPrefix,
    IgnoresTheNamePrefix,
    KeepsTheFirstHolder,
    NeverRemovesHolders,
    KeepsTheFirstLastUse,
    ListsFinishedMessagesAsPending,
    ListsNewestMessagesFirst,
    KeepsRemovedMessages,
    RemovesMessagesTooEarly,
    LosesAMessage,
    DeniesHavingLastUses,
    FindsAnotherCredentialsLastUse,
    IncludesTheDayBefore,
    KeepsTheFirstDailyCount,
    KeepsOldDays,
    RemovesOneDayTooMany,
    ListsCountersBeyondTheRange,
    IgnoresTheFirstAuditNumber,
    TruncatesTexts,
    NarrowsIntegers,
    SkipsTheFirstRow,
    RepeatsTheFirstRow,
    RepeatsTheFirstRowInsteadOfTheSecond,
    HidesRemovedApps,
    RepeatsTheFirstAppInsteadOfTheSecond,
    SkipsTheFirstDistrict,
    RepeatsTheFirstDistrict,
    FindsAnotherDistrict,
    ForgetsExternalIds,
}

/// Each fault, and the case that must not pass.
const CAUGHT_BY: &[(Fault, &str)] = &[
    (Fault::CommitsOnDrop, "a_dropped_transaction_leaves_nothing"),
    (Fault::RollsBackOnCommit, "a_commit_is_seen_through_another_handle"),
    (Fault::WriteLocksReaders, "a_reader_and_a_writer_do_not_wait_for_each_other"),
    (Fault::LetsReadersWrite, "a_read_transaction_changes_nothing"),
    (Fault::KeepsTheFirstHead, "an_update_replaces_every_field"),
    (Fault::ReportsEveryInsert, "inserting_a_taken_number_id_or_slot_returns_false"),
    (Fault::ReportsEveryUpdate, "updating_a_missing_row_returns_false"),
    (Fault::IgnoresSortOrder, "credentials_without_expiry_come_last_and_ties_by_number"),
    (Fault::IgnoresBreak, "records_are_read_from_a_given_number"),
    (Fault::IncludesExpiryAtTheBound, "expiries_are_listed_strictly_before_the_bound"),
    (Fault::IgnoresTheIdPrefix, "a_partial_id_finds_matching_credentials"),
    (Fault::IgnoresTheNamePrefix, "a_name_prefix_is_not_a_pattern"),
    (Fault::KeepsTheFirstHolder, "putting_a_name_again_changes_its_holder"),
    (Fault::NeverRemovesHolders, "a_removed_name_is_free"),
    (Fault::KeepsTheFirstLastUse, "last_uses_are_set_and_scanned_by_number"),
    (Fault::ListsFinishedMessagesAsPending, "a_finished_message_is_not_pending"),
    (Fault::ListsNewestMessagesFirst, "messages_are_pending_in_the_order_of_their_numbers"),
    (Fault::KeepsRemovedMessages, "a_removed_message_is_gone"),
    (Fault::RemovesMessagesTooEarly, "finished_messages_are_listed_by_end_time_before_a_bound"),
    (Fault::LosesAMessage, "messages_about_a_credential_are_listed"),
    (Fault::DeniesHavingLastUses, "a_scan_returns_each_last_use"),
    (Fault::FindsAnotherCredentialsLastUse, "last_uses_can_be_read_during_a_scan"),
    (Fault::IncludesTheDayBefore, "daily_usage_is_set_and_listed_by_day"),
    (Fault::KeepsTheFirstDailyCount, "daily_usage_is_set_and_listed_by_day"),
    (Fault::KeepsOldDays, "daily_usage_is_removed_up_to_a_day"),
    (Fault::RemovesOneDayTooMany, "daily_usage_is_removed_up_to_a_day"),
    (Fault::ListsCountersBeyondTheRange, "counters_are_set_and_listed_by_key"),
    (Fault::IgnoresTheFirstAuditNumber, "records_are_read_from_a_given_number"),
    (Fault::TruncatesTexts, "long_texts_round_trip"),
    (Fault::NarrowsIntegers, "integers_keep_all_their_bits"),
    (Fault::SkipsTheFirstRow, "scans_are_sorted_by_creation_name_or_expiry"),
    (Fault::RepeatsTheFirstRow, "scans_are_sorted_by_creation_name_or_expiry"),
    (Fault::RepeatsTheFirstRowInsteadOfTheSecond, "scans_are_sorted_by_creation_name_or_expiry"),
    (Fault::ReportsEveryInsert, "an_app_is_inserted_once_and_updated_in_place"),
    (Fault::ReportsEveryInsert, "a_district_is_inserted_once_and_updated_in_place"),
    (Fault::ReportsEveryUpdate, "an_app_is_inserted_once_and_updated_in_place"),
    (Fault::ReportsEveryUpdate, "a_district_is_inserted_once_and_updated_in_place"),
    (Fault::HidesRemovedApps, "apps_are_stored_and_listed_by_number"),
    (Fault::RepeatsTheFirstAppInsteadOfTheSecond, "apps_are_stored_and_listed_by_number"),
    (Fault::SkipsTheFirstDistrict, "districts_are_stored_and_scanned_by_number"),
    (Fault::RepeatsTheFirstDistrict, "districts_are_stored_and_scanned_by_number"),
    (Fault::FindsAnotherDistrict, "a_district_is_found_by_number_and_by_id"),
    (Fault::ForgetsExternalIds, "a_district_is_found_by_every_reference"),
];

macro_rules! listed {
    (; $($subject:ident::$case:ident,)*) => { &[$((stringify!($case), super::cases::$subject::$case)),*] };
}

const CASES: &[(&str, Case)] = every_case!(listed);

#[test]
fn every_known_fault_is_caught_by_its_case() {
    for (fault, name) in CAUGHT_BY {
        let (_, case) = CASES.iter().find(|(case, _)| case == name).expect(name);
        let place = FaultyBackendSource { place: Box::new(SqliteSource::new()), fault: *fault };
        let passed = catch_unwind(AssertUnwindSafe(|| case(&place))).is_ok();
        assert!(!passed, "{name} passed, though the backend {fault:?}");
    }
}

#[test]
fn scans_that_lose_or_repeat_rows_are_detected() {
    for fault in [
        Fault::SkipsTheFirstRow,
        Fault::RepeatsTheFirstRow,
        Fault::RepeatsTheFirstRowInsteadOfTheSecond,
    ] {
        let place = FaultyBackendSource { place: Box::new(SqliteSource::new()), fault };
        let scene = TestStore::new(&place);
        for number in 1..=3 {
            scene.add(account_passcode(number, &format!("P{number}")));
        }
        for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
            assert_integrity_error(scan_order::scan_verified(&scene.read(), order));
        }
        assert!(!scene.integrity_issues().is_empty(), "{fault:?}");
    }
}

#[test]
fn a_wrong_expiry_index_is_detected() {
    for fault in [Fault::ReturnsAnotherCredentialsExpiry, Fault::ReturnsAWrongExpiry] {
        let place = FaultyBackendSource { place: Box::new(SqliteSource::new()), fault };
        let scene = TestStore::new(&place);
        let noon = Instant::from_unix(now().day() * DAY + DAY / 2);
        for (number, end) in [(1, noon), (2, noon.plus(5)), (3, noon.plus(9 * DAY))] {
            scene.add(expiring_at(account_passcode(number, &format!("P{number}")), end));
        }
        // Whoever ends on the same day must be told rightly, or one would be missing here and nobody would know.
        for at in [noon.plus(-1), noon, noon.plus(DAY)] {
            assert_integrity_error(scene.read().list_expiring_by(at));
        }
    }
}

struct FaultyBackendSource {
    place: Box<dyn BackendSource>,
    fault: Fault,
}

impl FaultyBackendSource {
    fn with_fault(&self, backend: Box<dyn Backend>) -> Box<dyn Backend> {
        Box::new(FaultyBackend { backend, fault: self.fault })
    }
}

impl BackendSource for FaultyBackendSource {
    fn another_source(&self) -> Box<dyn BackendSource> {
        Box::new(Self { place: self.place.another_source(), fault: self.fault })
    }
    fn open(&self) -> Box<dyn Backend> {
        self.with_fault(self.place.open())
    }
    fn open_without_waiting(&self) -> Box<dyn Backend> {
        self.with_fault(self.place.open_without_waiting())
    }
    fn tamper(&self, statement: &str) {
        self.place.tamper(statement);
    }
    fn blob(&self, bytes: &[u8]) -> String {
        self.place.blob(bytes)
    }
    fn columns(&self, table: &str) -> Vec<String> {
        self.place.columns(table)
    }
}

struct FaultyBackend {
    backend: Box<dyn Backend>,
    fault: Fault,
}

impl Backend for FaultyBackend {
    fn begin(&self, access: Access) -> Result<Box<dyn BackendTransaction + '_>, StoreError> {
        let locks = matches!(self.fault, Fault::WriteLocksReaders | Fault::LetsReadersWrite);
        let access = if locks { Access::Write } else { access };
        let inner = Some(self.backend.begin(access)?);
        Ok(Box::new(FaultyTransaction { inner, fault: self.fault }))
    }

    fn is_same_database(&self) -> bool {
        self.backend.is_same_database()
    }

    fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        self.backend.check_integrity()
    }
}

struct FaultyTransaction<'b> {
    /// There until it is committed.
    inner: Option<Box<dyn BackendTransaction + 'b>>,
    fault: Fault,
}

impl Drop for FaultyTransaction<'_> {
    fn drop(&mut self) {
        if self.fault == Fault::CommitsOnDrop
            && let Some(inner) = self.inner.take()
        {
            inner.commit().unwrap();
        }
    }
}

impl FaultyTransaction<'_> {
    fn inner(&self) -> &dyn BackendTransaction {
        self.inner.as_deref().unwrap()
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn inserted(&self, answer: Result<bool, StoreError>) -> Result<bool, StoreError> {
        Ok(answer? || self.has(Fault::ReportsEveryInsert))
    }

    fn updated(&self, answer: Result<bool, StoreError>) -> Result<bool, StoreError> {
        Ok(answer? || self.has(Fault::ReportsEveryUpdate))
    }
}

fn narrow(number: i64) -> i64 {
    i64::from(number as i32)
}

macro_rules! faultless {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(fn $name(&self, $($argument: $type),*) -> Result<$answer, StoreError> {
            self.inner().$name($($argument),*)
        })*
    };
}
use faultless;

impl BackendTransaction for FaultyTransaction<'_> {
    faultless! {
        fn find_head() -> Option<HeadRow>;
        fn insert_head(key_check: &[u8], head: &WithMac<Head>) -> ();
        fn list_accounts() -> Vec<WithMac<Account>>;
    }

    fn update_head(&self, head: &WithMac<Head>) -> Result<bool, StoreError> {
        if self.has(Fault::KeepsTheFirstHead) {
            return Ok(true);
        }
        self.updated(self.inner().update_head(head))
    }

    fn insert_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        let mut account = account.clone();
        if self.has(Fault::NarrowsIntegers) {
            account.record.audit_seq = narrow(account.record.audit_seq);
        }
        self.inserted(self.inner().insert_account(&account))
    }

    fn update_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_account(account))
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        match self.inner.take() {
            Some(inner) if !self.has(Fault::RollsBackOnCommit) => inner.commit(),
            _ => Ok(()),
        }
    }
}

impl CredentialTables for FaultyTransaction<'_> {
    faultless! {
        fn find_credential(seq: i64) -> Option<WithMac<Credential>>;
        fn find_credential_by_id(id: CredentialId) -> Option<WithMac<Credential>>;
        fn count_credentials_by_partial_id(prefix: PartialId) -> usize;
        fn list_slots(account: AccountKey) -> Vec<u8>;
        fn find_secret(digest: &Digest) -> Option<WithMac<SecretEntry>>;
        fn scan_secrets(each: &mut RowCallback<'_, SecretEntry>) -> ();
    }

    fn list_credentials_by_partial_id(
        &self,
        mut prefix: PartialId,
        limit: usize,
    ) -> Result<Vec<WithMac<Credential>>, StoreError> {
        if self.has(Fault::IgnoresTheIdPrefix) {
            (prefix.least, prefix.greatest) = ([0; 12], [0xff; 12]);
        }
        self.inner().list_credentials_by_partial_id(prefix, limit)
    }

    fn scan_credentials(
        &self,
        order: SortBy,
        each: &mut RowCallback<'_, Credential>,
    ) -> Result<(), StoreError> {
        let order = if self.has(Fault::IgnoresSortOrder) { SortBy::Created } else { order };
        let mut first = None;
        let mut number = 0;
        self.inner().scan_credentials(order, &mut |row| {
            number += 1;
            match (self.fault, number) {
                (Fault::SkipsTheFirstRow, 1) => ControlFlow::Continue(()),
                (Fault::RepeatsTheFirstRow, 1) => {
                    each(row.clone())?;
                    each(row)
                }
                (Fault::RepeatsTheFirstRowInsteadOfTheSecond, 1) => {
                    first = Some(row.clone());
                    each(row)
                }
                (Fault::RepeatsTheFirstRowInsteadOfTheSecond, 2) => {
                    each(first.take().unwrap_or(row))
                }
                _ => each(row),
            }
        })
    }

    fn list_expiring_before(&self, before: i64) -> Result<Vec<(i64, i64)>, StoreError> {
        let closed = i64::from(self.has(Fault::IncludesExpiryAtTheBound));
        let mut ending = self.inner().list_expiring_before(before.saturating_add(closed))?;
        match (self.fault, ending.first_mut()) {
            (Fault::ReturnsAnotherCredentialsExpiry, Some((seq, _))) => *seq = 3,
            (Fault::ReturnsAWrongExpiry, Some((_, end))) => *end += 1,
            _ => {}
        }
        Ok(ending)
    }

    fn insert_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_credential(credential))
    }

    fn update_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_credential(credential))
    }

    fn insert_secret(&self, secret: &WithMac<SecretEntry>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_secret(secret))
    }
}

impl UniqueNameTable for FaultyTransaction<'_> {
    faultless! {
        fn find_unique_name(account: AccountKey, register: Namespace, key: &str) -> Option<WithMac<UniqueName>>;
        fn unique_name_exists(account: AccountKey, register: Namespace, key: &str) -> bool;
        fn scan_unique_names(each: &mut RowCallback<'_, UniqueName>) -> ();
    }

    fn scan_unique_names_from(
        &self,
        account: AccountKey,
        register: Namespace,
        start: &str,
        each: &mut RowCallback<'_, UniqueName>,
    ) -> Result<(), StoreError> {
        let start = if self.has(Fault::IgnoresTheNamePrefix) { "" } else { start };
        self.inner().scan_unique_names_from(account, register, start, each)
    }

    fn put_unique_name(&self, holding: &WithMac<UniqueName>) -> Result<(), StoreError> {
        let UniqueName { account, namespace: register, key, .. } = &holding.record;
        let is_held = self.inner().find_unique_name(*account, *register, key)?.is_some();
        if is_held && self.has(Fault::KeepsTheFirstHolder) {
            return Ok(());
        }
        self.inner().put_unique_name(holding)
    }

    fn remove_unique_name(
        &self,
        account: AccountKey,
        register: Namespace,
        key: &str,
    ) -> Result<bool, StoreError> {
        if self.has(Fault::NeverRemovesHolders) {
            return Ok(self.inner().find_unique_name(account, register, key)?.is_some());
        }
        self.inner().remove_unique_name(account, register, key)
    }
}

impl CounterTable for FaultyTransaction<'_> {
    faultless! {
        fn find_counter(account: AccountKey, bucket: i64) -> Option<WithMac<Counter>>;
        fn put_counter(tally: &WithMac<Counter>) -> ();
    }

    fn list_counters(
        &self,
        buckets: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let open = i64::from(self.has(Fault::ListsCountersBeyondTheRange));
        self.inner().list_counters(*buckets.start()..=buckets.end().saturating_add(open))
    }
}

impl AuditTable for FaultyTransaction<'_> {
    fn scan_audit(
        &self,
        first: i64,
        each: &mut RowCallback<'_, AuditEntry>,
    ) -> Result<(), StoreError> {
        let first = if self.has(Fault::IgnoresTheFirstAuditNumber) { 1 } else { first };
        self.inner().scan_audit(first, &mut |row| match each(row) {
            _ if self.has(Fault::IgnoresBreak) => ControlFlow::Continue(()),
            flow => flow,
        })
    }

    fn insert_audit(&self, entry: &WithMac<AuditEntry>) -> Result<bool, StoreError> {
        let mut entry = entry.clone();
        if self.has(Fault::TruncatesTexts) {
            entry.record.record.subject.truncate(255);
        }
        self.inserted(self.inner().insert_audit(&entry))
    }
}

//! The suite is believed once it has failed backends that are known to be bad.

mod daily_uses;
mod outbox;
mod parties;

use std::{
    ops::{ControlFlow, RangeInclusive},
    panic::{AssertUnwindSafe, catch_unwind},
};

use gatepass::{
    domain::{
        account::{Account, AccountKey},
        credential::Credential,
        id::{CredentialId, PartialId},
        instant::{DAY, Instant},
        last_use::LastUse,
        secret::Digest,
    },
    store::{
        Access, SortBy, StoreError,
        backend::{Backend, BackendTransaction, HeadRow, RowCallback},
        record::{AuditEntry, Counter, Head, Namespace, SecretEntry, UniqueName, WithMac},
    },
};

use super::{Case, Place, Scene, assert_refused, every_case, order, sqlite::SqlitePlace};
use crate::support::store::{ending, now, partner};

/// What a backend does wrong, everything else being right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    CommitsWhatIsDropped,
    RollsBackWhatIsCommitted,
    LocksForReaders,
    LetsReadersWrite,
    KeepsTheFirstHead,
    ClaimsEveryInsert,
    ClaimsEveryUpdate,
    ForgetsTheOrder,
    GoesOnAfterTheBreak,
    ShowsTheEndAtTheBound,
    TellsTheEndOfAnother,
    TellsAnotherEnd,
    ForgetsTheIdPrefix,
    ForgetsTheBeginningOfNames,
    KeepsTheFirstHolder,
    RemovesNoHolder,
    KeepsTheFirstUse,
    SendsWhatHasEnded,
    SendsTheNewestFirst,
    KeepsWhatIsRemoved,
    RemovesTooEarly,
    LosesAMessage,
    DeniesEveryUse,
    FindsTheUseOfAnother,
    ShowsTheDayBefore,
    KeepsTheFirstCountOfADay,
    KeepsOldDays,
    RemovesTheDayItself,
    ShowsTalliesBehindTheRange,
    ReadsTheAuditLogFromItsStart,
    CutsTexts,
    NarrowsIntegers,
    SkipsTheFirstRow,
    RepeatsTheFirstRow,
    RepeatsTheFirstRowInsteadOfTheSecond,
    HidesRemovedApps,
    RepeatsTheFirstAppInsteadOfTheSecond,
    SkipsTheFirstDistrict,
    RepeatsTheFirstDistrict,
    FindsAnotherDistrict,
    ForgetsWhatDistrictsAreCalledElsewhere,
}

/// Each fault, and the case that must not pass.
const CAUGHT: &[(Fault, &str)] = &[
    (Fault::CommitsWhatIsDropped, "a_dropped_transaction_leaves_nothing"),
    (Fault::RollsBackWhatIsCommitted, "a_commit_is_seen_through_another_handle"),
    (Fault::LocksForReaders, "a_reader_and_a_writer_do_not_wait_for_each_other"),
    (Fault::LetsReadersWrite, "a_transaction_for_reading_changes_nothing"),
    (Fault::KeepsTheFirstHead, "an_update_replaces_every_field"),
    (Fault::ClaimsEveryInsert, "a_taken_number_id_or_place_is_answered_with_false"),
    (Fault::ClaimsEveryUpdate, "an_update_of_nothing_is_answered_with_false"),
    (Fault::ForgetsTheOrder, "those_without_an_end_come_last_and_ties_by_number"),
    (Fault::GoesOnAfterTheBreak, "records_are_read_from_any_number_on"),
    (Fault::ShowsTheEndAtTheBound, "an_end_lies_before_the_bound_not_at_it"),
    (Fault::ForgetsTheIdPrefix, "the_beginning_of_an_id_finds_those_that_begin_so"),
    (Fault::ForgetsTheBeginningOfNames, "the_beginning_of_a_name_is_no_pattern"),
    (Fault::KeepsTheFirstHolder, "putting_a_name_again_gives_it_away"),
    (Fault::RemovesNoHolder, "a_removed_name_is_free"),
    (Fault::KeepsTheFirstUse, "last_uses_are_set_and_scanned_by_number"),
    (Fault::SendsWhatHasEnded, "what_has_ended_is_not_pending"),
    (Fault::SendsTheNewestFirst, "messages_are_pending_in_the_order_of_their_numbers"),
    (Fault::KeepsWhatIsRemoved, "a_removed_message_is_gone"),
    (Fault::RemovesTooEarly, "ended_messages_are_listed_by_their_end_before_a_bound"),
    (Fault::LosesAMessage, "messages_about_a_credential_are_listed"),
    (Fault::DeniesEveryUse, "a_scan_tells_the_last_use_of_each"),
    (Fault::FindsTheUseOfAnother, "a_scan_may_ask_for_last_uses"),
    (Fault::ShowsTheDayBefore, "uses_by_day_are_set_and_listed_by_day"),
    (Fault::KeepsTheFirstCountOfADay, "uses_by_day_are_set_and_listed_by_day"),
    (Fault::KeepsOldDays, "days_are_removed_of_one_credential_up_to_one_day"),
    (Fault::RemovesTheDayItself, "days_are_removed_of_one_credential_up_to_one_day"),
    (Fault::ShowsTalliesBehindTheRange, "tallies_are_set_and_listed_by_bucket"),
    (Fault::ReadsTheAuditLogFromItsStart, "records_are_read_from_any_number_on"),
    (Fault::CutsTexts, "long_texts_come_back_whole"),
    (Fault::NarrowsIntegers, "integers_keep_all_their_bits"),
    (Fault::SkipsTheFirstRow, "scans_follow_creation_names_or_ends"),
    (Fault::RepeatsTheFirstRow, "scans_follow_creation_names_or_ends"),
    (Fault::RepeatsTheFirstRowInsteadOfTheSecond, "scans_follow_creation_names_or_ends"),
    (Fault::ClaimsEveryInsert, "an_app_is_added_once_and_changed_where_it_is"),
    (Fault::ClaimsEveryInsert, "a_district_is_added_once_and_changed_where_it_is"),
    (Fault::ClaimsEveryUpdate, "an_app_is_added_once_and_changed_where_it_is"),
    (Fault::ClaimsEveryUpdate, "a_district_is_added_once_and_changed_where_it_is"),
    (Fault::HidesRemovedApps, "apps_are_listed_by_number_as_they_were_put"),
    (Fault::RepeatsTheFirstAppInsteadOfTheSecond, "apps_are_listed_by_number_as_they_were_put"),
    (Fault::SkipsTheFirstDistrict, "districts_are_scanned_by_number_as_they_were_put"),
    (Fault::RepeatsTheFirstDistrict, "districts_are_scanned_by_number_as_they_were_put"),
    (Fault::FindsAnotherDistrict, "a_district_is_found_by_number_and_by_id"),
    (Fault::ForgetsWhatDistrictsAreCalledElsewhere, "a_district_is_found_by_whatever_names_it"),
];

macro_rules! listed {
    (; $($subject:ident::$case:ident,)*) => { &[$((stringify!($case), super::$subject::$case)),*] };
}

const CASES: &[(&str, Case)] = every_case!(listed);

#[test]
fn every_known_fault_is_caught_by_its_case() {
    for (fault, name) in CAUGHT {
        let (_, case) = CASES.iter().find(|(case, _)| case == name).expect(name);
        let place = FaultyPlace { place: Box::new(SqlitePlace::new()), fault: *fault };
        let passed = catch_unwind(AssertUnwindSafe(|| case(&place))).is_ok();
        assert!(!passed, "{name} passed, though the backend {fault:?}");
    }
}

#[test]
fn the_door_trusts_no_scan_that_loses_or_repeats_a_row() {
    for fault in [
        Fault::SkipsTheFirstRow,
        Fault::RepeatsTheFirstRow,
        Fault::RepeatsTheFirstRowInsteadOfTheSecond,
    ] {
        let place = FaultyPlace { place: Box::new(SqlitePlace::new()), fault };
        let scene = Scene::new(&place);
        for number in 1..=3 {
            scene.add(partner(number, &format!("P{number}")));
        }
        for order in [SortBy::Created, SortBy::Name, SortBy::Expiry] {
            assert_refused(order::verified(&scene.read(), order));
        }
        assert!(!scene.problems().is_empty(), "{fault:?}");
    }
}

#[test]
fn the_door_trusts_no_index_of_ends_that_tells_of_others_or_of_other_ends() {
    for fault in [Fault::TellsTheEndOfAnother, Fault::TellsAnotherEnd] {
        let place = FaultyPlace { place: Box::new(SqlitePlace::new()), fault };
        let scene = Scene::new(&place);
        let noon = Instant::from_unix(now().day() * DAY + DAY / 2);
        for (number, end) in [(1, noon), (2, noon.plus(5)), (3, noon.plus(9 * DAY))] {
            scene.add(ending(partner(number, &format!("P{number}")), end));
        }
        // Whoever ends on the same day must be told rightly, or one would be missing here and nobody would know.
        for at in [noon.plus(-1), noon, noon.plus(DAY)] {
            assert_refused(scene.read().list_expiring_by(at));
        }
    }
}

struct FaultyPlace {
    place: Box<dyn Place>,
    fault: Fault,
}

impl FaultyPlace {
    fn spoil(&self, backend: Box<dyn Backend>) -> Box<dyn Backend> {
        Box::new(Faulty { backend, fault: self.fault })
    }
}

impl Place for FaultyPlace {
    fn another(&self) -> Box<dyn Place> {
        Box::new(Self { place: self.place.another(), fault: self.fault })
    }
    fn open(&self) -> Box<dyn Backend> {
        self.spoil(self.place.open())
    }
    fn open_impatient(&self) -> Box<dyn Backend> {
        self.spoil(self.place.open_impatient())
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

struct Faulty {
    backend: Box<dyn Backend>,
    fault: Fault,
}

impl Backend for Faulty {
    fn begin(&self, access: Access) -> Result<Box<dyn BackendTransaction + '_>, StoreError> {
        let locks = matches!(self.fault, Fault::LocksForReaders | Fault::LetsReadersWrite);
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
        if self.fault == Fault::CommitsWhatIsDropped
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

    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn inserted(&self, answer: Result<bool, StoreError>) -> Result<bool, StoreError> {
        Ok(answer? || self.is(Fault::ClaimsEveryInsert))
    }

    fn updated(&self, answer: Result<bool, StoreError>) -> Result<bool, StoreError> {
        Ok(answer? || self.is(Fault::ClaimsEveryUpdate))
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
        fn find_credential(seq: i64) -> Option<WithMac<Credential>>;
        fn find_credential_by_id(id: CredentialId) -> Option<WithMac<Credential>>;
        fn count_credentials_by_partial_id(prefix: PartialId) -> usize;
        fn list_slots(account: AccountKey) -> Vec<u8>;
        fn find_secret(digest: &Digest) -> Option<WithMac<SecretEntry>>;
        fn scan_secrets(each: &mut RowCallback<'_, SecretEntry>) -> ();
        fn scan_last_uses(each: &mut RowCallback<'_, LastUse>) -> ();
        fn find_unique_name(account: AccountKey, register: Namespace, key: &str) -> Option<WithMac<UniqueName>>;
        fn unique_name_exists(account: AccountKey, register: Namespace, key: &str) -> bool;
        fn scan_unique_names(each: &mut RowCallback<'_, UniqueName>) -> ();
        fn find_counter(account: AccountKey, bucket: i64) -> Option<WithMac<Counter>>;
        fn put_counter(tally: &WithMac<Counter>) -> ();
    }

    fn update_head(&self, head: &WithMac<Head>) -> Result<bool, StoreError> {
        if self.is(Fault::KeepsTheFirstHead) {
            return Ok(true);
        }
        self.updated(self.inner().update_head(head))
    }

    fn insert_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        let mut account = account.clone();
        if self.is(Fault::NarrowsIntegers) {
            account.record.audit_seq = narrow(account.record.audit_seq);
        }
        self.inserted(self.inner().insert_account(&account))
    }

    fn update_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_account(account))
    }

    fn list_credentials_by_partial_id(
        &self,
        mut prefix: PartialId,
        limit: usize,
    ) -> Result<Vec<WithMac<Credential>>, StoreError> {
        if self.is(Fault::ForgetsTheIdPrefix) {
            (prefix.least, prefix.greatest) = ([0; 12], [0xff; 12]);
        }
        self.inner().list_credentials_by_partial_id(prefix, limit)
    }

    fn scan_credentials(
        &self,
        order: SortBy,
        each: &mut RowCallback<'_, Credential>,
    ) -> Result<(), StoreError> {
        let order = if self.is(Fault::ForgetsTheOrder) { SortBy::Created } else { order };
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
        let closed = i64::from(self.is(Fault::ShowsTheEndAtTheBound));
        let mut ending = self.inner().list_expiring_before(before.saturating_add(closed))?;
        match (self.fault, ending.first_mut()) {
            (Fault::TellsTheEndOfAnother, Some((seq, _))) => *seq = 3,
            (Fault::TellsAnotherEnd, Some((_, end))) => *end += 1,
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

    fn find_last_use(&self, credential: i64) -> Result<Option<WithMac<LastUse>>, StoreError> {
        let another = i64::from(self.is(Fault::FindsTheUseOfAnother));
        self.inner().find_last_use(credential + another)
    }

    fn has_last_uses(&self) -> Result<bool, StoreError> {
        Ok(self.inner().has_last_uses()? && !self.is(Fault::DeniesEveryUse))
    }

    fn put_last_use(&self, last_use: &WithMac<LastUse>) -> Result<(), StoreError> {
        let is_there = self.inner().find_last_use(last_use.record.credential)?.is_some();
        if is_there && self.is(Fault::KeepsTheFirstUse) {
            return Ok(());
        }
        self.inner().put_last_use(last_use)
    }

    fn scan_unique_names_from(
        &self,
        account: AccountKey,
        register: Namespace,
        start: &str,
        each: &mut RowCallback<'_, UniqueName>,
    ) -> Result<(), StoreError> {
        let start = if self.is(Fault::ForgetsTheBeginningOfNames) { "" } else { start };
        self.inner().scan_unique_names_from(account, register, start, each)
    }

    fn put_unique_name(&self, holding: &WithMac<UniqueName>) -> Result<(), StoreError> {
        let UniqueName { account, namespace: register, key, .. } = &holding.record;
        let is_held = self.inner().find_unique_name(*account, *register, key)?.is_some();
        if is_held && self.is(Fault::KeepsTheFirstHolder) {
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
        if self.is(Fault::RemovesNoHolder) {
            return Ok(self.inner().find_unique_name(account, register, key)?.is_some());
        }
        self.inner().remove_unique_name(account, register, key)
    }

    fn list_counters(
        &self,
        buckets: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let open = i64::from(self.is(Fault::ShowsTalliesBehindTheRange));
        self.inner().list_counters(*buckets.start()..=buckets.end().saturating_add(open))
    }

    fn scan_audit(
        &self,
        first: i64,
        each: &mut RowCallback<'_, AuditEntry>,
    ) -> Result<(), StoreError> {
        let first = if self.is(Fault::ReadsTheAuditLogFromItsStart) { 1 } else { first };
        self.inner().scan_audit(first, &mut |row| match each(row) {
            _ if self.is(Fault::GoesOnAfterTheBreak) => ControlFlow::Continue(()),
            flow => flow,
        })
    }

    fn insert_audit(&self, entry: &WithMac<AuditEntry>) -> Result<bool, StoreError> {
        let mut entry = entry.clone();
        if self.is(Fault::CutsTexts) {
            entry.record.record.subject.truncate(255);
        }
        self.inserted(self.inner().insert_audit(&entry))
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        match self.inner.take() {
            Some(inner) if !self.is(Fault::RollsBackWhatIsCommitted) => inner.commit(),
            _ => Ok(()),
        }
    }
}

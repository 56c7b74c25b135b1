//! What every backend must do, whichever it is: the cases know nothing but the traits and the door.
//!
//! A new behaviour gets its case here first. A backend joins with a file of its own that implements [`Place`] and
//! calls `every_case!(tests …)`; see `sqlite.rs`.

mod altered;
mod daily_uses;
mod ending;
mod founding;
mod holdings;
mod known_bad;
mod lookups;
mod messages;
mod order;
mod parties;
mod secrets;
mod sqlite;
mod tokens;
mod trail;
mod transactions;
mod uses;
mod values;
mod writes;

use std::sync::LazyLock;

use gatepass::{
    domain::{
        account::{Account, AccountKey},
        actor::Actor,
        app::App,
        audit::Action,
        credential::{Credential, CredentialKind},
        district::District,
    },
    store::{
        Access, AuditContext, IntegrityIssue, Store, StoreError, Transaction,
        backend::{Backend, BackendTransaction},
        record::WithMac,
    },
};

use crate::support::store::{account, actor, deleted, keys, now, revoked};

/// A place where a backend keeps one store; empty when it is made.
pub trait Place: Sync {
    /// Another place of the same kind, empty.
    fn another(&self) -> Box<dyn Place>;

    /// A new handle to the store; the first one makes its tables.
    fn open(&self) -> Box<dyn Backend>;

    /// A handle that waits for nobody.
    fn open_impatient(&self) -> Box<dyn Backend>;

    /// Does what whoever owns the database could do behind our back: runs a statement with all constraints out of
    /// force, and makes it permanent.
    fn tamper(&self, statement: &str);

    /// How the database writes bytes in a statement.
    fn blob(&self, bytes: &[u8]) -> String;

    /// The columns of a table.
    fn columns(&self, table: &str) -> Vec<String>;
}

/// One behaviour, told in an empty place.
pub type Case = fn(&dyn Place);

/// Hands the list of all cases to another macro.
macro_rules! every_case {
    ($then:ident $($arguments:tt)*) => {
        $then! { $($arguments)*;
            founding::a_store_that_was_never_founded_answers_none,
            founding::a_founded_store_is_empty_and_knows_when_it_began,
            founding::a_founding_that_is_dropped_did_not_happen,
            founding::a_second_founding_leaves_the_first_as_it_is,
            founding::of_many_that_found_at_once_one_does,
            founding::another_key_is_refused_at_every_entrance,
            transactions::a_dropped_transaction_leaves_nothing,
            transactions::a_commit_is_seen_through_another_handle,
            transactions::a_relaxed_commit_is_seen_through_another_handle,
            transactions::a_reader_sees_the_store_as_it_was_when_it_began,
            transactions::a_reader_and_a_writer_do_not_wait_for_each_other,
            transactions::a_transaction_for_reading_changes_nothing,
            transactions::a_second_writer_is_told_that_the_store_is_busy,
            transactions::a_writer_waits_until_the_one_before_it_is_done,
            transactions::no_update_is_lost_between_writers,
            writes::a_taken_number_id_or_place_is_answered_with_false,
            writes::an_account_is_added_once,
            writes::a_digest_belongs_to_one_credential,
            writes::an_audit_record_is_written_once,
            writes::after_a_conflict_the_transaction_goes_on,
            writes::an_update_replaces_every_field,
            writes::an_update_of_nothing_is_answered_with_false,
            writes::tallies_are_set_and_listed_by_bucket,
            lookups::a_credential_is_found_by_number_and_by_id,
            lookups::beginnings_of_ids_are_counted_as_they_are_found,
            lookups::the_beginning_of_an_id_finds_those_that_begin_so,
            lookups::places_are_listed_by_account_in_order,
            holdings::a_name_is_found_as_it_was_put_and_in_its_own_room_only,
            holdings::putting_a_name_again_gives_it_away,
            holdings::a_removed_name_is_free,
            holdings::names_are_listed_by_their_beginning_code_point_by_code_point,
            holdings::the_beginning_of_a_name_is_no_pattern,
            holdings::a_new_name_takes_the_place_of_the_old_one,
            holdings::no_two_partners_share_a_name,
            holdings::an_address_goes_back_to_the_older_passcode_that_is_still_listed,
            holdings::an_older_passcode_does_not_free_the_address_of_a_newer_one,
            order::scans_follow_creation_names_or_ends,
            order::names_are_ordered_by_code_point,
            order::those_without_an_end_come_last_and_ties_by_number,
            order::a_scan_stops_when_it_is_told_to,
            order::a_scan_includes_what_its_own_transaction_added,
            ending::an_end_lies_before_the_bound_not_at_it,
            ending::what_is_revoked_deleted_or_endless_does_not_end,
            ending::the_door_tells_who_is_dead_at_an_instant,
            ending::what_the_transaction_itself_changed_is_counted,
            secrets::every_secret_that_there_was_is_still_known,
            secrets::places_under_the_cap_are_counted_and_given_again,
            secrets::a_delivery_undoes_nothing_that_happened_meanwhile,
            messages::messages_are_pending_in_the_order_of_their_numbers,
            messages::what_has_ended_is_not_pending,
            messages::a_message_is_found_as_it_was_put_and_replaced_as_a_whole,
            messages::a_removed_message_is_gone,
            messages::ended_messages_are_listed_by_their_end_before_a_bound,
            messages::messages_about_a_credential_are_listed,
            messages::each_message_has_a_name_of_its_own_that_another_history_does_not_give,
            messages::messages_are_counted_by_app_and_outcome,
            messages::every_column_of_a_message_is_under_a_seal,
            messages::an_altered_message_is_refused_wherever_it_is_met,
            messages::a_message_that_vanished_is_missed,
            uses::last_uses_are_set_and_scanned_by_number,
            uses::a_scan_may_ask_for_last_uses,
            uses::a_last_use_never_goes_back_and_its_count_adds_up,
            uses::a_scan_tells_the_last_use_of_each,
            uses::who_does_not_exist_is_not_used,
            daily_uses::uses_by_day_are_set_and_listed_by_day,
            daily_uses::days_are_removed_of_one_credential_up_to_one_day,
            daily_uses::uses_of_one_day_add_up_and_old_days_are_forgotten,
            daily_uses::an_altered_day_is_refused_wherever_it_is_met,
            daily_uses::more_uses_on_its_days_than_in_all_are_found_by_the_examination,
            parties::apps_are_listed_by_number_as_they_were_put,
            parties::an_app_is_added_once_and_changed_where_it_is,
            parties::the_name_of_an_app_is_unique_in_its_account_until_it_is_removed,
            parties::districts_are_scanned_by_number_as_they_were_put,
            parties::a_district_is_added_once_and_changed_where_it_is,
            parties::a_district_is_found_by_number_and_by_id,
            parties::an_app_is_found_by_whatever_names_it,
            parties::a_district_is_found_by_whatever_names_it,
            parties::what_a_district_was_called_before_is_free,
            parties::no_two_districts_share_a_name_or_an_external_id,
            parties::a_delivery_undoes_no_change_of_an_app,
            parties::every_change_of_an_app_or_a_district_leaves_a_record,
            parties::an_app_that_vanished_is_missed,
            parties::a_district_that_vanished_is_missed,
            parties::an_altered_app_or_district_is_refused_wherever_it_is_met,
            parties::damage_to_apps_and_districts_is_found_by_the_examination,
            tokens::of_several_tokens_the_newest_holds_the_pair,
            tokens::a_token_is_found_by_an_id_of_its_own_class_only,
            tokens::a_token_that_awaits_pickup_has_no_secret_yet,
            tokens::tokens_are_counted_by_their_app,
            tokens::a_token_that_vanished_is_missed_among_those_of_its_app,
            tokens::a_token_belongs_to_an_app_that_there_is,
            tokens::a_token_of_a_district_that_is_not_there_is_found_by_the_examination,
            tokens::what_outlives_its_app_or_its_district_is_found_by_the_examination,
            tokens::a_token_of_two_accounts_is_found_by_the_examination,
            tokens::a_pair_that_leads_to_a_deleted_token_is_refused,
            trail::every_change_leaves_a_record_of_before_and_after,
            trail::records_are_read_from_any_number_on,
            trail::a_broken_chain_is_told_with_its_first_broken_record,
            values::integers_keep_all_their_bits,
            values::long_texts_come_back_whole,
            values::texts_come_back_code_point_by_code_point,
            altered::a_whole_store_has_no_problems,
            altered::every_column_of_every_table_is_under_a_seal,
            altered::an_altered_credential_is_refused_wherever_it_is_met,
            altered::an_altered_last_use_is_refused_wherever_it_is_met,
            altered::a_last_use_of_nobody_is_found_by_the_examination,
            altered::an_altered_account_lets_nobody_in,
            altered::a_planted_secret_opens_nothing,
            altered::a_credential_that_vanished_is_missed,
            altered::an_account_that_vanished_is_missed,
            altered::a_name_that_leads_to_a_deleted_passcode_is_refused,
            altered::an_older_row_put_back_is_found_by_the_examination,
        }
    };
}
pub(crate) use every_case;

/// One test for each case: `every_case!(tests Place::new)`.
macro_rules! tests {
    ($make:path; $($subject:ident::$case:ident,)*) => {
        $(#[test] fn $case() { $crate::conformance::$subject::$case(&$make()) })*
    };
}
pub(crate) use tests;

/// A founded store with one account, and what is done to it again and again.
pub struct Scene {
    pub store: Store,
    pub account: Account,
}

impl Scene {
    pub fn new(place: &dyn Place) -> Self {
        Self::before(place.open())
    }

    /// The same before a backend of any kind.
    pub fn before(backend: Box<dyn Backend>) -> Self {
        let store = Store::new(backend, keys(1));
        let mut transaction = store.init(now()).unwrap();
        let draft = account("948-4KK-444Z");
        let account = transaction.insert_account(&stamp(Action::AccountAdd), draft).unwrap();
        transaction.commit().unwrap();
        Self { store, account }
    }

    pub fn read(&self) -> Transaction<'_> {
        self.store.begin(Access::Read).unwrap().unwrap()
    }

    pub fn write(&self) -> Transaction<'_> {
        self.store.begin(Access::Write).unwrap().unwrap()
    }

    pub fn add(&self, draft: Credential) -> Credential {
        let mut transaction = self.write();
        let credential = self.add_in(&mut transaction, draft);
        transaction.commit().unwrap();
        credential
    }

    pub fn add_in(&self, transaction: &mut Transaction<'_>, draft: Credential) -> Credential {
        let stamp = &stamp(Action::Create);
        transaction.insert_credential(stamp, draft).unwrap()
    }

    pub fn add_app(&self, draft: App) -> App {
        let mut transaction = self.write();
        let app = transaction.insert_app(&stamp(Action::AppAdd), draft).unwrap();
        transaction.commit().unwrap();
        app
    }

    pub fn add_district(&self, draft: District) -> District {
        let mut transaction = self.write();
        let district = transaction.insert_district(&stamp(Action::DistrictAdd), draft).unwrap();
        transaction.commit().unwrap();
        district
    }

    pub fn change_app(&self, action: Action, after: App) -> App {
        let mut transaction = self.write();
        let app = transaction.update_app(&stamp(action), after).unwrap();
        transaction.commit().unwrap();
        app
    }

    pub fn change_district(&self, action: Action, after: District) -> District {
        let mut transaction = self.write();
        let district = transaction.update_district(&stamp(action), after).unwrap();
        transaction.commit().unwrap();
        district
    }

    pub fn change(&self, action: Action, after: Credential) -> Credential {
        let mut transaction = self.write();
        let stamp = &stamp(action);
        let changed = transaction.update_credential(stamp, after).unwrap();
        transaction.commit().unwrap();
        changed
    }

    pub fn revoke(&self, credential: &Credential) -> Credential {
        self.change(Action::Revoke, revoked(credential.clone()))
    }

    pub fn delete(&self, credential: &Credential) -> Credential {
        self.change(Action::Delete, deleted(credential.clone()))
    }

    /// The id of whoever holds a name or address.
    pub fn holder(&self, kind: CredentialKind, key: &str) -> Option<String> {
        let found = self.read().find_holder(self.account.key, kind, key).unwrap();
        found.map(|credential| credential.id.to_string())
    }

    pub fn problems(&self) -> Vec<IntegrityIssue> {
        self.store.check_integrity().unwrap()
    }
}

/// That Ann does `action` now.
pub fn stamp(action: Action) -> AuditContext<'static> {
    static ANN: LazyLock<Actor> = LazyLock::new(actor);
    AuditContext { actor: &ANN, at: now(), action }
}

/// A record as it lies in a database. A backend does not look at seals, so any will do.
pub fn sealed<T>(record: T) -> WithMac<T> {
    WithMac { record, mac: *b"any seal will do" }
}

/// A transaction behind the door.
pub fn raw(backend: &dyn Backend, access: Access) -> Box<dyn BackendTransaction + '_> {
    backend.begin(access).unwrap()
}

/// A backend in which accounts 1 and 2 exist, so that credentials have somewhere to belong.
pub fn with_accounts(place: &dyn Place) -> Box<dyn Backend> {
    let backend = place.open();
    let transaction = raw(&*backend, Access::Write);
    for (key, id) in [(1, "948-4KK-444Z"), (2, "TEST-948-4KK-444Z")] {
        let key = AccountKey(key);
        assert!(transaction.insert_account(&sealed(Account { key, ..account(id) })).unwrap());
    }
    transaction.commit().unwrap();
    backend
}

/// Whether the store said that it does not verify, whatever the words.
#[track_caller]
pub fn assert_refused<T>(result: Result<T, StoreError>) {
    match result {
        Err(StoreError::Integrity(_)) => {}
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("it was believed"),
    }
}

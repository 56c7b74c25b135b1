//! What every backend must do, whichever it is: the cases know nothing but the traits and the door.
//!
//! A new behaviour gets its case here first. A backend joins with a file of its own that implements [`Place`] and
//! calls `every_case!(tests …)`; see `sqlite.rs`.

mod cases;
mod known_bad;
mod sqlite;

use std::sync::LazyLock;

use gatepass::{
    domain::{
        actor::Actor,
        audit::Action,
        credential::{Credential, CredentialKind},
        directory::{
            account::{Account, AccountKey},
            app::App,
            district::District,
        },
    },
    store::{
        Access, AuditContext, IntegrityIssue, Store, StoreError, Transaction,
        port::{
            backend::{Backend, BackendTransaction},
            record::WithMac,
        },
    },
};

use crate::support::records::{account, actor, deleted, keys, now, revoked};

/// A place where a backend keeps one store; empty when it is made.
pub trait BackendSource: Sync {
    /// Another place of the same kind, empty.
    fn another_source(&self) -> Box<dyn BackendSource>;

    /// A new handle to the store; the first one makes its tables.
    fn open(&self) -> Box<dyn Backend>;

    /// A handle that waits for nobody.
    fn open_without_waiting(&self) -> Box<dyn Backend>;

    /// Does what whoever owns the database could do behind our back: runs a statement with all constraints out of
    /// force, and makes it permanent.
    fn tamper(&self, statement: &str);

    /// How the database writes bytes in a statement.
    fn blob(&self, bytes: &[u8]) -> String;

    /// The columns of a table.
    fn columns(&self, table: &str) -> Vec<String>;
}

/// One behaviour, told in an empty place.
pub type Case = fn(&dyn BackendSource);

/// Hands the list of all cases to another macro.
macro_rules! every_case {
    ($then:ident $($arguments:tt)*) => {
        $then! { $($arguments)*;
            init::an_uninitialized_store_returns_none,
            init::a_new_store_is_empty_and_knows_its_creation_time,
            init::a_dropped_init_leaves_nothing,
            init::a_second_init_keeps_the_first,
            init::one_of_many_concurrent_inits_succeeds,
            init::another_key_is_rejected_everywhere,
            transactions::a_dropped_transaction_leaves_nothing,
            transactions::a_commit_is_seen_through_another_handle,
            transactions::a_relaxed_commit_is_seen_through_another_handle,
            transactions::a_reader_sees_a_snapshot,
            transactions::a_reader_and_a_writer_do_not_wait_for_each_other,
            transactions::a_read_transaction_changes_nothing,
            transactions::a_second_writer_gets_a_busy_error,
            transactions::a_writer_waits_for_the_previous_one,
            transactions::no_update_is_lost_between_writers,
            writes::inserting_a_taken_number_id_or_slot_returns_false,
            writes::an_account_is_inserted_once,
            writes::a_digest_belongs_to_one_credential,
            writes::an_audit_record_is_inserted_once,
            writes::a_transaction_continues_after_a_conflict,
            writes::an_update_replaces_every_field,
            writes::updating_a_missing_row_returns_false,
            writes::counters_are_set_and_listed_by_key,
            lookups::a_credential_is_found_by_number_and_by_id,
            lookups::partial_id_counts_match_lookups,
            lookups::a_partial_id_finds_matching_credentials,
            lookups::slots_are_listed_by_account_in_order,
            unique_names::a_name_is_found_in_its_own_namespace_only,
            unique_names::putting_a_name_again_changes_its_holder,
            unique_names::a_removed_name_is_free,
            unique_names::names_are_listed_by_prefix_in_code_point_order,
            unique_names::a_name_prefix_is_not_a_pattern,
            unique_names::a_new_name_replaces_the_old_one,
            unique_names::no_two_partners_share_a_name,
            unique_names::an_address_returns_to_the_older_listed_passcode,
            unique_names::an_older_passcode_does_not_free_the_address_of_a_newer_one,
            scan_order::scans_are_sorted_by_creation_name_or_expiry,
            scan_order::names_are_ordered_by_code_point,
            scan_order::credentials_without_expiry_come_last_and_ties_by_number,
            scan_order::a_scan_stops_on_break,
            scan_order::a_scan_includes_its_transactions_own_inserts,
            expiry::expiries_are_listed_strictly_before_the_bound,
            expiry::revoked_deleted_and_unlimited_credentials_do_not_expire,
            expiry::the_transaction_lists_credentials_ended_at_an_instant,
            expiry::expiry_lists_include_the_transactions_own_changes,
            secrets::every_former_secret_is_still_known,
            secrets::slots_are_counted_and_reused,
            secrets::recording_delivery_keeps_concurrent_changes,
            messages::messages_are_pending_in_the_order_of_their_numbers,
            messages::a_finished_message_is_not_pending,
            messages::a_message_is_stored_and_replaced_whole,
            messages::a_removed_message_is_gone,
            messages::finished_messages_are_listed_by_end_time_before_a_bound,
            messages::messages_about_a_credential_are_listed,
            messages::message_ids_are_unique_across_histories,
            messages::messages_are_counted_by_app_and_result,
            messages::every_message_column_is_authenticated,
            messages::a_tampered_message_is_rejected_everywhere,
            messages::a_missing_message_is_detected,
            usage::last_uses_are_set_and_scanned_by_number,
            usage::last_uses_can_be_read_during_a_scan,
            usage::a_last_use_never_goes_back_and_counts_add_up,
            usage::a_scan_returns_each_last_use,
            usage::usage_of_unknown_credentials_is_ignored,
            daily_usage::daily_usage_is_set_and_listed_by_day,
            daily_usage::daily_usage_is_removed_up_to_a_day,
            daily_usage::daily_usage_adds_up_and_old_days_are_removed,
            daily_usage::a_tampered_daily_usage_row_is_rejected_everywhere,
            daily_usage::the_integrity_check_finds_daily_usage_above_the_total,
            apps_and_districts::apps_are_stored_and_listed_by_number,
            apps_and_districts::an_app_is_inserted_once_and_updated_in_place,
            apps_and_districts::the_name_of_an_app_is_unique_in_its_account_until_it_is_removed,
            apps_and_districts::districts_are_stored_and_scanned_by_number,
            apps_and_districts::a_district_is_inserted_once_and_updated_in_place,
            apps_and_districts::a_district_is_found_by_number_and_by_id,
            apps_and_districts::an_app_is_found_by_every_reference,
            apps_and_districts::a_district_is_found_by_every_reference,
            apps_and_districts::a_districts_former_names_are_free,
            apps_and_districts::no_two_districts_share_a_name_or_an_external_id,
            apps_and_districts::recording_delivery_keeps_concurrent_app_changes,
            apps_and_districts::every_change_of_an_app_or_a_district_leaves_a_record,
            apps_and_districts::a_missing_app_is_detected,
            apps_and_districts::a_missing_district_is_detected,
            apps_and_districts::a_tampered_app_or_district_is_rejected_everywhere,
            apps_and_districts::the_integrity_check_finds_damage_to_apps_and_districts,
            tokens::the_newest_of_several_tokens_holds_the_pair,
            tokens::a_token_is_found_by_token_ids_only,
            tokens::a_token_that_awaits_pickup_has_no_secret_yet,
            tokens::tokens_are_counted_by_their_app,
            tokens::a_missing_token_is_detected_in_its_apps_list,
            tokens::a_token_needs_an_existing_app,
            tokens::the_integrity_check_finds_a_token_of_a_missing_district,
            tokens::the_integrity_check_finds_tokens_of_removed_apps_or_districts,
            tokens::the_integrity_check_finds_a_token_of_two_accounts,
            tokens::a_pair_pointing_to_a_deleted_token_is_rejected,
            audit_log::every_change_is_recorded_with_before_and_after,
            audit_log::records_are_read_from_a_given_number,
            audit_log::a_broken_chain_is_reported_at_its_first_broken_record,
            values::integers_keep_all_their_bits,
            values::long_texts_round_trip,
            values::texts_round_trip_code_point_by_code_point,
            tampering::an_intact_store_has_no_issues,
            tampering::every_column_of_every_table_is_authenticated,
            tampering::a_tampered_credential_is_rejected_everywhere,
            tampering::a_tampered_last_use_is_rejected_everywhere,
            tampering::the_integrity_check_finds_a_last_use_without_credential,
            tampering::a_tampered_account_is_rejected,
            tampering::a_planted_secret_is_rejected,
            tampering::a_missing_credential_is_detected,
            tampering::a_missing_account_is_detected,
            tampering::a_name_pointing_to_a_deleted_passcode_is_rejected,
            tampering::the_integrity_check_finds_a_restored_older_row,
        }
    };
}
pub(crate) use every_case;

/// One test for each case: `every_case!(tests Place::new)`.
macro_rules! tests {
    ($make:path; $($subject:ident::$case:ident,)*) => {
        $(#[test] fn $case() { $crate::conformance::cases::$subject::$case(&$make()) })*
    };
}
pub(crate) use tests;

/// A founded store with one account, and what is done to it again and again.
pub struct TestStore {
    pub store: Store,
    pub account: Account,
}

impl TestStore {
    pub fn new(place: &dyn BackendSource) -> Self {
        Self::with_backend(place.open())
    }

    /// The same before a backend of any kind.
    pub fn with_backend(backend: Box<dyn Backend>) -> Self {
        let store = Store::new(backend, keys(1));
        let mut transaction = store.init(now()).unwrap();
        let draft = account("948-4KK-444Z");
        let account =
            transaction.insert_account(&audit_context(Action::AccountAdd), draft).unwrap();
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
        let stamp = &audit_context(Action::Create);
        transaction.insert_credential(stamp, draft).unwrap()
    }

    pub fn add_app(&self, draft: App) -> App {
        let mut transaction = self.write();
        let app = transaction.insert_app(&audit_context(Action::AppAdd), draft).unwrap();
        transaction.commit().unwrap();
        app
    }

    pub fn add_district(&self, draft: District) -> District {
        let mut transaction = self.write();
        let district =
            transaction.insert_district(&audit_context(Action::DistrictAdd), draft).unwrap();
        transaction.commit().unwrap();
        district
    }

    pub fn change_app(&self, action: Action, after: App) -> App {
        let mut transaction = self.write();
        let app = transaction.update_app(&audit_context(action), after).unwrap();
        transaction.commit().unwrap();
        app
    }

    pub fn change_district(&self, action: Action, after: District) -> District {
        let mut transaction = self.write();
        let district = transaction.update_district(&audit_context(action), after).unwrap();
        transaction.commit().unwrap();
        district
    }

    pub fn change_credential(&self, action: Action, after: Credential) -> Credential {
        let mut transaction = self.write();
        let stamp = &audit_context(action);
        let changed = transaction.update_credential(stamp, after).unwrap();
        transaction.commit().unwrap();
        changed
    }

    pub fn revoke(&self, credential: &Credential) -> Credential {
        self.change_credential(Action::Revoke, revoked(credential.clone()))
    }

    pub fn delete(&self, credential: &Credential) -> Credential {
        self.change_credential(Action::Delete, deleted(credential.clone()))
    }

    /// The id of whoever holds a name or address.
    pub fn holder(&self, kind: CredentialKind, key: &str) -> Option<String> {
        let found = self.read().find_holder(self.account.key, kind, key).unwrap();
        found.map(|credential| credential.id.to_string())
    }

    pub fn integrity_issues(&self) -> Vec<IntegrityIssue> {
        self.store.check_integrity().unwrap()
    }
}

/// That Ann does `action` now.
pub fn audit_context(action: Action) -> AuditContext<'static> {
    static ANN: LazyLock<Actor> = LazyLock::new(actor);
    AuditContext { actor: &ANN, at: now(), action }
}

/// A record as it lies in a database. A backend does not look at seals, so any will do.
pub fn authenticated<T>(record: T) -> WithMac<T> {
    WithMac { record, mac: *b"any seal will do" }
}

/// A transaction behind the door.
pub fn begin_raw(backend: &dyn Backend, access: Access) -> Box<dyn BackendTransaction + '_> {
    backend.begin(access).unwrap()
}

/// A backend in which accounts 1 and 2 exist, so that credentials have somewhere to belong.
pub fn with_accounts(place: &dyn BackendSource) -> Box<dyn Backend> {
    let backend = place.open();
    let transaction = begin_raw(&*backend, Access::Write);
    for (key, id) in [(1, "948-4KK-444Z"), (2, "TEST-948-4KK-444Z")] {
        let key = AccountKey(key);
        assert!(
            transaction.insert_account(&authenticated(Account { key, ..account(id) })).unwrap()
        );
    }
    transaction.commit().unwrap();
    backend
}

/// Whether the store said that it does not verify, whatever the words.
#[track_caller]
pub fn assert_integrity_error<T>(result: Result<T, StoreError>) {
    match result {
        Err(StoreError::Integrity(_)) => {}
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("it was believed"),
    }
}

//! Cases in which someone else changed the database: every change is detected.

mod columns;
mod credentials;
mod directory;
mod head;
mod messages;
mod populated_store;
mod read_path;

pub use columns::every_column_of_every_table_is_authenticated;
pub use credentials::{
    a_missing_account_is_detected, a_missing_credential_is_detected,
    a_name_pointing_to_a_deleted_passcode_is_rejected, a_planted_secret_is_rejected,
    a_restored_older_row_is_rejected, a_tampered_account_is_rejected,
    a_tampered_credential_is_rejected_everywhere, a_tampered_last_use_is_rejected_everywhere,
    a_tampered_name_is_rejected_each_time, an_intact_store_has_no_issues,
    the_integrity_check_finds_a_last_use_without_credential,
};
pub use directory::{
    a_missing_app_is_detected, a_missing_district_is_detected,
    a_tampered_app_or_district_is_rejected_everywhere,
    the_integrity_check_finds_damage_to_apps_and_districts,
};
pub use head::a_wrong_count_in_the_head_is_rejected;
pub use messages::{
    a_missing_message_is_detected, a_tampered_message_is_rejected_everywhere,
    every_message_column_is_authenticated,
};

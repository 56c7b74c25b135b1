//! Transactions: their isolation, what they see of their own change, and how they wait for those of others.

mod isolation;
mod own_change;
mod waiting;

pub use isolation::{
    a_commit_is_seen_through_another_handle, a_dropped_transaction_leaves_nothing,
    a_read_transaction_changes_nothing, a_reader_and_a_writer_do_not_wait_for_each_other,
    a_reader_sees_a_snapshot, a_relaxed_commit_is_seen_through_another_handle,
    a_second_writer_gets_a_busy_error, a_writer_waits_for_the_previous_one,
    no_update_is_lost_between_writers,
};
pub use own_change::{
    a_change_is_seen_by_every_lookup_of_its_transaction,
    a_change_of_messages_and_districts_is_seen_by_its_transaction,
    a_change_that_could_not_be_written_is_not_committed, a_large_change_is_written_whole,
    a_name_is_passed_on_within_one_change, a_slot_is_freed_and_used_again_within_one_change,
};
pub use waiting::{
    a_commit_of_another_handle_ends_the_wait, a_wait_ends_when_it_is_interrupted,
    a_wait_without_a_change_ends_with_its_timeout,
};

//! Scans: their order, and the batches that they pass on.

mod batches;
mod order;

pub use batches::{
    a_scan_ends_with_the_batch_that_breaks_it, a_scan_passes_the_rows_before_an_error,
    every_lookup_finds_many_keys_and_leaves_out_missing_ones, every_scan_passes_full_batches,
};
pub use order::{
    a_scan_includes_its_transactions_own_inserts, a_scan_stops_on_break,
    credentials_without_expiry_come_last_and_ties_by_number, names_are_ordered_by_code_point,
    scan_verified, scans_are_sorted,
};

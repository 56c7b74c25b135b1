//! Row MACs: a message authentication code binds all fields of a row to the store's key.
//!
//! Each record is encoded unambiguously: a tag for its type, integers in LEB128, texts with their length before them,
//! and options with a flag. The MAC is taken over these bytes. The encoding of a released version never changes; a new
//! field gets a new tag. `sums` detects rows whose MAC is right, but that should not be there.

mod encoder;
mod mac;
mod records;
mod sums;
#[cfg(test)]
mod tests;

pub(in crate::store) use mac::{MacFields, RowMac, Summed};
pub(in crate::store) use records::audit_link;
pub(in crate::store) use sums::{Summand, SummedTable, TableSums, unmasked};

//! The index: what a decision needs of every credential, in memory.
//!
//! It consists of small parts that are never changed, only replaced: tables of digests, by the first bits of the digest,
//! and segments of records, by the number of the credential. A change copies the parts that it affects, some tens of KiB,
//! and a list of all parts, 16 bytes for each thousand credentials. Readers never wait and never see a partial change.
//! Loaded parts are adjacent in huge pages; parts that changed since have memory of their own.

mod builder;
mod digest_table;
mod interned;
mod layout;
mod lookup;
mod pages;
mod segment;

pub use builder::IndexBuilder;
pub use interned::{KnownApp, KnownScopes};
pub use lookup::{Hit, Index};
pub use segment::encode_header;

#[cfg(test)]
pub(crate) mod test_support;
#[cfg(test)]
mod tests;

//! Where credentials and digests are in the index.

use super::segment::SEGMENT_LENGTH;
use crate::domain::{credential::secret::Digest, seq::CredentialSeq};

/// How many tables the digests are split into: a power of two.
pub const SHARD_COUNT: usize = 1_024;
/// The most bytes that long names and addresses take in total; the others are looked up in the store.
pub const MAX_TEXT_BYTES: usize = 32 << 20;

/// Returns a credential's number as the index stores it; `None` above four billion.
pub fn index_seq(seq: CredentialSeq) -> Option<u32> {
    u32::try_from(seq.0).ok().filter(|seq| *seq != 0)
}

/// Returns the segment of a credential, and its offset in it.
pub fn position(seq: u32) -> (usize, usize) {
    let index = seq as usize - 1;
    (index / SEGMENT_LENGTH, index % SEGMENT_LENGTH)
}

/// Returns the table of a digest.
pub fn shard(digest: &Digest) -> usize {
    usize::from(u16::from_le_bytes([digest.0[0], digest.0[1]])) % SHARD_COUNT
}

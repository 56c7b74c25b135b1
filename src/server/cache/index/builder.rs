//! Builds an index from the records of a store.

use std::{mem, ops::Range, sync::Arc};

use super::{
    digest_table::DigestTablesBuilder,
    interned::Interned,
    layout::{MAX_TEXT_BYTES, SHARD_COUNT, index_seq, position, shard},
    lookup::{Index, Snapshot},
    pages::Pages,
    segment::{RECORD_LENGTH, Segment, SegmentBuilder},
};
use crate::domain::{
    credential::{Credential, secret::Digest},
    directory::{account::Account, app::App},
    seq::CredentialSeq,
};

/// An index while it is loaded.
pub struct IndexBuilder {
    digests: DigestTablesBuilder,
    interned: Interned,
    /// The bytes of the finished segments.
    pages: Pages,
    /// Each with the place of its bytes in `pages`; `None` if they did not fit.
    finished_segments: Vec<(Segment, Option<Range<usize>>)>,
    /// The segment that is being filled.
    segment: SegmentBuilder,
    text_length: usize,
    secret_counts: SecretCounts,
}

/// The number of secrets over all credentials.
#[derive(Default)]
struct SecretCounts {
    /// How many were ever created.
    created: u64,
    /// How many of them the records still hold a digest of.
    known: u64,
}

impl IndexBuilder {
    /// An empty index with room for the credentials up to `newest`, so that nothing is copied while it grows. `apps` come
    /// in the order of their numbers.
    pub fn with_capacity(newest: CredentialSeq, apps: &[App]) -> Self {
        let credentials = usize::try_from(newest.0).unwrap_or_default();
        let mean = credentials / SHARD_COUNT;
        // Four standard deviations above the mean: of the thousand tables, few have to grow.
        let capacity = if mean == 0 { 0 } else { mean + 4 * mean.isqrt() };
        Self {
            digests: DigestTablesBuilder::with_capacity(SHARD_COUNT, capacity),
            interned: Interned::new(apps),
            pages: Pages::with_capacity(
                (credentials + SHARD_COUNT) * RECORD_LENGTH + MAX_TEXT_BYTES,
            ),
            finished_segments: Vec::new(),
            segment: SegmentBuilder::default(),
            text_length: 0,
            secret_counts: SecretCounts::default(),
        }
    }

    /// Adds a credential. They come in the order of their numbers.
    pub fn put(&mut self, credential: &Credential) {
        let Some(seq) = index_seq(credential.seq) else { return };
        let (segment_number, offset) = position(seq);
        while self.finished_segments.len() < segment_number {
            self.finish_segment();
        }
        let text_length = self.text_length + self.segment.text_length();
        self.interned.intern_scopes(credential);
        self.segment.put(offset, credential, &self.interned, text_length < MAX_TEXT_BYTES);
        self.secret_counts.created += u64::from(credential.secrets.created_count());
        for digest in credential.secrets.digests() {
            self.digests.insert(shard(digest), digest, seq);
            self.secret_counts.known += 1;
        }
    }

    fn finish_segment(&mut self) {
        let mut segment = mem::take(&mut self.segment).finish();
        self.text_length += segment.text_length();
        let range = self.pages.take(segment.bytes());
        self.finished_segments.push((segment, range));
    }

    /// Returns whether secrets were replaced: then the store's list of digests has more than the records.
    pub fn lacks_replaced_secrets(&self) -> bool {
        self.secret_counts.created > self.secret_counts.known
    }

    /// Adds the digest of a secret, replaced or not.
    pub fn put_digest(&mut self, digest: &Digest, credential: CredentialSeq) {
        if let Some(seq) = index_seq(credential) {
            self.digests.insert(shard(digest), digest, seq);
        }
    }

    /// Returns the finished index.
    pub fn finish(mut self, accounts: Vec<Account>) -> Index {
        self.finish_segment();
        let bytes = self.pages.share();
        let segments = self.finished_segments.into_iter().map(|(mut segment, range)| {
            range.into_iter().for_each(|range| *segment.bytes() = bytes.slice(range));
            Arc::new(segment)
        });
        let snapshot = Snapshot {
            accounts: accounts.into(),
            interned: Arc::new(self.interned),
            segments: segments.collect(),
            digest_tables: self.digests.finish(),
        };
        Index::new(snapshot, self.text_length)
    }
}

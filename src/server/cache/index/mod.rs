//! The index: what a verdict needs of every credential, in memory.
//!
//! It is cut into small parts that are never changed, only replaced: the tables of digests by the first bits of the
//! digest, the records by the number of the credential. A change copies the parts that it touches, some tens of KiB,
//! and a list of all parts, 16 bytes for every thousand credentials; readers neither wait nor see anything half done.
//! The parts that were loaded stand side by side in huge pages, those that changed since in memory of their own.

mod digest_table;
mod interned;
mod pages;
mod segment;

use std::{
    collections::BTreeMap,
    mem,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use arc_swap::ArcSwap;

use digest_table::{DigestTable, DigestTablesBuilder};
use interned::Interned;
pub use interned::{KnownApp, KnownScopes};
use pages::Pages;
pub use segment::{Entry, encode_header};
use segment::{RECORD_LENGTH, SEGMENT_LENGTH, Segment, SegmentBuilder as GrowingChunk};

use crate::domain::{
    credential::{Credential, CredentialKind, rate_limit::RateLimit, secret::Digest},
    decision::DecisionInput,
    directory::{
        account::{Account, AccountKey},
        app::App,
        id::{IdPrefix, ObjectId},
    },
    instant::Instant,
};

/// In how many parts the digests are cut: a power of two.
const SHARD_COUNT: usize = 1_024;
/// How many bytes of long names and addresses are kept at most; further ones are asked of the store.
const MAX_TEXT_BYTES: usize = 32 << 20;

/// A credential's number as the index keeps it; `None` past four billion of them.
pub fn index_seq(seq: i64) -> Option<u32> {
    u32::try_from(seq).ok().filter(|seq| *seq != 0)
}

/// What a verdict needs of every credential.
pub struct Index {
    snapshot: ArcSwap<Snapshot>,
    text_length: AtomicUsize,
}

/// The accounts, what credentials have in common, and where the parts are. Never changed, so that a reader asks once for
/// all of them.
#[derive(Clone)]
struct Snapshot {
    accounts: Arc<[Account]>,
    interned: Arc<Interned>,
    segments: Vec<Arc<Segment>>,
    digest_tables: Vec<DigestTable>,
}

/// A credential that was found by its digest, and what it refers to.
pub struct Hit<'i> {
    /// Its number.
    pub seq: u32,
    /// Its record.
    pub entry: Entry<'i>,
    /// Its account.
    pub account: &'i Account,
    /// The app of a token or a legacy key.
    pub app: Option<&'i KnownApp>,
    /// The district of a token.
    pub district: Option<ObjectId>,
    /// The scopes of a token.
    pub scopes: Option<&'i KnownScopes>,
    /// The limit of a token that has one of its own.
    pub limit: Option<RateLimit>,
}

impl Index {
    /// Calls `read` with the credential whose digest this is and its standing at `now`.
    pub fn find<T>(
        &self,
        digest: &Digest,
        now: Instant,
        read: impl FnOnce(&Hit<'_>, &DecisionInput<'_>) -> T,
    ) -> Option<T> {
        let frame = self.snapshot.load();
        let seq = frame.digest_tables[shard(digest)].find(digest)?;
        let (number, at) = position(seq);
        let entry = frame.segments.get(number)?.get(at)?;
        let account = account_by_key(&frame.accounts, entry.account())?;
        let kept = entry.token_fields();
        let hit = Hit {
            seq,
            entry,
            account,
            app: kept.and_then(|kept| frame.interned.app(&kept)),
            district: kept
                .filter(|_| entry.kind() == CredentialKind::Token)
                .map(|kept| kept.district),
            scopes: kept.and_then(|kept| frame.interned.scopes(&kept)),
            limit: kept.and_then(|kept| kept.limit),
        };
        let standing = DecisionInput {
            account: account.id,
            region: account.region,
            require_user_passcode: account.require_user_passcode,
            legacy_sunset_has_passed: account.legacy_sunset_has_passed(now),
            kind: entry.kind(),
            app: hit.app.map(|app| app.id),
            district: hit.district,
            scopes: hit.scopes.map_or("", |scopes| &scopes.text),
            is_deleted: entry.is_deleted(),
            is_revoked: entry.is_revoked(),
            is_orphaned: entry.kind().id_prefix() != IdPrefix::Passcode
                && hit.app.is_none_or(|app| app.is_removed),
            role: entry.role(digest, now),
            expiry: entry.expiry(),
        };
        Some(read(&hit, &standing))
    }

    /// Calls `each` with every credential.
    pub fn scan(&self, mut each: impl FnMut(&Entry<'_>)) {
        for chunk in &self.snapshot.load().segments {
            chunk.entries().for_each(|entry| each(&entry));
        }
    }

    /// Replaces the accounts.
    pub fn put_accounts(&self, accounts: Vec<Account>) {
        let frame = Snapshot::clone(&self.snapshot.load());
        self.snapshot.store(Arc::new(Snapshot { accounts: accounts.into(), ..frame }));
    }

    /// Replaces the apps.
    pub fn put_apps(&self, apps: &[App]) {
        let frame = Snapshot::clone(&self.snapshot.load());
        let common = Arc::new(frame.interned.with_apps(apps));
        self.snapshot.store(Arc::new(Snapshot { interned: common, ..frame }));
    }

    /// Puts credentials in, changed or new. Only one thread may.
    pub fn put(&self, credentials: &[Credential]) {
        let (mut by_chunk, mut by_shard) =
            (BTreeMap::<_, BTreeMap<_, _>>::new(), BTreeMap::<_, Vec<_>>::new());
        let mut frame = Snapshot::clone(&self.snapshot.load());
        for credential in credentials {
            let Some(seq) = index_seq(credential.seq) else { continue };
            let (number, at) = position(seq);
            frame.intern(credential);
            by_chunk.entry(number).or_default().insert(at, credential);
            for digest in digests_of(credential) {
                by_shard.entry(shard(digest)).or_default().push((digest, seq));
            }
        }
        let mut text_length = self.text_length.load(Ordering::Relaxed);
        for (number, changes) in by_chunk {
            text_length = frame.put_in_segment(number, &changes, text_length);
        }
        for (shard, new) in by_shard {
            frame.put_in_shard(shard, &new);
        }
        self.text_length.store(text_length, Ordering::Relaxed);
        self.snapshot.store(Arc::new(frame));
    }
}

impl Snapshot {
    /// Scopes that nobody had before are rare: only they are worth a copy.
    fn intern(&mut self, credential: &Credential) {
        if !self.interned.has_scopes(credential) {
            Arc::make_mut(&mut self.interned).intern_scopes(credential);
        }
    }

    /// Puts credentials into a chunk; answers how long all texts are then.
    fn put_in_segment(
        &mut self,
        number: usize,
        changes: &BTreeMap<usize, &Credential>,
        text_length: usize,
    ) -> usize {
        if self.segments.len() <= number {
            self.segments.resize_with(number + 1, Arc::default);
        }
        let before = &mut self.segments[number];
        let others = text_length - before.text_length();
        *before = Arc::new(before.with_changes(
            changes,
            &self.interned,
            MAX_TEXT_BYTES.saturating_sub(others),
        ));
        others + before.text_length()
    }

    fn put_in_shard(&mut self, shard: usize, new: &[(&Digest, u32)]) {
        let before = &mut self.digest_tables[shard];
        if new.iter().all(|(digest, _)| before.find(digest).is_some()) {
            return;
        }
        let mut after = before.with_capacity_for(new.len());
        new.iter().for_each(|(digest, seq)| after.insert(digest, *seq));
        *before = after.finish();
    }
}

/// An index while it is read from a store, before others see it.
pub struct IndexBuilder {
    digests: DigestTablesBuilder,
    interned: Interned,
    /// The records of the chunks that are full.
    pages: Pages,
    finished_segments: Vec<(Segment, Option<Range<usize>>)>,
    /// The chunk that is being filled.
    segment: GrowingChunk,
    text_length: usize,
    /// How many secrets there have been, and how many of them are still known to their credentials.
    secret_counts: (u64, u64),
}

impl IndexBuilder {
    /// A draft with room for so many credentials, so that nothing is copied while it grows; their apps come in the order
    /// of their numbers.
    pub fn with_capacity(credentials: i64, apps: &[App]) -> Self {
        let credentials = usize::try_from(credentials).unwrap_or_default();
        let each = credentials / SHARD_COUNT;
        // Four standard deviations more than the mean: few of a thousand shards will have to grow.
        let room = if each == 0 { 0 } else { each + 4 * each.isqrt() };
        Self {
            digests: DigestTablesBuilder::with_capacity(SHARD_COUNT, room),
            interned: Interned::new(apps),
            pages: Pages::with_capacity(
                (credentials + SHARD_COUNT) * RECORD_LENGTH + MAX_TEXT_BYTES,
            ),
            finished_segments: Vec::new(),
            segment: GrowingChunk::default(),
            text_length: 0,
            secret_counts: (0, 0),
        }
    }

    /// Puts a credential in; they come in the order of their numbers.
    pub fn put(&mut self, credential: &Credential) {
        let Some(seq) = index_seq(credential.seq) else { return };
        let (number, at) = position(seq);
        while self.finished_segments.len() < number {
            self.finish_segment();
        }
        let others = self.text_length + self.segment.text_length();
        self.interned.intern_scopes(credential);
        self.segment.put(at, credential, &self.interned, others < MAX_TEXT_BYTES);
        self.secret_counts.0 += u64::from(credential.secrets.generation);
        for digest in digests_of(credential) {
            self.digests.insert(shard(digest), digest, seq);
            self.secret_counts.1 += 1;
        }
    }

    fn finish_segment(&mut self) {
        let mut chunk = mem::take(&mut self.segment).finish();
        self.text_length += chunk.text_length();
        let place = self.pages.take(chunk.bytes());
        self.finished_segments.push((chunk, place));
    }

    /// Whether some secrets were replaced: then the store's own list of digests has more than the credentials know.
    pub fn lacks_replaced_secrets(&self) -> bool {
        self.secret_counts.0 > self.secret_counts.1
    }

    /// Puts the digest of a secret in, a replaced one or another.
    pub fn put_digest(&mut self, digest: &Digest, credential: i64) {
        if let Some(seq) = index_seq(credential) {
            self.digests.insert(shard(digest), digest, seq);
        }
    }

    /// The index.
    pub fn finish(mut self, accounts: Vec<Account>) -> Index {
        self.finish_segment();
        let records = self.pages.share();
        let chunks = self.finished_segments.into_iter().map(|(mut chunk, place)| {
            place.into_iter().for_each(|place| *chunk.bytes() = records.slice(place));
            Arc::new(chunk)
        });
        let chunks = chunks.collect();
        let (accounts, digests) = (accounts.into(), self.digests.finish());
        let common = Arc::new(self.interned);
        Index {
            snapshot: ArcSwap::from_pointee(Snapshot {
                accounts,
                interned: common,
                segments: chunks,
                digest_tables: digests,
            }),
            text_length: AtomicUsize::new(self.text_length),
        }
    }
}

/// In which chunk a credential is, and where in it.
fn position(seq: u32) -> (usize, usize) {
    let at = seq as usize - 1;
    (at / SEGMENT_LENGTH, at % SEGMENT_LENGTH)
}

fn shard(digest: &Digest) -> usize {
    usize::from(u16::from_le_bytes([digest.0[0], digest.0[1]])) % SHARD_COUNT
}

fn digests_of(credential: &Credential) -> impl Iterator<Item = &Digest> {
    let secrets = &credential.secrets;
    secrets.current.iter().chain(secrets.retiring.iter().map(|retiring| &retiring.digest))
}

fn account_by_key(accounts: &[Account], key: AccountKey) -> Option<&Account> {
    let near = usize::try_from(key.0 - 1).ok().and_then(|at| accounts.get(at));
    near.filter(|account| account.key == key)
        .or_else(|| accounts.iter().find(|account| account.key == key))
}

#[cfg(test)]
mod tests;

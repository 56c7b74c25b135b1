//! The index: what a verdict needs of every credential, in memory.
//!
//! It is cut into small parts that are never changed, only replaced: the tables of digests by the first bits of the
//! digest, the records by the number of the credential. A change copies the parts that it touches, some tens of KiB,
//! and a list of all parts, 16 bytes for every thousand credentials; readers neither wait nor see anything half done.
//! The parts that were loaded stand side by side in huge pages, those that changed since in memory of their own.

mod chunk;
mod common;
mod digests;
mod pages;

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

use chunk::{Chunk, Growing as GrowingChunk, LENGTH, RECORD};
pub use chunk::{Entry, encode};
use common::Common;
pub use common::{KnownApp, KnownScopes};
use digests::{Digests, Tables};
use pages::Pages;

use crate::domain::{
    account::{Account, AccountKey},
    app::App,
    credential::{Credential, Kind},
    decision::Standing,
    id::{Class, ObjectId},
    instant::Instant,
    limit::Limit,
    secret::Digest,
};

/// In how many parts the digests are cut: a power of two.
const SHARDS: usize = 1_024;
/// How many bytes of long names and addresses are kept at most; further ones are asked of the store.
const TEXT_ROOM: usize = 32 << 20;

/// A credential's number as the index keeps it; `None` past four billion of them.
pub fn short(seq: i64) -> Option<u32> {
    u32::try_from(seq).ok().filter(|seq| *seq != 0)
}

/// What a verdict needs of every credential.
pub struct Index {
    frame: ArcSwap<Frame>,
    text_length: AtomicUsize,
}

/// The accounts, what credentials have in common, and where the parts are. Never changed, so that a reader asks once for
/// all of them.
#[derive(Clone)]
struct Frame {
    accounts: Arc<[Account]>,
    common: Arc<Common>,
    chunks: Vec<Arc<Chunk>>,
    digests: Vec<Digests>,
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
    pub limit: Option<Limit>,
}

impl Index {
    /// Calls `read` with the credential whose digest this is and its standing at `now`.
    pub fn find<T>(
        &self,
        digest: &Digest,
        now: Instant,
        read: impl FnOnce(&Hit<'_>, &Standing<'_>) -> T,
    ) -> Option<T> {
        let frame = self.frame.load();
        let seq = frame.digests[shard(digest)].find(digest)?;
        let (number, at) = place(seq);
        let entry = frame.chunks.get(number)?.find(at)?;
        let account = find_account(&frame.accounts, entry.account())?;
        let kept = entry.particulars();
        let hit = Hit {
            seq,
            entry,
            account,
            app: kept.and_then(|kept| frame.common.app(&kept)),
            district: kept.filter(|_| entry.kind() == Kind::Token).map(|kept| kept.district),
            scopes: kept.and_then(|kept| frame.common.scopes(&kept)),
            limit: kept.and_then(|kept| kept.limit),
        };
        let standing = Standing {
            account: account.id,
            region: account.region,
            require_user_passcode: account.require_user_passcode,
            is_sunset: account.has_sunset(now),
            kind: entry.kind(),
            app: hit.app.map(|app| app.id),
            district: hit.district,
            scopes: hit.scopes.map_or("", |scopes| &scopes.text),
            is_deleted: entry.is_deleted(),
            is_revoked: entry.is_revoked(),
            is_orphaned: entry.kind().class() != Class::Passcode
                && hit.app.is_none_or(|app| app.is_removed),
            role: entry.role(digest, now),
            expiry: entry.expiry(),
        };
        Some(read(&hit, &standing))
    }

    /// Calls `each` with every credential.
    pub fn scan(&self, mut each: impl FnMut(&Entry<'_>)) {
        for chunk in &self.frame.load().chunks {
            chunk.entries().for_each(|entry| each(&entry));
        }
    }

    /// Replaces the accounts.
    pub fn put_accounts(&self, accounts: Vec<Account>) {
        let frame = Frame::clone(&self.frame.load());
        self.frame.store(Arc::new(Frame { accounts: accounts.into(), ..frame }));
    }

    /// Replaces the apps.
    pub fn put_apps(&self, apps: &[App]) {
        let frame = Frame::clone(&self.frame.load());
        let common = Arc::new(frame.common.with_apps(apps));
        self.frame.store(Arc::new(Frame { common, ..frame }));
    }

    /// Puts credentials in, changed or new. Only one thread may.
    pub fn put(&self, credentials: &[Credential]) {
        let (mut by_chunk, mut by_shard) =
            (BTreeMap::<_, BTreeMap<_, _>>::new(), BTreeMap::<_, Vec<_>>::new());
        let mut frame = Frame::clone(&self.frame.load());
        for credential in credentials {
            let Some(seq) = short(credential.seq) else { continue };
            let (number, at) = place(seq);
            frame.learn(credential);
            by_chunk.entry(number).or_default().insert(at, credential);
            for digest in digests_of(credential) {
                by_shard.entry(shard(digest)).or_default().push((digest, seq));
            }
        }
        let mut text_length = self.text_length.load(Ordering::Relaxed);
        for (number, changes) in by_chunk {
            text_length = frame.put_records(number, &changes, text_length);
        }
        for (shard, new) in by_shard {
            frame.put_digests(shard, &new);
        }
        self.text_length.store(text_length, Ordering::Relaxed);
        self.frame.store(Arc::new(frame));
    }
}

impl Frame {
    /// Scopes that nobody had before are rare: only they are worth a copy.
    fn learn(&mut self, credential: &Credential) {
        if !self.common.knows(credential) {
            Arc::make_mut(&mut self.common).learn(credential);
        }
    }

    /// Puts credentials into a chunk; answers how long all texts are then.
    fn put_records(
        &mut self,
        number: usize,
        changes: &BTreeMap<usize, &Credential>,
        text_length: usize,
    ) -> usize {
        if self.chunks.len() <= number {
            self.chunks.resize_with(number + 1, Arc::default);
        }
        let before = &mut self.chunks[number];
        let others = text_length - before.text_length();
        *before = Arc::new(before.with(changes, &self.common, TEXT_ROOM.saturating_sub(others)));
        others + before.text_length()
    }

    fn put_digests(&mut self, shard: usize, new: &[(&Digest, u32)]) {
        let before = &mut self.digests[shard];
        if new.iter().all(|(digest, _)| before.find(digest).is_some()) {
            return;
        }
        let mut after = before.with_more(new.len());
        new.iter().for_each(|(digest, seq)| after.insert(digest, *seq));
        *before = after.finish();
    }
}

/// An index while it is read from a store, before others see it.
pub struct Draft {
    digests: Tables,
    common: Common,
    /// The records of the chunks that are full.
    pages: Pages,
    full: Vec<(Chunk, Option<Range<usize>>)>,
    /// The chunk that is being filled.
    chunk: GrowingChunk,
    text_length: usize,
    /// How many secrets there have been, and how many of them are still known to their credentials.
    secrets: (u64, u64),
}

impl Draft {
    /// A draft with room for so many credentials, so that nothing is copied while it grows; their apps come in the order
    /// of their numbers.
    pub fn with_room(credentials: i64, apps: &[App]) -> Self {
        let credentials = usize::try_from(credentials).unwrap_or_default();
        let each = credentials / SHARDS;
        // Four standard deviations more than the mean: few of a thousand shards will have to grow.
        let room = if each == 0 { 0 } else { each + 4 * each.isqrt() };
        Self {
            digests: Tables::with_room(SHARDS, room),
            common: Common::new(apps),
            pages: Pages::with_room((credentials + SHARDS) * RECORD + TEXT_ROOM),
            full: Vec::new(),
            chunk: GrowingChunk::default(),
            text_length: 0,
            secrets: (0, 0),
        }
    }

    /// Puts a credential in; they come in the order of their numbers.
    pub fn put(&mut self, credential: &Credential) {
        let Some(seq) = short(credential.seq) else { return };
        let (number, at) = place(seq);
        while self.full.len() < number {
            self.end_chunk();
        }
        let others = self.text_length + self.chunk.text_length();
        self.common.learn(credential);
        self.chunk.put(at, credential, &self.common, others < TEXT_ROOM);
        self.secrets.0 += u64::from(credential.secrets.generation);
        for digest in digests_of(credential) {
            self.digests.insert(shard(digest), digest, seq);
            self.secrets.1 += 1;
        }
    }

    fn end_chunk(&mut self) {
        let mut chunk = mem::take(&mut self.chunk).finish();
        self.text_length += chunk.text_length();
        let place = self.pages.take(chunk.bytes());
        self.full.push((chunk, place));
    }

    /// Whether some secrets were replaced: then the store's own list of digests has more than the credentials know.
    pub fn lacks_replaced(&self) -> bool {
        self.secrets.0 > self.secrets.1
    }

    /// Puts the digest of a secret in, a replaced one or another.
    pub fn put_secret(&mut self, digest: &Digest, credential: i64) {
        if let Some(seq) = short(credential) {
            self.digests.insert(shard(digest), digest, seq);
        }
    }

    /// The index.
    pub fn finish(mut self, accounts: Vec<Account>) -> Index {
        self.end_chunk();
        let records = self.pages.share();
        let chunks = self.full.into_iter().map(|(mut chunk, place)| {
            place.into_iter().for_each(|place| *chunk.bytes() = records.slice(place));
            Arc::new(chunk)
        });
        let chunks = chunks.collect();
        let (accounts, digests) = (accounts.into(), self.digests.finish());
        let common = Arc::new(self.common);
        Index {
            frame: ArcSwap::from_pointee(Frame { accounts, common, chunks, digests }),
            text_length: AtomicUsize::new(self.text_length),
        }
    }
}

/// In which chunk a credential is, and where in it.
fn place(seq: u32) -> (usize, usize) {
    let at = seq as usize - 1;
    (at / LENGTH, at % LENGTH)
}

fn shard(digest: &Digest) -> usize {
    usize::from(u16::from_le_bytes([digest.0[0], digest.0[1]])) % SHARDS
}

fn digests_of(credential: &Credential) -> impl Iterator<Item = &Digest> {
    let secrets = &credential.secrets;
    secrets.current.iter().chain(secrets.retiring.iter().map(|retiring| &retiring.digest))
}

fn find_account(accounts: &[Account], key: AccountKey) -> Option<&Account> {
    let near = usize::try_from(key.0 - 1).ok().and_then(|at| accounts.get(at));
    near.filter(|account| account.key == key)
        .or_else(|| accounts.iter().find(|account| account.key == key))
}

#[cfg(test)]
mod tests;

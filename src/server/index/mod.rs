//! The index: what a verdict needs of every credential, in memory.
//!
//! It is cut into small parts that are never changed, only replaced: the tables of digests by the first bits of the
//! digest, the facts by the number of the credential. A change copies the parts that it touches, some tens of KiB, and
//! swaps them in; readers neither wait nor see anything half done. So the work of a commit depends on what it changed,
//! not on how many credentials there are.

mod chunk;
mod digests;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use arc_swap::ArcSwap;

use chunk::{Chunk, LENGTH};
pub use chunk::{Entry, encode};
use digests::Digests;

use crate::domain::{
    account::{Account, AccountKey},
    credential::Credential,
    decision::Standing,
    instant::Instant,
    secret::Digest,
};

/// In how many parts the digests are cut: a power of two.
const SHARDS: usize = 1_024;
/// How many bytes of names and addresses are kept at most; further ones are asked of the store.
const TEXT_ROOM: usize = 32 << 20;

/// A credential's number as the index keeps it; `None` past four billion of them.
pub fn short(seq: i64) -> Option<u32> {
    u32::try_from(seq).ok().filter(|seq| *seq != 0)
}

/// What a verdict needs of every credential.
pub struct Index {
    digests: Box<[ArcSwap<Digests>]>,
    frame: ArcSwap<Frame>,
    text_length: AtomicUsize,
}

/// What seldom changes: the accounts, and where the chunks are.
#[derive(Clone)]
struct Frame {
    accounts: Vec<Account>,
    chunks: Vec<Arc<ArcSwap<Chunk>>>,
}

impl Index {
    /// Calls `read` with the credential whose digest this is and its standing at `now`.
    pub fn find<T>(
        &self,
        digest: &Digest,
        now: Instant,
        read: impl FnOnce(u32, &Entry<'_>, &Standing<'_>) -> T,
    ) -> Option<T> {
        let seq = self.digests[shard(digest)].load().find(digest)?;
        let (frame, (number, at)) = (self.frame.load(), place(seq));
        let chunk = frame.chunks.get(number)?.load();
        let entry = chunk.find(at)?;
        let account = find_account(&frame.accounts, entry.account())?;
        let standing = Standing {
            account: account.id,
            region: account.region,
            require_user_passcode: account.require_user_passcode,
            is_sunset: account.has_sunset(now),
            kind: entry.kind(),
            app: None,
            district: None,
            scopes: "",
            is_deleted: entry.is_deleted(),
            is_revoked: entry.is_revoked(),
            role: entry.role(digest, now),
            expiry: entry.expiry(),
        };
        Some(read(seq, &entry, &standing))
    }

    /// Calls `each` with every credential.
    pub fn scan(&self, mut each: impl FnMut(&Entry<'_>)) {
        for chunk in &self.frame.load().chunks {
            chunk.load().entries().for_each(|entry| each(&entry));
        }
    }

    /// Replaces the accounts.
    pub fn put_accounts(&self, accounts: Vec<Account>) {
        let chunks = self.frame.load().chunks.clone();
        self.frame.store(Arc::new(Frame { accounts, chunks }));
    }

    /// Puts credentials in, changed or new. The facts come before the digests: who finds a digest finds its facts.
    pub fn put(&self, credentials: &[Credential]) {
        let (mut by_chunk, mut by_shard) =
            (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for credential in credentials {
            let Some(seq) = short(credential.seq) else { continue };
            by_chunk.entry(place(seq).0).or_default().push((place(seq).1, credential));
            for digest in digests_of(credential) {
                by_shard.entry(shard(digest)).or_default().push((digest, seq));
            }
        }
        for (number, changes) in by_chunk {
            self.put_facts(number, &changes);
        }
        for (shard, new) in by_shard {
            self.put_digests(shard, &new);
        }
    }

    fn put_facts(&self, number: usize, changes: &[(usize, &Credential)]) {
        let place = self.make_room(number);
        let before = place.load_full();
        let mut after = before.copy();
        let others = self.text_length.load(Ordering::Relaxed) - before.text_length();
        for (at, credential) in changes {
            after.put(*at, credential, others + after.text_length() < TEXT_ROOM);
        }
        self.text_length.store(others + after.text_length(), Ordering::Relaxed);
        place.store(Arc::new(after));
    }

    /// Only one thread writes, so nobody else adds a chunk meanwhile.
    fn make_room(&self, number: usize) -> Arc<ArcSwap<Chunk>> {
        let frame = self.frame.load();
        if let Some(chunk) = frame.chunks.get(number) {
            return chunk.clone();
        }
        let mut longer = Frame::clone(&frame);
        longer.chunks.resize_with(number + 1, || Arc::new(ArcSwap::from_pointee(Chunk::new())));
        let chunk = longer.chunks[number].clone();
        self.frame.store(Arc::new(longer));
        chunk
    }

    fn put_digests(&self, shard: usize, new: &[(&Digest, u32)]) {
        let before = self.digests[shard].load();
        if new.iter().all(|(digest, _)| before.find(digest).is_some()) {
            return;
        }
        let mut after = before.with_more(new.len());
        new.iter().for_each(|(digest, seq)| after.insert(digest, *seq));
        self.digests[shard].store(Arc::new(after));
    }
}

/// An index while it is read from a store, before others see it.
pub struct Draft {
    digests: Vec<Digests>,
    chunks: Vec<Chunk>,
    text_length: usize,
    /// How many secrets there have been, and how many of them are still known to their credentials.
    secrets: (u64, u64),
}

impl Draft {
    /// A draft with room for so many credentials, so that nothing is copied while it grows.
    pub fn with_room(credentials: i64) -> Self {
        let each = usize::try_from(credentials).unwrap_or_default() / SHARDS;
        // Four standard deviations more than the mean: few of a thousand shards will have to grow.
        let room = if each == 0 { 0 } else { each + 4 * each.isqrt() };
        let digests = (0..SHARDS).map(|_| Digests::with_room(room)).collect();
        Self { digests, chunks: Vec::new(), text_length: 0, secrets: (0, 0) }
    }

    /// Puts a credential in; they come in the order of their numbers.
    pub fn put(&mut self, credential: &Credential) {
        let Some(seq) = short(credential.seq) else { return };
        let (number, at) = place(seq);
        while self.chunks.len() <= number {
            self.chunks.last_mut().into_iter().for_each(Chunk::shrink);
            self.chunks.push(Chunk::new());
        }
        let chunk = &mut self.chunks[number];
        let before = chunk.text_length();
        chunk.put(at, credential, self.text_length < TEXT_ROOM);
        self.text_length += chunk.text_length() - before;
        self.secrets.0 += u64::from(credential.secrets.generation);
        for digest in digests_of(credential) {
            self.digests[shard(digest)].insert(digest, seq);
            self.secrets.1 += 1;
        }
    }

    /// Whether some secrets were replaced: then the store's own list of digests has more than the credentials know.
    pub fn lacks_replaced(&self) -> bool {
        self.secrets.0 > self.secrets.1
    }

    /// Puts the digest of a secret in, a replaced one or another.
    pub fn put_secret(&mut self, digest: &Digest, credential: i64) {
        if let Some(seq) = short(credential) {
            self.digests[shard(digest)].insert(digest, seq);
        }
    }

    /// The index.
    pub fn finish(self, accounts: Vec<Account>) -> Index {
        let chunk = |chunk| Arc::new(ArcSwap::from_pointee(chunk));
        Index {
            digests: self.digests.into_iter().map(ArcSwap::from_pointee).collect(),
            frame: ArcSwap::from_pointee(Frame {
                accounts,
                chunks: self.chunks.into_iter().map(chunk).collect(),
            }),
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

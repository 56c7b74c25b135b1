//! The index itself: finds credentials by digest, and takes up changes.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use arc_swap::ArcSwap;

use super::{
    digest_table::DigestTable,
    interned::{Interned, KnownApp, KnownScopes},
    layout::{MAX_TEXT_BYTES, index_seq, position, shard},
    segment::{Entry, Segment},
};
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

/// What a decision needs of every credential.
pub struct Index {
    snapshot: ArcSwap<Snapshot>,
    /// How many bytes the long texts of all segments take.
    pub(super) text_length: AtomicUsize,
}

/// The state of an index at one time. Never changed, so that a reader loads one pointer for all of it.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub(super) accounts: Arc<[Account]>,
    pub(super) interned: Arc<Interned>,
    pub(super) segments: Vec<Arc<Segment>>,
    pub(super) digest_tables: Vec<DigestTable>,
}

/// A credential that was found by its digest, with what it refers to.
pub struct Hit<'i> {
    /// The number of the credential.
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
    /// The rate limit of a token that has its own.
    pub limit: Option<RateLimit>,
}

impl Index {
    pub(super) fn new(snapshot: Snapshot, text_length: usize) -> Self {
        Self {
            snapshot: ArcSwap::from_pointee(snapshot),
            text_length: AtomicUsize::new(text_length),
        }
    }

    /// Calls `read` with the credential that has this digest and the input of the decision at `now`. `None` if no
    /// credential has it.
    pub fn find<T>(
        &self,
        digest: &Digest,
        now: Instant,
        read: impl FnOnce(&Hit<'_>, &DecisionInput<'_>) -> T,
    ) -> Option<T> {
        let snapshot = self.snapshot.load();
        let hit = snapshot.find(digest)?;
        Some(read(&hit, &hit.decision_input(digest, now)))
    }

    /// Calls `each` with every credential.
    pub fn scan(&self, mut each: impl FnMut(&Entry<'_>)) {
        for segment in &self.snapshot.load().segments {
            segment.entries().for_each(|entry| each(&entry));
        }
    }

    /// Replaces the accounts.
    pub fn put_accounts(&self, accounts: Vec<Account>) {
        let snapshot = Snapshot::clone(&self.snapshot.load());
        self.snapshot.store(Arc::new(Snapshot { accounts: accounts.into(), ..snapshot }));
    }

    /// Replaces the apps.
    pub fn put_apps(&self, apps: &[App]) {
        let snapshot = Snapshot::clone(&self.snapshot.load());
        let interned = Arc::new(snapshot.interned.with_apps(apps));
        self.snapshot.store(Arc::new(Snapshot { interned, ..snapshot }));
    }

    /// Adds credentials, or replaces those that exist. Only one thread may call this.
    pub fn put(&self, credentials: &[Credential]) {
        let (mut by_segment, mut by_shard) =
            (BTreeMap::<_, BTreeMap<_, _>>::new(), BTreeMap::<_, Vec<_>>::new());
        let mut snapshot = Snapshot::clone(&self.snapshot.load());
        for credential in credentials {
            let Some(seq) = index_seq(credential.seq) else { continue };
            let (segment_number, offset) = position(seq);
            snapshot.intern(credential);
            by_segment.entry(segment_number).or_default().insert(offset, credential);
            for digest in credential.secrets.digests() {
                by_shard.entry(shard(digest)).or_default().push((digest, seq));
            }
        }
        let mut text_length = self.text_length.load(Ordering::Relaxed);
        for (segment_number, changes) in by_segment {
            text_length = snapshot.put_in_segment(segment_number, &changes, text_length);
        }
        for (shard, new) in by_shard {
            snapshot.put_in_shard(shard, &new);
        }
        self.text_length.store(text_length, Ordering::Relaxed);
        self.snapshot.store(Arc::new(snapshot));
    }
}

impl Snapshot {
    #[inline]
    fn find(&self, digest: &Digest) -> Option<Hit<'_>> {
        let seq = self.digest_tables[shard(digest)].find(digest)?;
        let (segment_number, offset) = position(seq);
        let entry = self.segments.get(segment_number)?.get(offset)?;
        let account = account_by_key(&self.accounts, entry.account())?;
        let token_fields = entry.token_fields();
        Some(Hit {
            seq,
            entry,
            account,
            app: token_fields.and_then(|fields| self.interned.app(&fields)),
            district: token_fields
                .filter(|_| entry.kind() == CredentialKind::Token)
                .map(|fields| fields.district),
            scopes: token_fields.and_then(|fields| self.interned.scopes(&fields)),
            limit: token_fields.and_then(|fields| fields.limit),
        })
    }

    /// Copies the list of scopes only for scopes that are new, which is rare.
    fn intern(&mut self, credential: &Credential) {
        if !self.interned.has_scopes(credential) {
            Arc::make_mut(&mut self.interned).intern_scopes(credential);
        }
    }

    /// Puts credentials into a segment. `text_length` is that of all segments before; returns that afterwards.
    fn put_in_segment(
        &mut self,
        number: usize,
        changes: &BTreeMap<usize, &Credential>,
        text_length: usize,
    ) -> usize {
        if self.segments.len() <= number {
            self.segments.resize_with(number + 1, Arc::default);
        }
        let segment = &mut self.segments[number];
        let others = text_length - segment.text_length();
        *segment = Arc::new(segment.with_changes(
            changes,
            &self.interned,
            MAX_TEXT_BYTES.saturating_sub(others),
        ));
        others + segment.text_length()
    }

    fn put_in_shard(&mut self, shard: usize, new: &[(&Digest, u32)]) {
        let table = &mut self.digest_tables[shard];
        if new.iter().all(|(digest, _)| table.find(digest).is_some()) {
            return;
        }
        let mut builder = table.with_capacity_for(new.len());
        new.iter().for_each(|(digest, seq)| builder.insert(digest, *seq));
        *table = builder.finish();
    }
}

impl<'i> Hit<'i> {
    /// Returns what the decision about the secret with this digest is based on.
    #[inline]
    fn decision_input(&self, digest: &Digest, now: Instant) -> DecisionInput<'i> {
        let Hit { entry, account, .. } = self;
        DecisionInput {
            account: account.id,
            region: account.region,
            require_user_passcode: account.require_user_passcode,
            legacy_sunset_has_passed: account.legacy_sunset_has_passed(now),
            kind: entry.kind(),
            app: self.app.map(|app| app.id),
            district: self.district,
            scopes: self.scopes.map_or("", |scopes| &scopes.text),
            is_deleted: entry.is_deleted(),
            is_revoked: entry.is_revoked(),
            is_orphaned: entry.kind().id_prefix() != IdPrefix::Passcode
                && self.app.is_none_or(|app| app.is_removed),
            role: entry.role(digest, now),
            expiry: entry.expiry(),
        }
    }
}

/// Finds an account. Usually its key is its position in the list.
fn account_by_key(accounts: &[Account], key: AccountKey) -> Option<&Account> {
    let likely = usize::try_from(key.0 - 1).ok().and_then(|index| accounts.get(index));
    likely
        .filter(|account| account.key == key)
        .or_else(|| accounts.iter().find(|account| account.key == key))
}

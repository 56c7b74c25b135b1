//! The cache updater: one thread that keeps the index up to date. The audit log is its feed of changes.

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::Arc,
    thread,
    time::{Duration, Instant as Timer},
};

use super::{
    index::{Index, IndexBuilder},
    index_cache::Cache,
};
use crate::{
    domain::{audit::Action, directory::id::CredentialId, instant::Instant},
    server::{
        log::{ErrorLatch, Log},
        shutdown::Shutdown,
        store_handle::{OpenStore, StoreHandle},
    },
    store::{Access, Mode, SortBy, Store, StoreError, Transaction, port::record::Checkpoint},
};

/// How often the store is read although nothing seems to have changed, which shows that it can be read.
const MAX_POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How soon it may be read again: a flood of requests shares its reads.
const MIN_POLL_INTERVAL: Duration = Duration::from_millis(1);
/// How soon an unreachable store is tried again. Never longer: a store that is back must take effect soon.
const RETRY_INTERVAL: Duration = Duration::from_millis(20);
/// How soon a store that could not be loaded is loaded again; until then every request is looked up in the store.
const MIN_RELOAD_INTERVAL: Duration = Duration::from_secs(1);
/// The updater also waits this many times as long as the failed load took: reloading a large store would otherwise keep
/// a core busy.
const RELOAD_REST_FACTOR: u32 = 20;
/// How many changed credentials are applied to the index at once.
const BATCH_SIZE: usize = 1_024;

/// Keeps `cache` up to date until shutdown.
pub fn run(open: &OpenStore, cache: &Cache, log: &Log, shutdown: &Shutdown) {
    cache.register_updater();
    let mut store = StoreHandle::new(open, Mode::Read);
    let mut updater = CacheUpdater {
        cache,
        index: None,
        checkpoint: Checkpoint::GENESIS,
        next_load: Timer::now(),
        latch: ErrorLatch::default(),
    };
    while !shutdown.is_requested() {
        let (number, began) = (cache.begin_poll(), Timer::now());
        let polled = store.with(|store| updater.poll(store));
        if let Err(error) = &polled {
            // First: from here on, requests may be answered with status 503.
            let is_tampered = matches!(error, StoreError::Integrity(_));
            let event = if is_tampered { "store_tampered" } else { "store_error" };
            updater.latch.report(log, event, error);
            cache.set_tampered(is_tampered || cache.is_tampered());
        } else if updater.index.is_some() {
            cache.set_tampered(false);
        }
        cache.end_poll(number, polled.as_ref().ok().copied());
        // Only now: readers do not use an index before they know how old it is.
        cache.index.store(updater.index.clone());
        if polled.is_ok() && updater.index.is_some() && updater.latch.clear() {
            log.event("store_back", "the store is accessible again");
        }
        wait_for_next_poll(cache, &mut store, began);
    }
}

/// Waits until the store may have changed or a request needs a poll, or until an unreachable store is to be tried again.
fn wait_for_next_poll(cache: &Cache, store: &mut StoreHandle<'_>, began: Timer) {
    let mut least = MIN_POLL_INTERVAL;
    if !store.is_open() {
        least = store.retry_delay(RETRY_INTERVAL);
    } else {
        let is_interrupted = || cache.is_poll_requested();
        // An error closes the store, and the next poll reports why it can't be opened.
        let _has_changed =
            store.with(|store| store.wait_for_change(MAX_POLL_INTERVAL, &is_interrupted));
    }
    while let Some(left) = least.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) {
        thread::park_timeout(left);
    }
}

struct CacheUpdater<'c> {
    cache: &'c Cache,
    /// `None` until it is loaded, and while the store can't be verified.
    index: Option<Arc<Index>>,
    /// The position in the audit log that the index is up to date with.
    checkpoint: Checkpoint,
    /// When the index may next be loaded.
    next_load: Timer,
    latch: ErrorLatch,
}

impl CacheUpdater<'_> {
    /// Reads the store once and brings the index up to date. Returns when that was, and the instant of the store's last
    /// record.
    fn poll(&mut self, store: &Store) -> Result<(Timer, Instant), StoreError> {
        if self.index.is_none() && self.next_load <= Timer::now() {
            let began = Timer::now();
            let loaded = store.begin(Access::Read).and_then(|mut tx| self.load(&mut tx));
            self.next_load =
                Timer::now() + MIN_RELOAD_INTERVAL.max(began.elapsed() * RELOAD_REST_FACTOR);
            loaded?;
        }
        // A new transaction: loading takes time, and the index must include what was committed meanwhile.
        let (at, mut tx) = (Timer::now(), store.begin(Access::Read)?);
        if self.index.is_some() && tx.audit_position() != self.checkpoint {
            self.catch_up(&mut tx).inspect_err(|error| self.discard_if_invalid(error))?;
        }
        Ok((at, tx.head().audit_at))
    }

    /// Loads the whole store. If a record fails verification there is no index, and every request is looked up in the
    /// store.
    fn load(&mut self, tx: &mut Transaction<'_>) -> Result<(), StoreError> {
        let mut builder = IndexBuilder::with_capacity(tx.head().credentials, &tx.apps()?);
        tx.scan_credentials(SortBy::Created, |credential| {
            builder.put(&credential);
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        if builder.lacks_replaced_secrets() {
            tx.scan_secrets(|entry| {
                builder.put_digest(&entry.digest, entry.credential);
                Ok::<_, StoreError>(())
            })?;
        }
        self.index = Some(Arc::new(builder.finish(tx.accounts()?)));
        self.checkpoint = tx.audit_position();
        Ok(())
    }

    /// Applies to the index what changed since its checkpoint.
    fn catch_up(&mut self, tx: &mut Transaction<'_>) -> Result<(), StoreError> {
        let Some(index) = &self.index else { return Ok(()) };
        let (mut changed, mut accounts_changed, mut apps_changed) = (BTreeSet::new(), false, false);
        tx.scan_audit_after(&self.checkpoint, |record| {
            match record.action {
                Action::AccountAdd | Action::AccountEdit | Action::AccountRemove => {
                    accounts_changed = true;
                }
                Action::AppAdd | Action::AppEdit | Action::AppRemove => apps_changed = true,
                _ => changed.extend(CredentialId::parse(&record.subject)),
            }
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        if accounts_changed {
            index.put_accounts(tx.accounts()?);
        }
        // Before the tokens that refer to the apps.
        if apps_changed {
            index.put_apps(&tx.apps()?);
        }
        let changed: Vec<CredentialId> = changed.into_iter().collect();
        for ids in changed.chunks(BATCH_SIZE) {
            let found = tx.find_credentials_by_id(ids)?;
            if found.len() != ids.len() {
                return Err(StoreError::Integrity("a changed credential is missing".to_owned()));
            }
            index.put(&found);
        }
        self.checkpoint = tx.audit_position();
        Ok(())
    }

    /// Drops the index if the store has another history or fails verification, which frees its memory before another is
    /// loaded. If the store is only unreachable, the index is kept and catches up later.
    fn discard_if_invalid(&mut self, error: &StoreError) {
        if matches!(error, StoreError::Integrity(_)) {
            self.index = None;
            self.cache.index.store(None);
        }
    }
}

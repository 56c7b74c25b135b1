//! The follower: one thread that keeps the mirror true. The audit log is the feed of changes.

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
    server::{OpenStore, Shutdown, log::Log},
    store::{
        Access, SortBy, Store, StoreError, Transaction, port::record::Checkpoint, sqlite::Mode,
    },
};

/// How often the store is looked at: a change by another process counts within this and a little more.
const POLL_INTERVAL: Duration = Duration::from_millis(3);
/// How soon it is looked at again when somebody waits: a flood shares its looks.
const REQUESTED_POLL_INTERVAL: Duration = Duration::from_millis(1);
/// How soon a store that is out of reach is tried again.
const RETRY_INTERVAL: Duration = Duration::from_millis(20);
/// How soon a store that could not be loaded is read again; until then it is asked about every request.
const MIN_RELOAD_INTERVAL: Duration = Duration::from_secs(1);
/// It is not tried again before this many times as long as that took: a large one would keep a core busy.
const RELOAD_REST_FACTOR: u32 = 20;
/// How many changed credentials are put into the index at once.
const BATCH_SIZE: usize = 1_024;

/// Keeps `mirror` true until `stop`.
pub fn run(open: &OpenStore, mirror: &Cache, log: &Log, stop: &Shutdown) {
    mirror.register_updater();
    let mut follower = CacheUpdater {
        cache: mirror,
        store: None,
        index: None,
        checkpoint: Checkpoint::GENESIS,
        next_load: Timer::now(),
        last_error: None,
    };
    while !stop.is_requested() {
        let (number, begun) = (mirror.begin_poll(), Timer::now());
        let looked = follower.poll(open);
        mirror.end_poll(number, looked.as_ref().ok().copied());
        // In this order: an index of which nobody knows how old it is would be believed by none.
        mirror.index.store(follower.index.clone());
        follower.log_status(log, looked.err());
        follower.wait_for_next_poll(begun);
    }
}

struct CacheUpdater<'f> {
    cache: &'f Cache,
    store: Option<Store>,
    index: Option<Arc<Index>>,
    /// Where the audit log stood when the index was last brought up to date.
    checkpoint: Checkpoint,
    /// When the index may next be loaded.
    next_load: Timer,
    /// What was last told to be wrong.
    last_error: Option<String>,
}

impl CacheUpdater<'_> {
    /// Looks at the store once and brings the index up to date; answers when that was, and the instant of the last record.
    fn poll(&mut self, open: &OpenStore) -> Result<(Timer, Instant), StoreError> {
        let store = match self.store.take().filter(Store::is_same_database) {
            Some(store) => store,
            None => open(Mode::Read)?,
        };
        let seen = self.poll_store(&store)?;
        // Only a store that answered is kept: any other is opened anew, whatever was wrong with it.
        self.store = Some(store);
        Ok(seen)
    }

    fn poll_store(&mut self, store: &Store) -> Result<(Timer, Instant), StoreError> {
        if self.index.is_none() && self.next_load <= Timer::now() {
            let began = Timer::now();
            let loaded = begin_read(store).and_then(|tx| self.load(&tx));
            self.next_load =
                Timer::now() + MIN_RELOAD_INTERVAL.max(began.elapsed() * RELOAD_REST_FACTOR);
            loaded?;
        }
        // To load took its time; what is committed since is in the index as well.
        let (at, tx) = (Timer::now(), begin_read(store)?);
        if self.index.is_some() && tx.audit_position() != self.checkpoint {
            self.catch_up(&tx).inspect_err(|error| self.discard_if_invalid(error))?;
        }
        Ok((at, tx.head().audit_at))
    }

    /// Reads the whole store. Where a record does not verify there is no index, and every request asks the store.
    fn load(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let mut draft = IndexBuilder::with_capacity(tx.head().credentials, &tx.apps()?);
        tx.scan_credentials(SortBy::Created, |credential| {
            draft.put(&credential);
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        if draft.lacks_replaced_secrets() {
            tx.scan_secrets(|entry| {
                draft.put_digest(&entry.digest, entry.credential);
                Ok::<_, StoreError>(())
            })?;
        }
        self.index = Some(Arc::new(draft.finish(tx.accounts()?)));
        self.checkpoint = tx.audit_position();
        Ok(())
    }

    /// Puts in what has changed since the index was last brought up to date.
    fn catch_up(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let Some(index) = &self.index else { return Ok(()) };
        let (mut changed, mut accounts_changed, mut apps_changed) = (BTreeSet::new(), false, false);
        tx.scan_audit_after(&self.checkpoint, |record| {
            match record.action {
                Action::AccountAdd | Action::AccountEdit => accounts_changed = true,
                Action::AppAdd | Action::AppEdit | Action::AppRemove => apps_changed = true,
                _ => changed.extend(CredentialId::parse(&record.subject)),
            }
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        if accounts_changed {
            index.put_accounts(tx.accounts()?);
        }
        // Before the tokens that refer to them.
        if apps_changed {
            index.put_apps(&tx.apps()?);
        }
        let mut batch = Vec::with_capacity(changed.len().min(BATCH_SIZE));
        for id in changed {
            let found = tx.find_credential_by_id(id)?;
            batch.push(found.ok_or_else(|| StoreError::Integrity(format!("{id} is missing")))?);
            if batch.len() == BATCH_SIZE {
                index.put(&batch);
                batch.clear();
            }
        }
        index.put(&batch);
        self.checkpoint = tx.audit_position();
        Ok(())
    }

    /// An index of a store with another history, or with one that does not verify, is worth nothing. Memory is given
    /// back before another is loaded. A store that is merely out of reach may be caught up with later.
    fn discard_if_invalid(&mut self, error: &StoreError) {
        if matches!(error, StoreError::Integrity(_)) {
            self.index = None;
            self.cache.index.store(None);
        }
    }

    /// Tells what is wrong once, and that it is right again: not before there is an index.
    fn log_status(&mut self, log: &Log, error: Option<StoreError>) {
        let trouble = error.map(|error| error.to_string());
        let is_known = trouble.is_some() || self.index.is_some();
        if is_known && trouble != self.last_error {
            match &trouble {
                Some(trouble) => log.event("store_error", trouble),
                None => log.event("store_back", "the store answers again"),
            }
            self.last_error = trouble;
        }
    }

    /// Waits for the next look: less when somebody needs one, more when the store is out of reach.
    fn wait_for_next_poll(&self, begun: Timer) {
        loop {
            let wait = match self.store {
                None => RETRY_INTERVAL,
                Some(_) if self.cache.is_poll_requested() => REQUESTED_POLL_INTERVAL,
                Some(_) => POLL_INTERVAL,
            };
            match wait.checked_sub(begun.elapsed()) {
                Some(left) if !left.is_zero() => thread::park_timeout(left),
                _ => return,
            }
        }
    }
}

fn begin_read(store: &Store) -> Result<Transaction<'_>, StoreError> {
    let tx = store.begin(Access::Read)?;
    tx.ok_or_else(|| StoreError::Inaccessible("it was never founded".to_owned()))
}

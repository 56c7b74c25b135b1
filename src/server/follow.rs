//! The follower: one thread that keeps the mirror true. The audit log is the feed of changes.

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::Arc,
    thread,
    time::{Duration, Instant as Timer},
};

use super::{
    Open, Stop,
    index::{Draft, Index},
    log::Log,
    mirror::Mirror,
};
use crate::{
    domain::{audit::Action, id::CredentialId, instant::Instant},
    store::{Access, Order, Store, StoreError, Transaction, record::Checkpoint, sqlite::Mode},
};

/// How often the store is looked at: a change by another process counts within this and a little more.
const EVERY: Duration = Duration::from_millis(3);
/// How soon it is looked at again when somebody waits: a flood shares its looks.
const SOON: Duration = Duration::from_millis(1);
/// How soon a store that is out of reach is tried again.
const AGAIN: Duration = Duration::from_millis(20);
/// How soon a store that could not be loaded is read again; until then it is asked about every request.
const RELOAD: Duration = Duration::from_secs(1);
/// It is not tried again before this many times as long as that took: a large one would keep a core busy.
const REST: u32 = 20;
/// How many changed credentials are put into the index at once.
const BATCH: usize = 1_024;

/// Keeps `mirror` true until `stop`.
pub fn follow(open: &Open, mirror: &Mirror, log: &Log, stop: &Stop) {
    mirror.adopt();
    let mut follower = Follower {
        mirror,
        store: None,
        index: None,
        place: Checkpoint::GENESIS,
        load_at: Timer::now(),
        trouble: None,
    };
    while !stop.is_set() {
        let (number, begun) = (mirror.begin_look(), Timer::now());
        let looked = follower.look(open);
        mirror.end_look(number, looked.as_ref().ok().copied());
        // In this order: an index of which nobody knows how old it is would be believed by none.
        mirror.index.store(follower.index.clone());
        follower.tell(log, looked.err());
        follower.rest(begun);
    }
}

struct Follower<'f> {
    mirror: &'f Mirror,
    store: Option<Store>,
    index: Option<Arc<Index>>,
    /// Where the audit log stood when the index was last brought up to date.
    place: Checkpoint,
    /// When the index may next be loaded.
    load_at: Timer,
    /// What was last told to be wrong.
    trouble: Option<String>,
}

impl Follower<'_> {
    /// Looks at the store once and brings the index up to date; answers when that was, and the instant of the last record.
    fn look(&mut self, open: &Open) -> Result<(Timer, Instant), StoreError> {
        let store = match self.store.take().filter(Store::is_in_place) {
            Some(store) => store,
            None => open(Mode::Read)?,
        };
        let seen = self.look_at(&store)?;
        // Only a store that answered is kept: any other is opened anew, whatever was wrong with it.
        self.store = Some(store);
        Ok(seen)
    }

    fn look_at(&mut self, store: &Store) -> Result<(Timer, Instant), StoreError> {
        if self.index.is_none() && self.load_at <= Timer::now() {
            let began = Timer::now();
            let loaded = begin(store).and_then(|tx| self.load(&tx));
            self.load_at = Timer::now() + RELOAD.max(began.elapsed() * REST);
            loaded?;
        }
        // To load took its time; what is committed since is in the index as well.
        let (at, tx) = (Timer::now(), begin(store)?);
        if self.index.is_some() && tx.place() != self.place {
            self.catch_up(&tx).inspect_err(|error| self.weigh(error))?;
        }
        Ok((at, tx.head().audit_at))
    }

    /// Reads the whole store. Where a record does not verify there is no index, and every request asks the store.
    fn load(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let mut draft = Draft::with_room(tx.head().credentials, &tx.apps()?);
        tx.scan(Order::Created, |credential| {
            draft.put(&credential);
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        if draft.lacks_replaced() {
            tx.scan_secrets(|entry| {
                draft.put_secret(&entry.digest, entry.credential);
                Ok::<_, StoreError>(())
            })?;
        }
        self.index = Some(Arc::new(draft.finish(tx.accounts()?)));
        self.place = tx.place();
        Ok(())
    }

    /// Puts in what has changed since the index was last brought up to date.
    fn catch_up(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let Some(index) = &self.index else { return Ok(()) };
        let (mut changed, mut accounts_changed, mut apps_changed) = (BTreeSet::new(), false, false);
        tx.scan_audit_after(&self.place, |record| {
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
        let mut batch = Vec::with_capacity(changed.len().min(BATCH));
        for id in changed {
            let found = tx.find_by_id(id)?;
            batch.push(found.ok_or_else(|| StoreError::Integrity(format!("{id} is missing")))?);
            if batch.len() == BATCH {
                index.put(&batch);
                batch.clear();
            }
        }
        index.put(&batch);
        self.place = tx.place();
        Ok(())
    }

    /// An index of a store with another history, or with one that does not verify, is worth nothing. Memory is given
    /// back before another is loaded. A store that is merely out of reach may be caught up with later.
    fn weigh(&mut self, error: &StoreError) {
        if matches!(error, StoreError::Integrity(_)) {
            self.index = None;
            self.mirror.index.store(None);
        }
    }

    /// Tells what is wrong once, and that it is right again: not before there is an index.
    fn tell(&mut self, log: &Log, error: Option<StoreError>) {
        let trouble = error.map(|error| error.to_string());
        let is_known = trouble.is_some() || self.index.is_some();
        if is_known && trouble != self.trouble {
            match &trouble {
                Some(trouble) => log.event("store_error", trouble),
                None => log.event("store_back", "the store answers again"),
            }
            self.trouble = trouble;
        }
    }

    /// Waits for the next look: less when somebody needs one, more when the store is out of reach.
    fn rest(&self, begun: Timer) {
        loop {
            let wait = match self.store {
                None => AGAIN,
                Some(_) if self.mirror.is_wanted() => SOON,
                Some(_) => EVERY,
            };
            match wait.checked_sub(begun.elapsed()) {
                Some(left) if !left.is_zero() => thread::park_timeout(left),
                _ => return,
            }
        }
    }
}

fn begin(store: &Store) -> Result<Transaction<'_>, StoreError> {
    let tx = store.begin(Access::Read)?;
    tx.ok_or_else(|| StoreError::OutOfReach("it was never founded".to_owned()))
}

//! The asker: one thread that looks secrets up in the store itself, while there is no index and for what the index has
//! no room for.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use tokio::sync::oneshot;

use super::index_cache::Unavailable;
use crate::{
    domain::{credential::secret::Digest, decision::SecretLookup, instant::Instant},
    server::OpenStore,
    store::{Access, Store, StoreError, sqlite::Mode},
};

/// How many questions may wait.
const QUEUE_LENGTH: usize = 256;

/// What the store knows, and the instant of its last record.
type LookupResult = (SecretLookup, Instant);

struct LookupRequest {
    digest: Digest,
    reply: oneshot::Sender<Result<LookupResult, StoreError>>,
}

/// Where workers put their questions.
#[derive(Clone)]
pub struct StoreLookup(SyncSender<LookupRequest>);

/// The questions, for the one thread that answers them.
pub struct LookupQueue(Receiver<LookupRequest>);

/// Both ends.
pub fn channel() -> (StoreLookup, LookupQueue) {
    let (sender, receiver) = sync_channel(QUEUE_LENGTH);
    (StoreLookup(sender), LookupQueue(receiver))
}

impl StoreLookup {
    /// What the store knows of a digest, and the instant of its last record.
    ///
    /// # Errors
    /// [`NoAnswer::TooMany`] when too many questions wait, [`NoAnswer::Stale`] when the store does not answer.
    pub async fn find(&self, digest: Digest) -> Result<LookupResult, Unavailable> {
        let (answer, answered) = oneshot::channel();
        self.0
            .try_send(LookupRequest { digest, reply: answer })
            .map_err(|_| Unavailable::Overloaded)?;
        let found = answered.await.map_err(|_| Unavailable::StoreUnreachable)?;
        found.map_err(|_| Unavailable::StoreUnreachable)
    }
}

impl LookupQueue {
    /// Answers until nobody can ask any more.
    pub fn run(self, open: &OpenStore) {
        let mut store = None;
        for LookupRequest { digest, reply: answer } in self.0 {
            let found = look_up(&mut store, open, &digest);
            // Who asked may have hung up.
            let _heard = answer.send(found);
        }
    }
}

/// A store that did not answer is opened anew for the next question.
fn look_up(
    kept: &mut Option<Store>,
    open: &OpenStore,
    digest: &Digest,
) -> Result<LookupResult, StoreError> {
    let store = match kept.take().filter(Store::is_same_database) {
        Some(store) => store,
        None => open(Mode::Read)?,
    };
    let answer = match store.begin(Access::Read)? {
        Some(tx) => (tx.find_by_digest(digest)?, tx.head().audit_at),
        None => return Err(StoreError::Inaccessible("it was never founded".to_owned())),
    };
    *kept = Some(store);
    Ok(answer)
}

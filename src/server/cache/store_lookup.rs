//! The store lookup: one thread that looks up secrets in the store itself, while there is no index and for what the index
//! does not hold.

use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    time::Duration,
};

use tokio::sync::oneshot;

use crate::{
    domain::{credential::secret::Digest, decision::SecretLookup, instant::Instant},
    server::{
        log::{ErrorLatch, Log},
        store_handle::{OpenStore, StoreHandle},
        unavailable::Unavailable,
    },
    store::{Access, Mode, Store, StoreError},
};

/// How many lookups the queue holds.
const QUEUE_LENGTH: usize = 256;
/// Failed lookups are logged no more often than this: a flood of them must not flood the log.
const MIN_LOG_INTERVAL: Duration = Duration::from_secs(1);

/// What the store knows of a secret, and the instant of its last record.
type LookupResult = (SecretLookup, Instant);

struct LookupRequest {
    digest: Digest,
    reply: oneshot::Sender<Result<LookupResult, StoreError>>,
}

/// The sending end of the queue, for workers.
#[derive(Clone)]
pub struct StoreLookup(SyncSender<LookupRequest>);

/// The receiving end, for the one thread that reads the store.
pub struct LookupQueue(Receiver<LookupRequest>);

/// Creates the queue.
pub fn channel() -> (StoreLookup, LookupQueue) {
    let (sender, receiver) = sync_channel(QUEUE_LENGTH);
    (StoreLookup(sender), LookupQueue(receiver))
}

impl StoreLookup {
    /// Looks up a digest, and the instant of the store's last record.
    ///
    /// # Errors
    /// [`Unavailable::Overloaded`] when the queue is full, [`Unavailable::StoreUnreachable`] when the store does not
    /// answer.
    pub async fn find(&self, digest: Digest) -> Result<LookupResult, Unavailable> {
        let (reply, result) = oneshot::channel();
        let request = LookupRequest { digest, reply };
        self.0.try_send(request).map_err(|_| Unavailable::Overloaded)?;
        let found = result.await.map_err(|_| Unavailable::StoreUnreachable)?;
        // The thread that failed has logged the error.
        found.map_err(|_| Unavailable::StoreUnreachable)
    }
}

impl LookupQueue {
    /// Answers lookups until all senders are gone. An error is logged before the worker that waits sees it.
    pub fn run(self, open: &OpenStore, log: &Log) {
        let mut store = StoreHandle::new(open, Mode::Read);
        let mut latch = ErrorLatch::with_min_interval(MIN_LOG_INTERVAL);
        for LookupRequest { digest, reply } in self.0 {
            let found = store.with(|store| look_up(store, &digest));
            match &found {
                Ok(_) => _ = latch.clear(),
                Err(error) => latch.report(log, "lookup_failed", error),
            }
            // The caller may have disconnected meanwhile.
            let _sent = reply.send(found);
        }
    }
}

fn look_up(store: &Store, digest: &Digest) -> Result<LookupResult, StoreError> {
    let mut tx = store.begin(Access::Read)?;
    Ok((tx.find_by_digest(digest)?, tx.head().audit_at))
}

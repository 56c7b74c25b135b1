//! The asker: one thread that looks secrets up in the store itself, while there is no index and for what the index has
//! no room for.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use tokio::sync::oneshot;

use super::{Open, mirror::NoAnswer};
use crate::{
    domain::{decision::Found, instant::Instant, secret::Digest},
    store::{Access, Store, StoreError, sqlite::Mode},
};

/// How many questions may wait.
const WAITING: usize = 256;

/// What the store knows, and the instant of its last record.
type Answer = (Found, Instant);

struct Question {
    digest: Digest,
    answer: oneshot::Sender<Result<Answer, StoreError>>,
}

/// Where workers put their questions.
#[derive(Clone)]
pub struct Asker(SyncSender<Question>);

/// The questions, for the one thread that answers them.
pub struct Questions(Receiver<Question>);

/// Both ends.
pub fn asker() -> (Asker, Questions) {
    let (sender, receiver) = sync_channel(WAITING);
    (Asker(sender), Questions(receiver))
}

impl Asker {
    /// What the store knows of a digest, and the instant of its last record.
    ///
    /// # Errors
    /// [`NoAnswer::TooMany`] when too many questions wait, [`NoAnswer::Stale`] when the store does not answer.
    pub async fn find(&self, digest: Digest) -> Result<Answer, NoAnswer> {
        let (answer, answered) = oneshot::channel();
        self.0.try_send(Question { digest, answer }).map_err(|_| NoAnswer::TooMany)?;
        let found = answered.await.map_err(|_| NoAnswer::Stale)?;
        found.map_err(|_| NoAnswer::Stale)
    }
}

impl Questions {
    /// Answers until nobody can ask any more.
    pub fn answer(self, open: &Open) {
        let mut store = None;
        for Question { digest, answer } in self.0 {
            let found = find(&mut store, open, &digest);
            // Who asked may have hung up.
            let _heard = answer.send(found);
        }
    }
}

/// A store that did not answer is opened anew for the next question.
fn find(kept: &mut Option<Store>, open: &Open, digest: &Digest) -> Result<Answer, StoreError> {
    let store = match kept.take().filter(Store::is_in_place) {
        Some(store) => store,
        None => open(Mode::Read)?,
    };
    let answer = match store.begin(Access::Read)? {
        Some(tx) => (tx.find_by_digest(digest)?, tx.head().audit_at),
        None => return Err(StoreError::OutOfReach("it was never founded".to_owned())),
    };
    *kept = Some(store);
    Ok(answer)
}

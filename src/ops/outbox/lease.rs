//! Leases due messages, so that only one process sends each of them.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::ControlFlow,
};

use super::{report::DeliveryReport, signing_key::signing_key};
use crate::{
    delivery::Destination,
    domain::{
        directory::{
            app::{App, Webhook},
            id::CredentialId,
        },
        instant::Instant,
        notice::{DeliveryResult, GIVE_UP_AFTER, OutboxMessage, Recipient},
        seq::MessageSeq,
    },
    ops::{
        context::{OpContext, ReadTx, WriteTx},
        error::OpError,
    },
    store::{PendingScan, StoreError},
};

/// Seconds for which a leased message belongs to the process that sends it.
pub const LEASE: i64 = 60;
/// Recipients to which messages are sent in parallel.
const MAX_PARALLEL_RECIPIENTS: usize = 16;
/// Messages to one recipient leased at a time. Even if each of them takes as long as the transport allows, all are sent
/// before the lease ends.
const MAX_LEASED_PER_RECIPIENT: usize = 4;
/// A message that failed at most this often blocks later ones to its recipient, which keeps them in order.
const BLOCKING_ATTEMPTS: u32 = 3;

/// The due messages. Those behind a blocking one are left out: one that failed only a few times, or that another process
/// is sending.
pub struct DueMessages {
    /// The numbers of the messages, in order, by recipient.
    pub(super) queues: BTreeMap<Recipient, VecDeque<MessageSeq>>,
    /// What is wrong with the pending messages.
    pub scan: PendingScan,
}

impl DueMessages {
    /// Returns whether no message is due.
    pub fn is_empty(&self) -> bool {
        self.queues.is_empty()
    }

    /// Takes the numbers of the next messages, at most [`MAX_LEASED_PER_RECIPIENT`] to each of at most
    /// [`MAX_PARALLEL_RECIPIENTS`] recipients.
    fn take_batch(&mut self) -> Vec<Vec<MessageSeq>> {
        let queues = self.queues.values_mut().take(MAX_PARALLEL_RECIPIENTS);
        let batch = queues
            .map(|queue| queue.drain(..queue.len().min(MAX_LEASED_PER_RECIPIENT)).collect())
            .collect();
        self.queues.retain(|_, queue| !queue.is_empty());
        batch
    }
}

/// A leased message and what sending it takes.
pub(super) struct Attempt {
    pub(super) message: OutboxMessage,
    pub(super) app: App,
    /// The token that the message is about.
    pub(super) token: CredentialId,
    pub(super) destination: Destination,
    /// When the message was leased.
    pub(super) at: Instant,
}

/// The messages of one round.
#[derive(Default)]
pub(super) struct LeasedBatch {
    /// The messages to send: one list per recipient, in order.
    pub(super) attempts_by_recipient: Vec<Vec<Attempt>>,
    /// The messages that ended without another attempt.
    pub(super) ended: Vec<DeliveryReport>,
}

enum Leased {
    Attempt(Box<Attempt>),
    Ended(Box<DeliveryReport>),
}

/// Returns the due messages.
///
/// # Errors
/// If the store can't be read.
pub fn due_messages(context: &OpContext<'_>) -> Result<DueMessages, OpError> {
    let mut read = ReadTx::begin(context.store, context.clock)?;
    let mut queues = BTreeMap::<_, VecDeque<_>>::new();
    let mut blocked = BTreeSet::new();
    let scan = read.tx.scan_pending_messages(|message| {
        if message.next_attempt_at > read.now {
            if message.attempts <= BLOCKING_ATTEMPTS {
                blocked.insert(message.recipient);
            }
        } else if !blocked.contains(&message.recipient) {
            queues.entry(message.recipient).or_default().push_back(message.seq);
        }
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(DueMessages { queues, scan })
}

/// Leases the next messages to some recipients, and takes them from the due ones. A message that was tampered with, or
/// whose token was, stays pending and is noted as such.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be read or written.
pub(super) fn lease_batch(
    context: &OpContext<'_>,
    due: &mut DueMessages,
) -> Result<LeasedBatch, OpError> {
    let mut write = context.begin()?;
    let mut batch = LeasedBatch::default();
    let seqs_by_recipient = due.take_batch();
    due.scan.tampered.extend(write.tx.prefetch_messages(&seqs_by_recipient.concat())?);
    for seqs in seqs_by_recipient {
        let mut attempts = Vec::new();
        for seq in seqs {
            match lease(&mut write, seq) {
                Ok(Some(Leased::Attempt(attempt))) => attempts.push(*attempt),
                Ok(Some(Leased::Ended(report))) => batch.ended.push(*report),
                // Another process has sent or leased it since.
                Ok(None) => {}
                Err(OpError::Store(StoreError::Integrity(_))) => due.scan.tampered.push(seq),
                Err(error) => return Err(error),
            }
        }
        batch.attempts_by_recipient.push(attempts);
    }
    write.commit()?;
    Ok(batch)
}

/// Leases a message, or ends it if it is no longer to be sent. Returns `None` if it is not due.
fn lease(write: &mut WriteTx<'_>, seq: MessageSeq) -> Result<Option<Leased>, OpError> {
    let now = write.now;
    let is_due = |message: &OutboxMessage| message.is_pending() && message.next_attempt_at <= now;
    let Some(message) = write.tx.find_message(seq)?.filter(is_due) else { return Ok(None) };
    let app = write.tx.app_of_message(&message)?;
    let token = write.tx.get_credential(message.credential)?.id;
    let result = match app.active_webhook() {
        None => DeliveryResult::NoWebhook,
        // A message gets one attempt, however old it is: maybe no process delivered anything for days.
        Some(_) if message.attempts > 0 && now.since(message.created_at) >= GIVE_UP_AFTER => {
            DeliveryResult::GivenUp
        }
        Some(Webhook { url, generation }) => {
            let key = signing_key(&mut write.tx, &app, *generation)?;
            let destination = Destination::Webhook { url: url.clone(), key };
            let attempts = message.attempts.saturating_add(1);
            let leased = OutboxMessage { attempts, next_attempt_at: now.plus(LEASE), ..message };
            let message = write.tx.update_message(leased)?;
            let attempt = Attempt { message, app, token, destination, at: now };
            return Ok(Some(Leased::Attempt(Box::new(attempt))));
        }
    };
    let message = write.tx.update_message(message.end(now, result))?;
    let report = DeliveryReport { message, app, token, origin: None, failure: None };
    Ok(Some(Leased::Ended(Box::new(report))))
}

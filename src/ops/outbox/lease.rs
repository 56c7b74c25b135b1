//! Leases due messages, so that only one process sends each of them.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::ControlFlow,
};

use super::{report::DeliveryReport, signing_key::signing_key};
use crate::{
    delivery::SigningKey,
    domain::{
        directory::app::App,
        instant::Instant,
        notice::{DeliveryResult, GIVE_UP_AFTER, OutboxMessage, WebhookUrl},
        seq::{AppSeq, MessageSeq},
    },
    ops::{
        context::{OpContext, ReadTx, WriteTx},
        error::OpError,
    },
    store::StoreError,
};

/// Seconds for which a leased message belongs to the process that sends it.
pub const LEASE: i64 = 60;
/// Apps to which messages are sent in parallel.
const MAX_PARALLEL_APPS: usize = 16;
/// Messages to one app leased at a time. Even if each of them takes as long as the transport allows, all are sent
/// before the lease ends.
const MAX_LEASED_PER_APP: usize = 4;
/// A message that failed at most this often blocks the later ones of its app, which keeps them in order.
const BLOCKING_ATTEMPTS: u32 = 3;

/// The numbers of the due messages, in order, by the number of their app.
pub(super) type Queues = BTreeMap<AppSeq, VecDeque<MessageSeq>>;

/// A leased message and what sending it takes.
pub(super) struct Attempt {
    pub(super) message: OutboxMessage,
    pub(super) app: App,
    pub(super) url: WebhookUrl,
    pub(super) key: SigningKey,
    /// When the message was leased.
    pub(super) at: Instant,
}

/// The messages of one round.
#[derive(Default)]
pub(super) struct LeasedBatch {
    /// The messages to send: one list per app, in order.
    pub(super) attempts_by_app: Vec<Vec<Attempt>>,
    /// The messages that ended without another attempt.
    pub(super) ended: Vec<DeliveryReport>,
}

enum Leased {
    Attempt(Box<Attempt>),
    Ended(Box<DeliveryReport>),
}

/// Returns the due messages. Those behind a blocking one are left out: one that failed only a few times, or that
/// another process is sending.
///
/// # Errors
/// If the store can't be read.
pub(super) fn due_queues(context: &OpContext<'_>) -> Result<Queues, OpError> {
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let mut queues = Queues::new();
    let mut blocked = BTreeSet::new();
    read.tx.scan_pending_messages(|message| {
        if message.next_attempt_at > read.now {
            if message.attempts <= BLOCKING_ATTEMPTS {
                blocked.insert(message.app);
            }
        } else if !blocked.contains(&message.app) {
            queues.entry(message.app).or_default().push_back(message.seq);
        }
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(queues)
}

/// Leases the next messages of some apps, and takes them from the queues.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be read or written.
pub(super) fn lease_batch(
    context: &OpContext<'_>,
    queues: &mut Queues,
) -> Result<LeasedBatch, OpError> {
    let mut write = context.begin()?;
    let mut batch = LeasedBatch::default();
    let apps: Vec<AppSeq> = queues.keys().copied().take(MAX_PARALLEL_APPS).collect();
    for app in apps {
        let mut attempts = Vec::new();
        let Some(queue) = queues.get_mut(&app) else { continue };
        while attempts.len() < MAX_LEASED_PER_APP
            && let Some(seq) = queue.pop_front()
        {
            let message = write.tx.find_message(seq)?;
            // Another process may have sent or leased it since.
            let is_due = |message: &OutboxMessage| {
                message.is_pending() && message.next_attempt_at <= write.now
            };
            let Some(message) = message.filter(is_due) else { continue };
            match lease(&mut write, message)? {
                Leased::Attempt(attempt) => attempts.push(*attempt),
                Leased::Ended(report) => batch.ended.push(*report),
            }
        }
        if queue.is_empty() {
            queues.remove(&app);
        }
        batch.attempts_by_app.push(attempts);
    }
    write.commit()?;
    Ok(batch)
}

fn lease(write: &mut WriteTx<'_>, message: OutboxMessage) -> Result<Leased, OpError> {
    let (app, now) = (write.tx.app_of_message(&message)?, write.now);
    let result = match &app.webhook {
        None => DeliveryResult::NoWebhook,
        // A message gets one attempt, however old it is: maybe no process delivered anything for days.
        Some(_) if message.attempts > 0 && now.since(message.created_at) >= GIVE_UP_AFTER => {
            DeliveryResult::GivenUp
        }
        Some(webhook) => {
            let key = signing_key(&write.tx, &app, webhook.generation)?;
            let url = webhook.url.clone();
            let attempts = message.attempts.saturating_add(1);
            let leased = OutboxMessage { attempts, next_attempt_at: now.plus(LEASE), ..message };
            let message = write.tx.update_message(leased)?;
            return Ok(Leased::Attempt(Box::new(Attempt { message, app, url, key, at: now })));
        }
    };
    let message = write.tx.update_message(message.end(now, result))?;
    let token = write.tx.get_credential(message.credential)?.id;
    Ok(Leased::Ended(Box::new(DeliveryReport { message, app, token, origin: None, failure: None })))
}

//! `deliver`: what apps are to be told is sent, at least once and in the order in which it happened, as far as receivers
//! let it.
//!
//! Nothing is sent within a transaction. A message is taken first: its attempt is counted, and its next one set to
//! when ours must be over. Killed in between, it is sent again then, under the same id, by whoever comes.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::ControlFlow,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use super::enqueue::enqueue_expiring;
use crate::{
    delivery::{DeliveryFailure, OutgoingMessage, SigningKey, Transport},
    domain::{
        directory::{app::App, id::CredentialId},
        instant::Instant,
        notice::{
            DeliveryResult, GIVE_UP_AFTER, OutboxMessage, RETENTION, WebhookUrl, next_attempt,
        },
    },
    ops::{
        OpContext, OpError, ReadTx, WriteTx,
        app::{summary::MessageCounts, webhook::signing_key},
    },
    store::StoreError,
};

/// The seconds for which a message that is being tried belongs to who tries it.
pub const LEASE: i64 = 60;
/// To how many apps messages are sent at once.
const MAX_PARALLEL_APPS: usize = 16;
/// How many messages to one app are taken at once: all of them, each as slow as it may be, are over before the lease is.
const MAX_LEASED_PER_APP: usize = 4;
/// Until it failed so often a message holds up those behind it; from then on they go past.
const BLOCKING_ATTEMPTS: u32 = 3;
/// How many messages that ended long ago are removed at once.
const REMOVE_BATCH: usize = 1_000;
/// How often who waits for receivers looks whether it is to stop, and how often at most then.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
const MAX_POLLS_AFTER_STOP: u32 = 20;

/// Whoever carries messages to receivers, for as many threads as there are receivers.
pub type SharedTransport = Arc<dyn Transport>;

/// What came of one attempt.
#[derive(Clone, Debug)]
pub struct DeliveryReport {
    /// The message as it is now.
    pub message: OutboxMessage,
    /// Whom it was for.
    pub app: App,
    /// The token that it tells of.
    pub token: CredentialId,
    /// Where it was sent to, if it was.
    pub origin: Option<String>,
    /// Why it was not acknowledged, if it was sent and was not.
    pub failure: Option<DeliveryFailure>,
}

impl DeliveryReport {
    /// What the attempt came to, in a word.
    pub fn result(&self) -> &'static str {
        match (self.message.result(), &self.origin) {
            (Some(outcome), _) => outcome.as_str(),
            (None, Some(_)) => "failed",
            (None, None) => "due",
        }
    }
}

/// Sends all that is due, each message once, and calls `each` with what came of it. Ends early, and soon, when it
/// `is_over`: what is then under way is sent again later.
///
/// # Errors
/// As for [`Desk::begin`], when the store can't be read or written, or what `each` answers.
pub fn deliver(
    context: &OpContext<'_>,
    transport: &SharedTransport,
    should_stop: &dyn Fn() -> bool,
    each: &mut dyn FnMut(&DeliveryReport) -> Result<(), OpError>,
) -> Result<(), OpError> {
    let mut queues = due_queues(context)?;
    while !queues.is_empty() && !should_stop() {
        let (attempts, ended) = lease_batch(context, &mut queues)?;
        ended.iter().try_for_each(&mut *each)?;
        let reports = settle(context, send_all(attempts, transport, should_stop))?;
        for report in &reports {
            if report.failure.is_some() {
                queues.remove(&report.app.seq);
            }
            each(report)?;
        }
    }
    Ok(())
}

/// Announces what will soon expire, and removes messages that ended 30 days ago, some of them in each transaction. To be
/// done now and then.
///
/// # Errors
/// As for [`Desk::begin`], or when the store can't be read or written.
pub fn run_maintenance(context: &OpContext<'_>) -> Result<(), OpError> {
    enqueue_expiring(context)?;
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let before = read.now.plus(-RETENTION);
    let mut is_any = read.tx.has_ended_messages(before)?;
    drop(read);
    // Others may write in between.
    while is_any {
        let mut write = context.begin()?;
        is_any = write.tx.remove_ended_messages(before, REMOVE_BATCH)? == REMOVE_BATCH
            && !context.dry_run;
        write.commit()?;
    }
    Ok(())
}

/// Whether anything is to be sent now.
///
/// # Errors
/// When the store can't be read.
pub fn is_any_due(context: &OpContext<'_>) -> Result<bool, OpError> {
    Ok(!due_queues(context)?.is_empty())
}

/// How many messages there are.
///
/// # Errors
/// When the store can't be read.
pub fn message_counts(context: &OpContext<'_>) -> Result<MessageCounts, OpError> {
    Ok(MessageCounts::for_all_apps(&ReadTx::begin_initialized(context.store, context.clock)?.tx)?)
}

/// What would be sent now.
///
/// # Errors
/// When the store can't be read.
pub fn preview(context: &OpContext<'_>) -> Result<Vec<DeliveryReport>, OpError> {
    let queues = due_queues(context)?;
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let mut reports = Vec::new();
    for seq in queues.into_values().flatten() {
        if let Some(message) = read.tx.find_message(seq)? {
            let app = read.tx.app_of_message(&message)?;
            let token = read.tx.get_credential(message.credential)?.id;
            reports.push(DeliveryReport { message, app, token, origin: None, failure: None });
        }
    }
    reports.sort_by_key(|one| one.message.seq);
    Ok(reports)
}

/// The numbers of the messages that are due, by app and in their order. Behind one that failed a few times only, or
/// that somebody is trying now, the later ones wait.
fn due_queues(context: &OpContext<'_>) -> Result<BTreeMap<i64, VecDeque<i64>>, OpError> {
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    let mut queues: BTreeMap<i64, VecDeque<i64>> = BTreeMap::new();
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

/// A message on its way.
struct Attempt {
    message: OutboxMessage,
    app: App,
    url: WebhookUrl,
    key: SigningKey,
    at: Instant,
}

/// What came of a letter; nothing, where it was not even tried.
type AttemptResult = (Attempt, Option<Result<(), DeliveryFailure>>);

/// Takes the next messages of some apps, and ends those that are not to be sent any more.
fn lease_batch(
    context: &OpContext<'_>,
    queues: &mut BTreeMap<i64, VecDeque<i64>>,
) -> Result<(Vec<Vec<Attempt>>, Vec<DeliveryReport>), OpError> {
    let mut write = context.begin()?;
    let (mut attempts, mut ended) = (Vec::new(), Vec::new());
    let apps: Vec<i64> = queues.keys().copied().take(MAX_PARALLEL_APPS).collect();
    for app in apps {
        let mut row = Vec::new();
        let Some(queue) = queues.get_mut(&app) else { continue };
        while row.len() < MAX_LEASED_PER_APP
            && let Some(seq) = queue.pop_front()
        {
            let message = write.tx.find_message(seq)?;
            // Somebody else was quicker.
            let is_due = |message: &OutboxMessage| {
                message.is_pending() && message.next_attempt_at <= write.now
            };
            let Some(message) = message.filter(is_due) else { continue };
            match lease(&mut write, message)? {
                Leased::Attempt(attempt) => row.push(*attempt),
                Leased::Ended(report) => ended.push(*report),
            }
        }
        if queue.is_empty() {
            queues.remove(&app);
        }
        attempts.push(row);
    }
    write.commit()?;
    Ok((attempts, ended))
}

enum Leased {
    Attempt(Box<Attempt>),
    Ended(Box<DeliveryReport>),
}

fn lease(write: &mut WriteTx<'_>, message: OutboxMessage) -> Result<Leased, OpError> {
    let (app, now) = (write.tx.app_of_message(&message)?, write.now);
    let outcome = match &app.webhook {
        None => DeliveryResult::NoWebhook,
        // What was never tried is tried once, however late: nobody may have delivered anything for days.
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
    let message = write.tx.update_message(message.end(now, outcome))?;
    let token = write.tx.get_credential(message.credential)?.id;
    Ok(Leased::Ended(Box::new(DeliveryReport { message, app, token, origin: None, failure: None })))
}

/// Sends letters, those to one app in a row, and those to several apps at once. After one that was not acknowledged the
/// others of its row are not tried. Threads that are not done when it is over are left behind.
fn send_all(
    attempts: Vec<Vec<Attempt>>,
    transport: &SharedTransport,
    should_stop: &dyn Fn() -> bool,
) -> Vec<AttemptResult> {
    let (sender, receiver) = channel();
    for row in attempts.into_iter().filter(|row| !row.is_empty()) {
        let (courier, sender) = (Arc::clone(transport), sender.clone());
        let work = move || send_in_order(row, &*courier, &sender);
        // Without a thread its row is lost to us, as if we had been killed: it is sent again when its lease is over.
        drop(thread::Builder::new().name("courier".to_owned()).spawn(work));
    }
    drop(sender);
    collect_results(&receiver, should_stop)
}

fn send_in_order(row: Vec<Attempt>, transport: &dyn Transport, sender: &Sender<AttemptResult>) {
    let mut continues = true;
    for attempt in row {
        let message = OutgoingMessage {
            id: attempt.message.id,
            at: attempt.at,
            body: attempt.message.body.clone(),
        };
        let sent = continues.then(|| transport.send(&attempt.url, &attempt.key, &message));
        continues = sent == Some(Ok(()));
        if sender.send((attempt, sent)).is_err() {
            return;
        }
    }
}

fn collect_results(
    receiver: &Receiver<AttemptResult>,
    should_stop: &dyn Fn() -> bool,
) -> Vec<AttemptResult> {
    let (mut all, mut polls) = (Vec::new(), 0);
    loop {
        match receiver.recv_timeout(POLL_INTERVAL) {
            Ok(sent) => all.push(sent),
            Err(RecvTimeoutError::Disconnected) => return all,
            Err(RecvTimeoutError::Timeout) if should_stop() => {
                polls += 1;
                if polls >= MAX_POLLS_AFTER_STOP {
                    return all;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Notes what came of letters, in their order.
fn settle(
    context: &OpContext<'_>,
    mut sent: Vec<AttemptResult>,
) -> Result<Vec<DeliveryReport>, OpError> {
    if sent.is_empty() {
        return Ok(Vec::new());
    }
    sent.sort_by_key(|(attempt, _)| attempt.message.seq);
    let mut write = context.begin()?;
    let mut reports = Vec::new();
    for (attempt, result) in sent {
        let Some(present) = write.tx.find_message(attempt.message.seq)? else { continue };
        let is_ours = present.is_pending() && present.attempts == attempt.message.attempts;
        let now = write.now;
        let after = match result {
            // What was acknowledged needs nobody's second attempt, even if another has begun one.
            Some(Ok(())) if present.is_pending() => {
                OutboxMessage { failure: None, ..present }.end(now, DeliveryResult::Delivered)
            }
            Some(Err(failure)) if is_ours => after_failure(present, failure, now),
            None if is_ours => {
                // It was not tried: it is as it was before.
                let (attempts, next_at) = (present.attempts - 1, present.created_at);
                OutboxMessage { attempts, next_attempt_at: next_at, ..present }
            }
            _ => continue,
        };
        let message = write.tx.update_message(after)?;
        if let Some(result) = result {
            let origin = Some(attempt.url.origin().to_owned());
            let (app, token) = (attempt.app, write.tx.get_credential(message.credential)?.id);
            reports.push(DeliveryReport { message, app, token, origin, failure: result.err() });
        }
    }
    write.commit()?;
    Ok(reports)
}

fn after_failure(message: OutboxMessage, failure: DeliveryFailure, now: Instant) -> OutboxMessage {
    let next = next_attempt(message.attempts, message.created_at, now);
    let after = OutboxMessage { failure: Some(failure.to_string()), ..message };
    match next {
        _ if failure.is_final() => after.end(now, DeliveryResult::Gone),
        Some(next_at) => OutboxMessage { next_attempt_at: next_at, ..after },
        None => after.end(now, DeliveryResult::GivenUp),
    }
}

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

use super::{announce::announce_expiring, holds::Messages, webhook::signing_key};
use crate::{
    domain::{
        app::App,
        id::CredentialId,
        instant::Instant,
        webhook::{GIVE_UP_AFTER, KEPT_FOR, Message, Outcome, WebhookUrl, retry},
    },
    ops::{Change, Desk, Look, OpError},
    store::StoreError,
    webhook::{self, Courier, Failure, SigningKey},
};

/// The seconds for which a message that is being tried belongs to who tries it.
pub const LEASE: i64 = 60;
/// To how many apps messages are sent at once.
const APPS: usize = 16;
/// How many messages to one app are taken at once: all of them, each as slow as it may be, are over before the lease is.
const IN_A_ROW: usize = 4;
/// Until it failed so often a message holds up those behind it; from then on they go past.
const HOLDS_UP: u32 = 3;
/// How many messages that ended long ago are removed at once.
const REMOVED: usize = 1_000;
/// How often who waits for receivers looks whether it is to stop, and how often at most then.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS_LEFT: u32 = 20;

/// Whoever carries messages to receivers, for as many threads as there are receivers.
pub type Carrier = Arc<dyn Courier>;

/// What came of one attempt.
#[derive(Clone, Debug)]
pub struct Told {
    /// The message as it is now.
    pub message: Message,
    /// Whom it was for.
    pub app: App,
    /// The token that it tells of.
    pub token: CredentialId,
    /// Where it was sent to, if it was.
    pub origin: Option<String>,
    /// Why it was not acknowledged, if it was sent and was not.
    pub failure: Option<Failure>,
}

impl Told {
    /// What the attempt came to, in a word.
    pub fn result(&self) -> &'static str {
        match (self.message.outcome(), &self.origin) {
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
    desk: &Desk<'_>,
    courier: &Carrier,
    is_over: &dyn Fn() -> bool,
    each: &mut dyn FnMut(&Told) -> Result<(), OpError>,
) -> Result<(), OpError> {
    let mut queues = due(desk)?;
    while !queues.is_empty() && !is_over() {
        let (letters, ended) = take(desk, &mut queues)?;
        ended.iter().try_for_each(&mut *each)?;
        let told = note(desk, send(letters, courier, is_over))?;
        for one in &told {
            if one.failure.is_some() {
                queues.remove(&one.app.seq);
            }
            each(one)?;
        }
    }
    Ok(())
}

/// Announces what will soon expire, and removes messages that ended 30 days ago, some of them in each transaction. To be
/// done now and then.
///
/// # Errors
/// As for [`Desk::begin`], or when the store can't be read or written.
pub fn tidy(desk: &Desk<'_>) -> Result<(), OpError> {
    announce_expiring(desk)?;
    let look = Look::begin_founded(desk.store, desk.clock)?;
    let before = look.now.plus(-KEPT_FOR);
    let mut is_any = look.tx.is_any_message_ended(before)?;
    drop(look);
    // Others may write in between.
    while is_any {
        let mut change = desk.begin()?;
        is_any = change.tx.remove_ended_messages(before, REMOVED)? == REMOVED && !desk.dry_run;
        change.commit()?;
    }
    Ok(())
}

/// Whether anything is to be sent now.
///
/// # Errors
/// When the store can't be read.
pub fn is_any_due(desk: &Desk<'_>) -> Result<bool, OpError> {
    Ok(!due(desk)?.is_empty())
}

/// How many messages there are.
///
/// # Errors
/// When the store can't be read.
pub fn messages(desk: &Desk<'_>) -> Result<Messages, OpError> {
    Ok(Messages::of_all(&Look::begin_founded(desk.store, desk.clock)?.tx)?)
}

/// What would be sent now.
///
/// # Errors
/// When the store can't be read.
pub fn preview(desk: &Desk<'_>) -> Result<Vec<Told>, OpError> {
    let queues = due(desk)?;
    let look = Look::begin_founded(desk.store, desk.clock)?;
    let mut told = Vec::new();
    for seq in queues.into_values().flatten() {
        if let Some(message) = look.tx.find_message(seq)? {
            let app = look.tx.app_of_message(&message)?;
            let token = look.tx.by_seq(message.credential)?.id;
            told.push(Told { message, app, token, origin: None, failure: None });
        }
    }
    told.sort_by_key(|one| one.message.seq);
    Ok(told)
}

/// The numbers of the messages that are due, by app and in their order. Behind one that failed a few times only, or
/// that somebody is trying now, the later ones wait.
fn due(desk: &Desk<'_>) -> Result<BTreeMap<i64, VecDeque<i64>>, OpError> {
    let look = Look::begin_founded(desk.store, desk.clock)?;
    let mut queues: BTreeMap<i64, VecDeque<i64>> = BTreeMap::new();
    let mut held_up = BTreeSet::new();
    look.tx.scan_pending_messages(|message| {
        if message.next_at > look.now {
            if message.attempts <= HOLDS_UP {
                held_up.insert(message.app);
            }
        } else if !held_up.contains(&message.app) {
            queues.entry(message.app).or_default().push_back(message.seq);
        }
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(queues)
}

/// A message on its way.
struct Letter {
    message: Message,
    app: App,
    url: WebhookUrl,
    key: SigningKey,
    at: Instant,
}

/// What came of a letter; nothing, where it was not even tried.
type Sent = (Letter, Option<Result<(), Failure>>);

/// Takes the next messages of some apps, and ends those that are not to be sent any more.
fn take(
    desk: &Desk<'_>,
    queues: &mut BTreeMap<i64, VecDeque<i64>>,
) -> Result<(Vec<Vec<Letter>>, Vec<Told>), OpError> {
    let mut change = desk.begin()?;
    let (mut letters, mut ended) = (Vec::new(), Vec::new());
    let apps: Vec<i64> = queues.keys().copied().take(APPS).collect();
    for app in apps {
        let mut row = Vec::new();
        let Some(queue) = queues.get_mut(&app) else { continue };
        while row.len() < IN_A_ROW
            && let Some(seq) = queue.pop_front()
        {
            let message = change.tx.find_message(seq)?;
            // Somebody else was quicker.
            let is_due = |message: &Message| message.is_pending() && message.next_at <= change.now;
            let Some(message) = message.filter(is_due) else { continue };
            match take_one(&mut change, message)? {
                Taken::Letter(letter) => row.push(*letter),
                Taken::Ended(told) => ended.push(*told),
            }
        }
        if queue.is_empty() {
            queues.remove(&app);
        }
        letters.push(row);
    }
    change.commit()?;
    Ok((letters, ended))
}

enum Taken {
    Letter(Box<Letter>),
    Ended(Box<Told>),
}

fn take_one(change: &mut Change<'_>, message: Message) -> Result<Taken, OpError> {
    let (app, now) = (change.tx.app_of_message(&message)?, change.now);
    let outcome = match &app.webhook {
        None => Outcome::NoWebhook,
        // What was never tried is tried once, however late: nobody may have delivered anything for days.
        Some(_) if message.attempts > 0 && now.since(message.made_at) >= GIVE_UP_AFTER => {
            Outcome::GivenUp
        }
        Some(webhook) => {
            let key = signing_key(&change.tx, &app, webhook.generation)?;
            let url = webhook.url.clone();
            let attempts = message.attempts.saturating_add(1);
            let taken = Message { attempts, next_at: now.plus(LEASE), ..message };
            let message = change.tx.update_message(taken)?;
            return Ok(Taken::Letter(Box::new(Letter { message, app, url, key, at: now })));
        }
    };
    let message = change.tx.update_message(message.end(now, outcome))?;
    let token = change.tx.by_seq(message.credential)?.id;
    Ok(Taken::Ended(Box::new(Told { message, app, token, origin: None, failure: None })))
}

/// Sends letters, those to one app in a row, and those to several apps at once. After one that was not acknowledged the
/// others of its row are not tried. Threads that are not done when it is over are left behind.
fn send(letters: Vec<Vec<Letter>>, courier: &Carrier, is_over: &dyn Fn() -> bool) -> Vec<Sent> {
    let (sender, receiver) = channel();
    for row in letters.into_iter().filter(|row| !row.is_empty()) {
        let (courier, sender) = (Arc::clone(courier), sender.clone());
        let work = move || send_row(row, &*courier, &sender);
        // Without a thread its row is lost to us, as if we had been killed: it is sent again when its lease is over.
        drop(thread::Builder::new().name("courier".to_owned()).spawn(work));
    }
    drop(sender);
    gather(&receiver, is_over)
}

fn send_row(row: Vec<Letter>, courier: &dyn Courier, sender: &Sender<Sent>) {
    let mut is_open = true;
    for letter in row {
        let attempt = webhook::Message {
            id: letter.message.id,
            at: letter.at,
            body: letter.message.body.clone(),
        };
        let sent = is_open.then(|| courier.send(&letter.url, &letter.key, &attempt));
        is_open = sent == Some(Ok(()));
        if sender.send((letter, sent)).is_err() {
            return;
        }
    }
}

fn gather(receiver: &Receiver<Sent>, is_over: &dyn Fn() -> bool) -> Vec<Sent> {
    let (mut all, mut looks) = (Vec::new(), 0);
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(sent) => all.push(sent),
            Err(RecvTimeoutError::Disconnected) => return all,
            Err(RecvTimeoutError::Timeout) if is_over() => {
                looks += 1;
                if looks >= LOOKS_LEFT {
                    return all;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Notes what came of letters, in their order.
fn note(desk: &Desk<'_>, mut sent: Vec<Sent>) -> Result<Vec<Told>, OpError> {
    if sent.is_empty() {
        return Ok(Vec::new());
    }
    sent.sort_by_key(|(letter, _)| letter.message.seq);
    let mut change = desk.begin()?;
    let mut told = Vec::new();
    for (letter, result) in sent {
        let Some(present) = change.tx.find_message(letter.message.seq)? else { continue };
        let is_ours = present.is_pending() && present.attempts == letter.message.attempts;
        let now = change.now;
        let after = match result {
            // What was acknowledged needs nobody's second attempt, even if another has begun one.
            Some(Ok(())) if present.is_pending() => {
                Message { failure: None, ..present }.end(now, Outcome::Delivered)
            }
            Some(Err(failure)) if is_ours => failed(present, failure, now),
            None if is_ours => {
                // It was not tried: it is as it was before.
                let (attempts, next_at) = (present.attempts - 1, present.made_at);
                Message { attempts, next_at, ..present }
            }
            _ => continue,
        };
        let message = change.tx.update_message(after)?;
        if let Some(result) = result {
            let origin = Some(letter.url.origin().to_owned());
            let (app, token) = (letter.app, change.tx.by_seq(message.credential)?.id);
            told.push(Told { message, app, token, origin, failure: result.err() });
        }
    }
    change.commit()?;
    Ok(told)
}

fn failed(message: Message, failure: Failure, now: Instant) -> Message {
    let next = retry(message.attempts, message.made_at, now);
    let after = Message { failure: Some(failure.to_string()), ..message };
    match next {
        _ if failure.is_final() => after.end(now, Outcome::Gone),
        Some(next_at) => Message { next_at, ..after },
        None => after.end(now, Outcome::GivenUp),
    }
}

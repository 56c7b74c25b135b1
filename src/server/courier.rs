//! The courier: one thread that tells apps of their tokens. No request for a verdict waits for it.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    thread,
    time::Duration,
};

use super::{Open, Stop, log::Log};
use crate::{
    domain::{
        actor::Actor,
        instant::{Clock, Instant},
    },
    ops::{
        Desk, Look, OpError,
        deliver::{Carrier, Told, deliver, is_any_due, tidy},
        holds::Messages,
    },
    store::{Store, sqlite::Mode},
};

/// How long the courier rests between two rounds.
const EVERY: Duration = Duration::from_secs(2);
/// How often it looks then whether it is to stop.
const LOOK: Duration = Duration::from_millis(100);
/// How many seconds pass before it looks again what will soon expire, and what is too old to be kept.
const TIDY_EVERY: i64 = 3_600;

/// How many messages there are, for whoever measures.
#[derive(Debug, Default)]
pub struct Outbox {
    pending: AtomicI64,
    delivered: AtomicI64,
    lost: AtomicI64,
}

impl Outbox {
    /// How many, by what became of them.
    pub fn counts(&self) -> [(&'static str, i64); 3] {
        [("pending", &self.pending), ("delivered", &self.delivered), ("given_up", &self.lost)]
            .map(|(state, count)| (state, count.load(Ordering::Relaxed)))
    }

    fn set(&self, messages: Messages) {
        self.pending.store(messages.pending, Ordering::Relaxed);
        self.delivered.store(messages.delivered, Ordering::Relaxed);
        self.lost.store(messages.lost, Ordering::Relaxed);
    }
}

/// What the courier works with.
pub struct Round<'r> {
    /// The way to the store.
    pub open: &'r Open,
    /// The clock.
    pub clock: &'r dyn Clock,
    /// On whose behalf the gate runs.
    pub actor: &'r Actor,
    /// Who carries messages; without one they are only counted.
    pub carrier: Option<Carrier>,
    /// Where trouble is told.
    pub log: &'r Log,
}

impl Round<'_> {
    /// Goes round after round until it is to stop.
    pub fn run(&self, outbox: &Outbox, stop: &Stop) {
        let (mut kept, mut tidied, mut told) = (None, None, None);
        while !stop.is_set() {
            let ended = self.go(&mut kept, &mut tidied, outbox, stop);
            // What goes wrong goes wrong in every round: it is said once.
            let trouble = ended.err().map(|error| error.to_string());
            if let Some(why) = trouble.as_ref().filter(|why| told.as_ref() != Some(*why)) {
                self.log.event("not_delivered", why);
            }
            told = trouble;
            let mut rested = Duration::ZERO;
            while rested < EVERY && !stop.is_set() {
                thread::sleep(LOOK);
                rested += LOOK;
            }
        }
    }

    /// The store is only looked at, and opened for changes when there is something to do.
    fn go(
        &self,
        kept: &mut Option<Store>,
        tidied: &mut Option<Instant>,
        outbox: &Outbox,
        stop: &Stop,
    ) -> Result<(), OpError> {
        let store = match kept.take().filter(Store::is_in_place) {
            Some(store) => store,
            None => (self.open)(Mode::Read)?,
        };
        let now = self.count(&store, outbox)?;
        if let Some(carrier) = &self.carrier {
            let is_untidy = tidied.is_none_or(|at| now.since(at) >= TIDY_EVERY);
            if is_untidy || is_any_due(&self.desk(&store))? {
                let store = (self.open)(Mode::Write)?;
                let desk = self.desk(&store);
                if is_untidy {
                    tidy(&desk)?;
                    *tidied = Some(now);
                }
                let is_over = || stop.is_set();
                deliver(&desk, carrier, &is_over, &mut |told| {
                    self.tell(told);
                    Ok(())
                })?;
                self.count(&store, outbox)?;
            }
        }
        *kept = Some(store);
        Ok(())
    }

    fn count(&self, store: &Store, outbox: &Outbox) -> Result<Instant, OpError> {
        let look = Look::begin_founded(store, self.clock)?;
        outbox.set(Messages::of_all(&look.tx)?);
        Ok(look.now)
    }

    fn desk<'d>(&'d self, store: &'d Store) -> Desk<'d> {
        Desk::unattended(store, self.clock, self.actor)
    }

    /// What was delivered is counted, and no event; of a failure nothing is told that a receiver wrote.
    fn tell(&self, told: &Told) {
        let Told { message, app, token, origin, failure } = told;
        let lost = message.outcome().is_some_and(|outcome| outcome.is_loss());
        if !lost && failure.is_none() {
            return;
        }
        let at = origin.as_deref().unwrap_or("nowhere");
        let why = message.failure.as_deref().unwrap_or("it was not tried in time");
        let (id, event, attempts) = (message.id, message.event.as_str(), message.attempts);
        let line = format!(
            "{id}, {event} of {token}, to app {} at {at}, attempt {attempts}: {why}",
            app.id
        );
        self.log.event(if lost { "message_given_up" } else { "message_failed" }, &line);
    }
}

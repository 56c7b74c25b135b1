//! The courier: one thread that tells apps of their tokens. No request for a verdict waits for it.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    thread,
    time::Duration,
};

use crate::{
    domain::{
        actor::Actor,
        instant::{Clock, Instant},
    },
    ops::{
        OpContext, OpError, ReadTx,
        outbox::{
            counts::MessageCounts,
            deliver::{deliver, is_any_due, run_maintenance},
            report::DeliveryReport,
            send::SharedTransport,
        },
    },
    server::{OpenStore, Shutdown, log::Log},
    store::{Store, sqlite::Mode},
};

/// How long the courier rests between two rounds.
const INTERVAL: Duration = Duration::from_secs(2);
/// How often it looks then whether it is to stop.
const SHUTDOWN_POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How many seconds pass before it looks again what will soon expire, and what is too old to be kept.
const CLEANUP_INTERVAL: i64 = 3_600;

/// How many messages there are, for whoever measures.
#[derive(Debug, Default)]
pub struct OutboxGauges {
    pending: AtomicI64,
    delivered: AtomicI64,
    given_up: AtomicI64,
}

impl OutboxGauges {
    /// How many, by what became of them.
    pub fn counts(&self) -> [(&'static str, i64); 3] {
        [("pending", &self.pending), ("delivered", &self.delivered), ("given_up", &self.given_up)]
            .map(|(state, count)| (state, count.load(Ordering::Relaxed)))
    }

    fn set(&self, messages: MessageCounts) {
        self.pending.store(messages.pending, Ordering::Relaxed);
        self.delivered.store(messages.delivered, Ordering::Relaxed);
        self.given_up.store(messages.lost, Ordering::Relaxed);
    }
}

/// What the courier works with.
pub struct WebhookDispatcher<'r> {
    /// The way to the store.
    pub open_store: &'r OpenStore,
    /// The clock.
    pub clock: &'r dyn Clock,
    /// On whose behalf the gate runs.
    pub actor: &'r Actor,
    /// Who carries messages; without one they are only counted.
    pub transport: Option<SharedTransport>,
    /// Where trouble is told.
    pub log: &'r Log,
}

impl WebhookDispatcher<'_> {
    /// Goes round after round until it is to stop.
    pub fn run(&self, outbox: &OutboxGauges, stop: &Shutdown) {
        let (mut kept, mut tidied, mut told) = (None, None, None);
        while !stop.is_requested() {
            let ended = self.run_once(&mut kept, &mut tidied, outbox, stop);
            // What goes wrong goes wrong in every round: it is said once.
            let trouble = ended.err().map(|error| error.to_string());
            if let Some(why) = trouble.as_ref().filter(|why| told.as_ref() != Some(*why)) {
                self.log.event("not_delivered", why);
            }
            told = trouble;
            let mut rested = Duration::ZERO;
            while rested < INTERVAL && !stop.is_requested() {
                thread::sleep(SHUTDOWN_POLL_INTERVAL);
                rested += SHUTDOWN_POLL_INTERVAL;
            }
        }
    }

    /// The store is only looked at, and opened for changes when there is something to do.
    fn run_once(
        &self,
        kept: &mut Option<Store>,
        tidied: &mut Option<Instant>,
        outbox: &OutboxGauges,
        stop: &Shutdown,
    ) -> Result<(), OpError> {
        let store = match kept.take().filter(Store::is_same_database) {
            Some(store) => store,
            None => (self.open_store)(Mode::Read)?,
        };
        let now = self.update_counts(&store, outbox)?;
        if let Some(carrier) = &self.transport {
            let is_untidy = tidied.is_none_or(|at| now.since(at) >= CLEANUP_INTERVAL);
            if is_untidy || is_any_due(&self.context(&store))? {
                let store = (self.open_store)(Mode::Write)?;
                let desk = self.context(&store);
                if is_untidy {
                    run_maintenance(&desk)?;
                    *tidied = Some(now);
                }
                let is_over = || stop.is_requested();
                deliver(&desk, carrier, &is_over, &mut |told| {
                    self.log_report(told);
                    Ok(())
                })?;
                self.update_counts(&store, outbox)?;
            }
        }
        *kept = Some(store);
        Ok(())
    }

    fn update_counts(&self, store: &Store, outbox: &OutboxGauges) -> Result<Instant, OpError> {
        let look = ReadTx::begin_initialized(store, self.clock)?;
        outbox.set(MessageCounts::for_all_apps(&look.tx)?);
        Ok(look.now)
    }

    fn context<'d>(&'d self, store: &'d Store) -> OpContext<'d> {
        OpContext::unattended(store, self.clock, self.actor)
    }

    /// What was delivered is counted, and no event; of a failure nothing is told that a receiver wrote.
    fn log_report(&self, told: &DeliveryReport) {
        let DeliveryReport { message, app, token, origin, failure } = told;
        let lost = message.result().is_some_and(|outcome| outcome.is_failure());
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

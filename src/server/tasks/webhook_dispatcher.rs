//! The webhook dispatcher: one thread that sends messages to apps. Decisions never wait for it.

use std::{sync::Arc, time::Duration};

use super::context::TaskContext;
use crate::{
    domain::instant::Instant,
    ops::{
        OpError, ReadTx,
        outbox::{
            counts::MessageCounts,
            deliver::{deliver, run_maintenance},
            lease::due_messages,
            report::DeliveryReport,
            send::SharedTransport,
        },
    },
    server::{
        log::{ErrorLatch, Log},
        observe::outbox_gauges::OutboxGauges,
        shutdown::Shutdown,
        store_handle::StoreHandle,
    },
    store::{Mode, Store},
};

/// How long the dispatcher waits between two rounds.
const INTERVAL: Duration = Duration::from_secs(2);
/// How many seconds pass before it looks again for credentials that expire soon and for old messages to remove.
const CLEANUP_INTERVAL: i64 = 3_600;

/// The state of the thread.
pub struct WebhookDispatcher<'t> {
    context: TaskContext<'t>,
    /// Sends messages; without one they are only counted.
    transport: Option<SharedTransport>,
    gauges: Arc<OutboxGauges>,
    reader: StoreHandle<'t>,
    /// Opened only for rounds that change something.
    writer: StoreHandle<'t>,
    /// When the last cleanup was; `None` before the first one.
    last_cleanup: Option<Instant>,
    latch: ErrorLatch,
}

impl<'t> WebhookDispatcher<'t> {
    /// A dispatcher that keeps `gauges` up to date.
    pub fn new(
        context: TaskContext<'t>,
        transport: Option<SharedTransport>,
        gauges: Arc<OutboxGauges>,
    ) -> Self {
        let [reader, writer] =
            [Mode::Read, Mode::Write].map(|mode| StoreHandle::new(context.open_store, mode));
        let latch = ErrorLatch::default();
        Self { context, transport, gauges, reader, writer, last_cleanup: None, latch }
    }

    /// Runs rounds until shutdown.
    pub fn run(mut self, shutdown: &Shutdown) {
        while !shutdown.is_requested() {
            match self.run_once(shutdown) {
                Ok(()) => _ = self.latch.clear(),
                Err(error) => self.latch.report(&self.context.log, "not_delivered", &error),
            }
            shutdown.sleep(INTERVAL);
        }
    }

    fn run_once(&mut self, shutdown: &Shutdown) -> Result<(), OpError> {
        let (context, gauges) = (&self.context, &self.gauges);
        if self.transport.is_none() {
            return self.reader.with(|store| update_gauges(context, store, gauges)).map(drop);
        }
        let (now, due) = self.reader.with(|store| {
            let now = update_gauges(context, store, gauges)?;
            Ok::<_, OpError>((now, due_messages(&context.op_context(store))?))
        })?;
        let cleanup_is_due = self.last_cleanup.is_none_or(|at| now.since(at) >= CLEANUP_INTERVAL);
        if cleanup_is_due || !due.is_empty() {
            let cleanup_at = cleanup_is_due.then_some(now);
            let delivered = self.deliver(cleanup_at, shutdown);
            self.writer.close();
            delivered?;
        }
        // Reported last: a message that was tampered with does not hold up the others.
        Ok(due.scan.ensure_intact()?)
    }

    /// Sends all messages that are due, after a cleanup if it is time for one.
    fn deliver(&mut self, cleanup_at: Option<Instant>, shutdown: &Shutdown) -> Result<(), OpError> {
        let Some(transport) = &self.transport else { return Ok(()) };
        let (context, gauges, last_cleanup) = (&self.context, &self.gauges, &mut self.last_cleanup);
        self.writer.with(|store| {
            let op_context = context.op_context(store);
            let maintained = cleanup_at.map_or(Ok(()), |_| run_maintenance(&op_context));
            if maintained.is_ok() {
                *last_cleanup = cleanup_at.or(*last_cleanup);
            }
            let is_over = || shutdown.is_requested();
            deliver(&op_context, transport, &is_over, &mut |report| {
                log_report(&context.log, report);
                Ok(())
            })?;
            update_gauges(context, store, gauges)?;
            maintained
        })
    }
}

/// Counts the messages and returns the time of the count.
fn update_gauges(
    context: &TaskContext<'_>,
    store: &Store,
    gauges: &OutboxGauges,
) -> Result<Instant, OpError> {
    let mut read = ReadTx::begin(store, &*context.clock)?;
    gauges.set(MessageCounts::for_all_apps(&mut read.tx)?);
    Ok(read.now)
}

/// Logs failures only, and nothing that a receiver wrote. Deliveries are counted.
fn log_report(log: &Log, report: &DeliveryReport) {
    let DeliveryReport { message, app, token, origin, failure } = report;
    let is_given_up = message.result().is_some_and(|result| result.is_failure());
    if !is_given_up && failure.is_none() {
        return;
    }
    let at = origin.as_deref().unwrap_or("no address");
    let why = message.failure.as_deref().unwrap_or("not attempted in time");
    let (id, event, attempts) = (message.id, message.event.as_str(), message.attempts);
    let line =
        format!("{id}, {event} of {token}, to app {} at {at}, attempt {attempts}: {why}", app.id);
    log.event(if is_given_up { "message_given_up" } else { "message_failed" }, &line);
}

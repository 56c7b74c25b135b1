//! The log: one JSON object a line on stderr, written by one thread that no request waits for.

use std::{
    borrow::Cow,
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use serde::Serialize;

use super::{
    decision::decider::GateDecision,
    http::caller::{Caller, address_text},
};
use crate::domain::{credential::secret::redact, instant::Clock};

/// How many lines may wait to be written; further ones are counted and lost.
const QUEUE_LENGTH: usize = 8_192;
/// What comes within this time is written together, up to so many bytes.
const BATCH_DELAY: Duration = Duration::from_millis(2);
const MAX_BATCH_BYTES: usize = 64 * 1024;
/// How often the writer looks whether it is to stop.
const SHUTDOWN_POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Where lines are put.
#[derive(Clone)]
pub struct Log {
    lines: SyncSender<String>,
    lost: Arc<AtomicU64>,
    clock: Arc<dyn Clock>,
}

/// The lines, for the one thread that writes them.
pub struct LogWriter(Receiver<String>);

#[derive(Serialize)]
struct DecisionLine<'a> {
    time: String,
    event: &'static str,
    allowed: bool,
    /// The true reason, which the caller may not hear.
    reason: &'static str,
    id: Option<String>,
    kind: Option<&'static str>,
    peer: String,
    method: Cow<'a, str>,
    path: Cow<'a, str>,
    request_id: Cow<'a, str>,
}

#[derive(Serialize)]
struct EventLine<'a> {
    time: String,
    event: &'a str,
    message: &'a str,
}

/// Both ends.
pub fn channel(clock: Arc<dyn Clock>) -> (Log, LogWriter) {
    let (lines, receiver) = sync_channel(QUEUE_LENGTH);
    (Log { lines, lost: Arc::default(), clock }, LogWriter(receiver))
}

impl Log {
    /// Logs that something happened to the gate itself.
    pub fn event(&self, event: &str, message: &str) {
        let time = self.clock.now().to_string();
        self.send(&EventLine { time, event, message });
    }

    /// Logs a decision: why, about whom, and for whom. What was presented is never part of it.
    pub fn decision(&self, verdict: &GateDecision, caller: &Caller<'_>, request_id: &str) {
        let identity = verdict.identity.as_ref();
        self.send(&DecisionLine {
            time: self.clock.now().to_string(),
            event: "decision",
            allowed: verdict.is_allowed(),
            reason: verdict.outcome.as_str(),
            id: identity.map(|who| who.id.to_string()),
            kind: identity.map(|who| who.kind.as_str()),
            peer: address_text(caller.address()),
            // What callers write can be anything, a secret put in the wrong place too.
            method: redact(caller.method()),
            path: redact(caller.path()),
            request_id: redact(request_id),
        });
    }

    /// How many lines were lost because nobody took them from us in time.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    fn send(&self, line: &impl Serialize) {
        let text = serde_json::to_string(line).unwrap_or_default() + "\n";
        if self.lines.try_send(text).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl LogWriter {
    /// Writes lines until `is_over`, and then those that still wait. Lines that come soon after one another are written
    /// together: to be woken for each would cost more than to answer the request that it tells of.
    pub fn run(self, into: &mut dyn Write, is_over: impl Fn() -> bool) {
        let mut text = String::new();
        loop {
            match self.0.recv_timeout(SHUTDOWN_POLL_INTERVAL) {
                Ok(line) => text.push_str(&line),
                Err(RecvTimeoutError::Timeout) if !is_over() => continue,
                Err(_) => return,
            }
            thread::sleep(BATCH_DELAY);
            while text.len() < MAX_BATCH_BYTES
                && let Ok(line) = self.0.try_recv()
            {
                text.push_str(&line);
            }
            // A stderr that is closed takes nothing; the decisions go on without it.
            let _written = into.write_all(text.as_bytes());
            text.clear();
        }
    }
}

//! The log: one JSON object a line on stderr, written by one thread that no request waits for.

use std::{
    borrow::Cow,
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::Duration,
};

use serde::Serialize;

use super::{
    caller::{Caller, address_text},
    verdict::Verdict,
};
use crate::domain::{instant::Clock, secret::scrub};

/// How many lines may wait to be written; further ones are counted and lost.
const WAITING: usize = 8_192;
/// How often the writer looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// Where lines are put.
#[derive(Clone)]
pub struct Log {
    lines: SyncSender<String>,
    lost: Arc<AtomicU64>,
    clock: Arc<dyn Clock>,
}

/// The lines, for the one thread that writes them.
pub struct Lines(Receiver<String>);

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
pub fn log(clock: Arc<dyn Clock>) -> (Log, Lines) {
    let (lines, receiver) = sync_channel(WAITING);
    (Log { lines, lost: Arc::default(), clock }, Lines(receiver))
}

impl Log {
    /// Logs that something happened to the gate itself.
    pub fn event(&self, event: &str, message: &str) {
        let time = self.clock.now().to_string();
        self.put(&EventLine { time, event, message });
    }

    /// Logs a decision: why, about whom, and for whom. What was presented is never part of it.
    pub fn decision(&self, verdict: &Verdict, caller: &Caller<'_>, request_id: &str) {
        let identity = verdict.identity.as_ref();
        self.put(&DecisionLine {
            time: self.clock.now().to_string(),
            event: "decision",
            allowed: verdict.is_allowed(),
            reason: verdict.outcome.as_str(),
            id: identity.map(|who| who.id.to_string()),
            kind: identity.map(|who| who.kind.as_str()),
            peer: address_text(caller.address()),
            // What callers write can be anything, a secret put in the wrong place too.
            method: scrub(caller.method()),
            path: scrub(caller.path()),
            request_id: scrub(request_id),
        });
    }

    /// How many lines were lost because nobody took them from us in time.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    fn put(&self, line: &impl Serialize) {
        let text = serde_json::to_string(line).unwrap_or_default() + "\n";
        if self.lines.try_send(text).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Lines {
    /// Writes lines until `is_over`, and then those that still wait.
    pub fn write(self, into: &mut dyn Write, is_over: impl Fn() -> bool) {
        loop {
            match self.0.recv_timeout(LOOK) {
                // A stderr that is closed takes nothing; the decisions go on without it.
                Ok(line) => _ = into.write_all(line.as_bytes()),
                Err(RecvTimeoutError::Timeout) if !is_over() => {}
                Err(_) => return,
            }
        }
    }
}

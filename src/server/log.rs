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
    caller::{Caller, address_text},
    verdict::Verdict,
};
use crate::domain::{instant::Clock, secret::scrub};

/// How many lines may wait to be written; further ones are counted and lost.
const WAITING: usize = 8_192;
/// What comes within this time is written together, up to so many bytes.
const TOGETHER: Duration = Duration::from_millis(2);
const MOST_TOGETHER: usize = 64 * 1024;
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
    /// Writes lines until `is_over`, and then those that still wait. Lines that come soon after one another are written
    /// together: to be woken for each would cost more than to answer the request that it tells of.
    pub fn write(self, into: &mut dyn Write, is_over: impl Fn() -> bool) {
        let mut text = String::new();
        loop {
            match self.0.recv_timeout(LOOK) {
                Ok(line) => text.push_str(&line),
                Err(RecvTimeoutError::Timeout) if !is_over() => continue,
                Err(_) => return,
            }
            thread::sleep(TOGETHER);
            while text.len() < MOST_TOGETHER
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

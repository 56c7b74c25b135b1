//! The log: one JSON object per line on stderr, written by one thread so that requests never wait for it.

use std::{
    fmt::Display,
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant as Timer},
};

use serde::Serialize;

use crate::domain::instant::Clock;

/// How many lines the queue holds; while it is full, further lines are counted and dropped.
const QUEUE_LENGTH: usize = 8_192;
/// The writer collects lines for this long and writes them together.
const BATCH_DELAY: Duration = Duration::from_millis(2);
const MAX_BATCH_BYTES: usize = 64 * 1024;
/// How often the writer checks whether it must stop.
const SHUTDOWN_POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The sending end of the log, shared by all threads.
#[derive(Clone)]
pub struct Log {
    lines: SyncSender<String>,
    lost: Arc<AtomicU64>,
    clock: Arc<dyn Clock>,
}

/// The receiving end, for the one thread that writes lines.
pub struct LogWriter(Receiver<String>);

// The names of the fields are the JSON keys that scripts read.
#[derive(Serialize)]
struct EventLine<'a> {
    time: String,
    event: &'a str,
    message: &'a str,
}

/// Creates the queue of log lines; `clock` supplies their times.
pub fn channel(clock: Arc<dyn Clock>) -> (Log, LogWriter) {
    let (lines, receiver) = sync_channel(QUEUE_LENGTH);
    (Log { lines, lost: Arc::default(), clock }, LogWriter(receiver))
}

impl Log {
    /// Logs an event of the gate itself.
    pub fn event(&self, event: &str, message: &str) {
        self.send(&EventLine { time: self.time(), event, message });
    }

    /// Returns how many lines were dropped because the queue was full.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Returns the current time in the format of the log.
    pub(super) fn time(&self) -> String {
        self.clock.now().to_string()
    }

    /// Queues a line. Never blocks.
    pub(super) fn send(&self, line: &impl Serialize) {
        let text = serde_json::to_string(line).unwrap_or_default() + "\n";
        if self.lines.try_send(text).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl LogWriter {
    /// Writes lines until `is_over`, then those that are still queued. Batches lines, because waking this thread for
    /// each one would cost more than answering the request that the line describes.
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
            // If stderr is closed, lines are lost, but the gate keeps running.
            let _written = into.write_all(text.as_bytes());
            text.clear();
        }
    }
}

/// Logs an error that repeats only once, until it changes or clears.
#[derive(Debug, Default)]
pub struct ErrorLatch {
    last: Option<String>,
    min_interval: Duration,
    logged_at: Option<Timer>,
}

impl ErrorLatch {
    /// Creates a latch that also logs at most one line per `min_interval`, for errors that come and go with each
    /// request.
    pub fn with_min_interval(min_interval: Duration) -> Self {
        Self { min_interval, ..Self::default() }
    }

    /// Logs `error` unless it was the last one logged, or the last line is too recent.
    pub fn report(&mut self, log: &Log, event: &str, error: &dyn Display) {
        let message = error.to_string();
        let is_repeated = self.last.as_ref() == Some(&message);
        let is_too_soon = self.logged_at.is_some_and(|at| at.elapsed() < self.min_interval);
        if !is_repeated && !is_too_soon {
            log.event(event, &message);
            self.logged_at = Some(Timer::now());
            self.last = Some(message);
        }
    }

    /// Notes that there is no error now, and returns whether one had been logged.
    pub fn clear(&mut self) -> bool {
        self.last.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::domain::instant::Instant;

    struct StoppedClock;

    impl Clock for StoppedClock {
        fn now(&self) -> Instant {
            Instant::from_unix(100)
        }
    }

    fn logged(latch: &mut ErrorLatch, errors: &[Option<&str>]) -> Vec<String> {
        let (log, writer) = channel(Arc::new(StoppedClock));
        for error in errors {
            match error {
                Some(error) => latch.report(&log, "failed", error),
                None => _ = latch.clear(),
            }
        }
        drop(log);
        let mut text = Vec::new();
        writer.run(&mut text, || true);
        let lines = String::from_utf8(text).unwrap();
        let message = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        lines.lines().map(|line| message(line)["message"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn an_error_is_logged_once_until_it_changes_or_clears() {
        let mut latch = ErrorLatch::default();
        assert_eq!(
            logged(&mut latch, &[Some("a"), Some("a"), Some("b"), Some("a")]),
            ["a", "b", "a"]
        );
        assert_eq!(logged(&mut latch, &[Some("a"), None, None, Some("a")]), ["a"]);
        assert!(latch.clear() && !latch.clear());
    }

    #[test]
    fn alternating_errors_are_logged_once_per_interval() {
        let mut latch = ErrorLatch::with_min_interval(Duration::from_secs(3_600));
        assert_eq!(logged(&mut latch, &[Some("a"), Some("b"), None, Some("a")]), ["a"]);
        latch.min_interval = Duration::ZERO;
        assert_eq!(logged(&mut latch, &[Some("b")]), ["b"], "it was not logged before");
    }
}

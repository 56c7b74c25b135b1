//! The usage writer: one thread that writes usage to the store and ends overlaps. Requests never wait for it.

use std::{
    sync::{Arc, mpsc::Receiver},
    time::{Duration, Instant as Timer},
};

use rustix::process::setpriority_process;

use super::{context::TaskContext, first_use::FirstUse, usage::UsageBuffer};
use crate::{
    domain::usage::UsageReport,
    ops::{
        OpError,
        credential::{overlap::record_first_use, usage::record_usage},
    },
    server::{shutdown::Shutdown, store_handle::StoreHandle},
    store::{Mode, StoreError},
};

/// How often usage is written.
const WRITE_INTERVAL: Duration = Duration::from_secs(5);
/// The writer then waits at least this many times as long as it wrote, so that the usage of a million credentials is
/// written less often.
const REST_FACTOR: u32 = 20;
/// The priority of the writer (nice(2)): where cores are scarce, the workers get nine tenths of them.
const NICE: i32 = 10;
/// How long the writer waits for first uses before it checks whether it must stop.
const POLL_INTERVAL: Duration = Duration::from_millis(100);
/// The longest wait before first uses that could not be recorded are tried again.
const MAX_RETRY_DELAY: Duration = Duration::from_secs(1);

/// The state of the thread.
pub struct UsageWriter<'t> {
    context: TaskContext<'t>,
    usage: Arc<UsageBuffer>,
    store: StoreHandle<'t>,
    /// The first uses that have still to be recorded.
    pending_first_uses: Vec<FirstUse>,
}

impl<'t> UsageWriter<'t> {
    /// A writer of what `usage` collects.
    pub fn new(context: TaskContext<'t>, usage: Arc<UsageBuffer>) -> Self {
        let store = StoreHandle::new(context.open_store, Mode::Write);
        Self { context, usage, store, pending_first_uses: Vec::new() }
    }

    /// Runs until shutdown, and then writes everything once more.
    pub fn run(mut self, first_uses: &Receiver<FirstUse>, shutdown: &Shutdown) {
        // Applies to this thread only. If it fails, the writer is just less considerate.
        let _is_nice = setpriority_process(None, NICE);
        let (mut next_write, mut next_first_use) = (Timer::now() + WRITE_INTERVAL, Timer::now());
        loop {
            let is_last = shutdown.is_requested();
            let wait = if is_last { Duration::ZERO } else { POLL_INTERVAL };
            self.pending_first_uses.extend(first_uses.recv_timeout(wait));
            self.pending_first_uses.extend(first_uses.try_iter());
            if is_last || Timer::now() >= next_first_use {
                next_first_use = Timer::now() + self.record_first_uses();
            }
            if is_last || Timer::now() >= next_write {
                let began = Timer::now();
                self.write_usage();
                next_write = began + WRITE_INTERVAL.max(began.elapsed() * REST_FACTOR);
            }
            if is_last {
                return;
            }
        }
    }

    /// Records the pending first uses, which may end overlaps. Returns how long to wait before the next attempt.
    fn record_first_uses(&mut self) -> Duration {
        if self.pending_first_uses.is_empty() {
            return Duration::ZERO;
        }
        let (context, pending) = (&self.context, &mut self.pending_first_uses);
        let recorded = self.store.with(|store| {
            let op_context = context.op_context(store);
            let mut result = Ok(());
            // One that can't be recorded does not keep the others from being recorded.
            pending.retain(|used| {
                let recorded = record_first_use(&op_context, used.seq, &used.digest);
                recorded.map_err(|error| result = Err(error)).is_err()
            });
            result
        });
        // The file may be replaced until the next attempt.
        self.store.close();
        if let Err(error) = recorded {
            context.log.event("overlap_not_ended", &error.to_string());
        }
        self.store.retry_delay(MAX_RETRY_DELAY)
    }

    /// Writes all usage. What can't be written stays in the buffer.
    fn write_usage(&mut self) {
        let written = self.write_segments();
        // The file may be replaced until the next round.
        self.store.close();
        if let Err(error) = written {
            self.context.log.event("uses_not_written", &error.to_string());
        }
    }

    fn write_segments(&mut self) -> Result<(), OpError> {
        let mut failed = None;
        for number in 0.. {
            let Some(uses) = self.usage.take(number) else { break };
            if uses.is_empty() {
                continue;
            }
            match self.write(&uses) {
                Ok(()) => {}
                Err(OpError::Store(StoreError::Integrity(_))) => {
                    failed = self.write_individually(number, &uses).or(failed);
                }
                Err(error) => {
                    self.usage.restore(number, &uses);
                    return Err(error);
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Writes each use alone, so that a tampered row does not keep the others from being written.
    fn write_individually(&mut self, number: usize, uses: &[UsageReport]) -> Option<OpError> {
        let mut failed = None;
        for used in uses.chunks(1) {
            if let Err(error) = self.write(used) {
                self.usage.restore(number, used);
                failed = Some(error);
            }
        }
        failed
    }

    fn write(&mut self, uses: &[UsageReport]) -> Result<(), OpError> {
        record_usage(self.store.store()?, uses)
    }
}

//! Uses: who used what, gathered by the workers and written by one thread that no request waits for.

use std::{
    cell::RefCell,
    mem,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant as Timer},
};

use rustix::process::setpriority_process;

use crate::{
    domain::{
        actor::Actor,
        credential::secret::Digest,
        instant::{Clock, Instant},
        usage::LastUse,
    },
    ops::{
        OpContext, OpError,
        credential::{overlap::end_overlap, usage::record_usage},
    },
    server::{OpenStore, Shutdown, http::caller::address_text, log::Log},
    store::{Store, StoreError, sqlite::Mode},
};

/// How often uses are written.
const WRITE_INTERVAL: Duration = Duration::from_secs(5);
/// The writer rests this many times as long as it wrote: a flood of a million credentials is written less often.
const REST_FACTOR: u32 = 20;
/// How far the writer stands back behind the workers where cores are scarce (nice(2)): at 10, they have nine tenths.
const NICE: i32 = 10;
/// How long the writer sleeps when nobody needs it; it looks then whether it is to stop.
const POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How long it waits before an overlap that could not be ended is tried again.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// How many credentials stand together: one transaction writes them.
const SEGMENT_LENGTH: usize = 1_024;

/// How many uses a worker notes together. The places where they are noted lie apart, in memory that no cache holds: the
/// processor fetches many at once, where a request would wait for its own.
const BATCH_SIZE: usize = 256;

/// What was seen of each credential since it was last written: 12 bytes for each that was ever used.
#[derive(Default)]
pub struct UsageBuffer(Mutex<Vec<UsageSegment>>);

/// What one worker saw and has not noted yet.
pub struct UsageBatch {
    buffer: Arc<UsageBuffer>,
    events: RefCell<Vec<UsageEvent>>,
}

/// That a credential was used: which, when, and by whom.
#[derive(Clone, Copy)]
struct UsageEvent {
    seq: i64,
    at: Instant,
    peer: Option<IpAddr>,
}

/// What was seen of [`LENGTH`] credentials in a row.
#[derive(Default)]
struct UsageSegment {
    entries: Vec<UsageEntry>,
    /// Who they were used by; kept for as long as nothing was written.
    peers: Vec<Option<IpAddr>>,
    /// What their instants are counted from.
    base: i64,
}

#[derive(Clone, Copy, Default)]
struct UsageEntry {
    /// Seconds since the base of the chunk.
    at: u32,
    /// How often; 0 when there is nothing to write.
    count: u32,
    /// The number of the peer.
    peer: u16,
}

impl UsageBatch {
    /// An empty batch.
    pub fn new(uses: Arc<UsageBuffer>) -> Self {
        Self { buffer: uses, events: RefCell::new(Vec::with_capacity(BATCH_SIZE)) }
    }

    /// Notes that a credential was used: for others at the next [`Batch::hand_over`], or before.
    pub fn record(&self, seq: i64, at: Instant, peer: Option<IpAddr>) {
        let mut seen = self.events.borrow_mut();
        seen.push(UsageEvent { seq, at, peer });
        if seen.len() >= BATCH_SIZE {
            self.buffer.record(&mut seen);
        }
    }

    /// Hands over what was seen; to be called now and then.
    pub fn flush(&self) {
        self.buffer.record(&mut self.events.borrow_mut());
    }
}

impl Drop for UsageBatch {
    fn drop(&mut self) {
        self.flush();
    }
}

impl UsageBuffer {
    fn record(&self, seen: &mut Vec<UsageEvent>) {
        if seen.is_empty() {
            return;
        }
        let mut chunks = self.lock();
        for UsageEvent { seq, at, peer } in seen.drain(..) {
            let Some(place) = usize::try_from(seq - 1).ok() else { continue };
            let number = place / SEGMENT_LENGTH;
            if chunks.len() <= number {
                chunks.resize_with(number + 1, UsageSegment::default);
            }
            chunks[number].record(place % SEGMENT_LENGTH, at.unix(), peer);
        }
    }

    /// Takes what is to be written of the chunk with this number; `None` past the last one.
    fn take(&self, number: usize) -> Option<Vec<LastUse>> {
        Some(self.lock().get_mut(number)?.take(number * SEGMENT_LENGTH + 1))
    }

    /// Puts back what could not be written. What was seen meanwhile is newer.
    fn restore(&self, number: usize, uses: &[LastUse]) {
        if let Some(chunk) = self.lock().get_mut(number) {
            chunk.restore(number * SEGMENT_LENGTH + 1, uses);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<UsageSegment>> {
        // Nothing that is done under it can panic half way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl UsageSegment {
    fn record(&mut self, place: usize, at: i64, peer: Option<IpAddr>) {
        if self.peers.is_empty() {
            self.base = at;
        }
        if self.entries.len() <= place {
            self.entries.resize(place + 1, UsageEntry::default());
        }
        let before = self.entries[place];
        self.entries[place] = UsageEntry {
            at: u32::try_from(at - self.base).unwrap_or_default(),
            count: before.count.saturating_add(1),
            peer: self.peer_index(before.peer, peer),
        };
    }

    /// Mostly a credential is used from where it was used before.
    fn peer_index(&mut self, before: u16, peer: Option<IpAddr>) -> u16 {
        if self.peers.get(usize::from(before)) == Some(&peer) {
            return before;
        }
        let known = self.peers.iter().position(|known| *known == peer);
        let number = known.unwrap_or_else(|| {
            // A new one of more than fit takes the place of the last.
            self.peers.truncate(usize::from(u16::MAX));
            self.peers.push(peer);
            self.peers.len() - 1
        });
        number as u16
    }

    fn take(&mut self, first: usize) -> Vec<LastUse> {
        let (peers, base) = (mem::take(&mut self.peers), self.base);
        let used = self.entries.iter_mut().enumerate().filter(|(_, seen)| seen.count > 0);
        used.map(|(place, seen)| LastUse {
            credential: (first + place) as i64,
            at: Instant::from_unix(base + i64::from(seen.at)),
            peer: address_text(peers.get(usize::from(seen.peer)).copied().flatten()),
            count: u64::from(mem::take(&mut seen.count)),
        })
        .collect()
    }

    fn restore(&mut self, first: usize, uses: &[LastUse]) {
        for used in uses {
            let Some(place) = usize::try_from(used.credential).ok().map(|seq| seq - first) else {
                continue;
            };
            let count = u32::try_from(used.count).unwrap_or(u32::MAX);
            let is_newer = self.entries[place].count > 0;
            if !is_newer {
                self.record(place, used.at.unix(), used.peer.parse().ok());
            }
            let seen = &mut self.entries[place];
            seen.count = seen.count.saturating_add(if is_newer { count } else { count - 1 });
        }
    }
}

/// The old secret of this credential ends, because the new one, with this digest, was used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OverlapEnd {
    /// The number of the credential.
    pub seq: i64,
    /// The digest of the new secret.
    pub digest: Digest,
}

/// Both ends of the queue of endings.
pub fn overlap_ends() -> (Sender<OverlapEnd>, Receiver<OverlapEnd>) {
    channel()
}

/// Writes what the workers saw, and ends overlaps.
pub struct UsageWriter<'w> {
    /// The way to the store.
    pub open_store: &'w OpenStore,
    /// The clock.
    pub clock: &'w dyn Clock,
    /// On whose behalf overlaps end.
    pub actor: &'w Actor,
    /// What the workers see.
    pub usage: &'w UsageBuffer,
    /// Where trouble is told.
    pub log: &'w Log,
}

impl UsageWriter<'_> {
    /// Runs until `stop`; then everything is written once more.
    pub fn run(&self, ends: &Receiver<OverlapEnd>, stop: &Shutdown) {
        // It concerns this thread alone, and without it all is as right.
        let _is_nice = setpriority_process(None, NICE);
        let (mut waiting, mut next, mut retry) =
            (Vec::new(), Timer::now() + WRITE_INTERVAL, Timer::now());
        loop {
            let is_last = stop.is_requested();
            waiting.extend(ends.recv_timeout(if is_last { Duration::ZERO } else { POLL_INTERVAL }));
            waiting.extend(ends.try_iter());
            if is_last || Timer::now() >= retry {
                let ended = self.end_overlaps(&mut waiting);
                if let Err(error) = ended {
                    self.log.event("overlap_not_ended", &error.to_string());
                    retry = Timer::now() + RETRY_DELAY;
                }
            }
            if is_last || Timer::now() >= next {
                let began = Timer::now();
                if let Err(error) = self.write_usage() {
                    self.log.event("uses_not_written", &error.to_string());
                }
                next = began + WRITE_INTERVAL.max(began.elapsed() * REST_FACTOR);
            }
            if is_last {
                return;
            }
        }
    }

    fn end_overlaps(&self, waiting: &mut Vec<OverlapEnd>) -> Result<(), OpError> {
        if waiting.is_empty() {
            return Ok(());
        }
        let store = (self.open_store)(Mode::Write)?;
        let desk = OpContext::unattended(&store, self.clock, self.actor);
        let mut failed = Ok(());
        // One that can't be ended must not keep the others alive.
        waiting.retain(|ending| {
            let ended = end_overlap(&desk, ending.seq, &ending.digest);
            ended.map_err(|error| failed = Err(error)).is_err()
        });
        failed
    }

    /// The store is opened for each time: it may be another one by then.
    fn write_usage(&self) -> Result<(), OpError> {
        let (mut store, mut failed) = (None, None);
        for number in 0.. {
            let Some(uses) = self.usage.take(number) else { break };
            if uses.is_empty() {
                continue;
            }
            match self.write(&mut store, &uses) {
                Ok(()) => {}
                Err(OpError::Store(StoreError::Integrity(_))) => {
                    failed = self.write_individually(&mut store, number, &uses).or(failed);
                }
                Err(error) => {
                    self.usage.restore(number, &uses);
                    return Err(error);
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Writes each alone: the last use of one that was altered must not keep those of others from being written.
    fn write_individually(
        &self,
        store: &mut Option<Store>,
        number: usize,
        uses: &[LastUse],
    ) -> Option<OpError> {
        let mut failed = None;
        for used in uses.chunks(1) {
            if let Err(error) = self.write(store, used) {
                self.usage.restore(number, used);
                failed = Some(error);
            }
        }
        failed
    }

    fn write(&self, store: &mut Option<Store>, uses: &[LastUse]) -> Result<(), OpError> {
        let open = match store.take() {
            Some(open) => open,
            None => (self.open_store)(Mode::Write)?,
        };
        record_usage(store.insert(open), uses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::thread;

    fn at(seconds: i64) -> Instant {
        Instant::from_unix(seconds)
    }

    fn used(credential: i64, seconds: i64, peer: &str, count: u64) -> LastUse {
        LastUse { credential, at: at(seconds), peer: peer.to_owned(), count }
    }

    #[test]
    fn usage_is_taken_once_and_by_segment() {
        let (uses, peer) = (Arc::new(UsageBuffer::default()), "192.0.2.1".parse().ok());
        let batch = UsageBatch::new(uses.clone());
        for (seq, seconds) in [(1, 10), (1, 11), (1_024, 12), (1_025, 13), (3_000, 14), (0, 15)] {
            batch.record(seq, at(seconds), peer);
        }
        assert_eq!(uses.take(0), None, "they were not handed over");
        batch.flush();
        let written = |number| uses.take(number);
        assert_eq!(
            written(0),
            Some(vec![used(1, 11, "192.0.2.1", 2), used(1_024, 12, "192.0.2.1", 1)])
        );
        assert_eq!(written(1), Some(vec![used(1_025, 13, "192.0.2.1", 1)]));
        assert_eq!(written(2), Some(vec![used(3_000, 14, "192.0.2.1", 1)]));
        assert_eq!(written(3), None);
        assert_eq!(written(0), Some(vec![]), "they were taken");
    }

    #[test]
    fn unwritten_usage_is_kept() {
        let uses = Arc::new(UsageBuffer::default());
        UsageBatch::new(uses.clone()).record(7, at(10), "192.0.2.1".parse().ok());
        let taken = uses.take(0).unwrap();
        UsageBatch::new(uses.clone()).record(7, at(20), None);
        uses.restore(0, &taken);
        assert_eq!(uses.take(0), Some(vec![used(7, 20, "unix", 2)]));
    }

    #[test]
    fn each_use_is_counted_exactly_once() {
        let uses = Arc::new(UsageBuffer::default());
        let count = || (0..3).filter_map(|number| uses.take(number)).flatten().map(|one| one.count);
        let taken: u64 = thread::scope(|scope| {
            let note = || {
                let batch = UsageBatch::new(uses.clone());
                (0..5_000).for_each(|number| batch.record(number % 2_500 + 1, at(1), None));
            };
            let users = [(); 4].map(|()| scope.spawn(note));
            let mut taken = 0;
            while !users.iter().all(thread::ScopedJoinHandle::is_finished) {
                taken += count().sum::<u64>();
            }
            taken
        });
        assert_eq!(taken + count().sum::<u64>(), 4 * 5_000);
    }
}

//! Usage: when and from where credentials are used, collected by the workers for the usage writer.

use std::{
    cell::RefCell,
    mem,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    domain::{
        instant::Instant,
        seq::CredentialSeq,
        usage::{LastUse, UsageReport},
    },
    server::http::caller::address_text,
};

/// How many credentials a segment holds. One transaction writes a segment.
const SEGMENT_LENGTH: usize = 1_024;

/// How many uses a worker records together. Their entries are far apart in memory: recording many at once lets the
/// processor fetch them in parallel, instead of each request waiting for its own.
const BATCH_SIZE: usize = 256;

/// The usage of each credential since it was last written: 12 bytes for each number up to the highest that was used.
#[derive(Default)]
pub struct UsageBuffer(Mutex<Vec<UsageSegment>>);

/// The uses that one worker has not yet recorded in the buffer.
pub struct UsageBatch {
    buffer: Arc<UsageBuffer>,
    events: RefCell<Vec<UsageEvent>>,
}

/// One use of a credential.
#[derive(Clone, Copy)]
struct UsageEvent {
    seq: CredentialSeq,
    at: Instant,
    peer: Option<IpAddr>,
    by_day: bool,
}

/// The usage of [`SEGMENT_LENGTH`] consecutive credentials.
#[derive(Default)]
struct UsageSegment {
    entries: Vec<UsageEntry>,
    /// The peers that used them; `None` is a peer on a Unix socket. Emptied when the segment is written.
    peers: Vec<Option<IpAddr>>,
    /// The Unix time that the entries count from.
    base: i64,
}

#[derive(Clone, Copy, Default)]
struct UsageEntry {
    /// Seconds since the base of the segment.
    at: u32,
    /// The number of uses; 0 if there is nothing to write.
    count: u32,
    /// The index of the last peer.
    peer: u16,
    /// Whether the uses are also counted by day.
    by_day: bool,
}

impl UsageBatch {
    /// An empty batch.
    pub fn new(buffer: Arc<UsageBuffer>) -> Self {
        Self { buffer, events: RefCell::new(Vec::with_capacity(BATCH_SIZE)) }
    }

    /// Records a use. It reaches the buffer with the next [`UsageBatch::flush`], or sooner.
    /// `by_day` says whether the use is also counted by day.
    pub fn record(&self, seq: CredentialSeq, at: Instant, peer: Option<IpAddr>, by_day: bool) {
        let mut events = self.events.borrow_mut();
        events.push(UsageEvent { seq, at, peer, by_day });
        if events.len() >= BATCH_SIZE {
            self.buffer.record(&mut events);
        }
    }

    /// Moves the uses to the buffer. Called at regular intervals.
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
    fn record(&self, events: &mut Vec<UsageEvent>) {
        if events.is_empty() {
            return;
        }
        let mut segments = self.lock();
        for UsageEvent { seq, at, peer, by_day } in events.drain(..) {
            let Some(index) = usize::try_from(seq.0 - 1).ok() else { continue };
            let number = index / SEGMENT_LENGTH;
            if segments.len() <= number {
                segments.resize_with(number + 1, UsageSegment::default);
            }
            let segment = &mut segments[number];
            segment.record(index % SEGMENT_LENGTH, at.unix(), peer);
            segment.entries[index % SEGMENT_LENGTH].by_day = by_day;
        }
    }

    /// Takes the unwritten usage of a segment; `None` past the last segment.
    pub(super) fn take(&self, number: usize) -> Option<Vec<UsageReport>> {
        Some(self.lock().get_mut(number)?.take(number * SEGMENT_LENGTH + 1))
    }

    /// Puts back usage that could not be written. Uses recorded meanwhile are newer and take precedence.
    pub(super) fn restore(&self, number: usize, uses: &[UsageReport]) {
        if let Some(segment) = self.lock().get_mut(number) {
            segment.restore(number * SEGMENT_LENGTH + 1, uses);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<UsageSegment>> {
        // No code that holds the lock can leave the segments inconsistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl UsageSegment {
    fn record(&mut self, offset: usize, at: i64, peer: Option<IpAddr>) {
        if self.peers.is_empty() {
            self.base = at;
        }
        if self.entries.len() <= offset {
            self.entries.resize(offset + 1, UsageEntry::default());
        }
        let before = self.entries[offset];
        self.entries[offset] = UsageEntry {
            at: u32::try_from(at - self.base).unwrap_or_default(),
            count: before.count.saturating_add(1),
            peer: self.peer_index(before.peer, peer),
            by_day: before.by_day,
        };
    }

    /// Returns the index of a peer. Usually it is `before`, the one that used the credential last.
    fn peer_index(&mut self, before: u16, peer: Option<IpAddr>) -> u16 {
        if self.peers.get(usize::from(before)) == Some(&peer) {
            return before;
        }
        let known = self.peers.iter().position(|known| *known == peer);
        let index = known.unwrap_or_else(|| {
            // If there are too many, a new peer replaces the last one.
            self.peers.truncate(usize::from(u16::MAX));
            self.peers.push(peer);
            self.peers.len() - 1
        });
        index as u16
    }

    /// Takes the usage of this segment, whose first credential has the number `first`.
    fn take(&mut self, first: usize) -> Vec<UsageReport> {
        let (peers, base) = (mem::take(&mut self.peers), self.base);
        let used = self.entries.iter_mut().enumerate().filter(|(_, entry)| entry.count > 0);
        used.map(|(offset, entry)| UsageReport {
            last_use: LastUse {
                credential: CredentialSeq((first + offset) as i64),
                at: Instant::from_unix(base + i64::from(entry.at)),
                peer: address_text(peers.get(usize::from(entry.peer)).copied().flatten()),
                count: u64::from(mem::take(&mut entry.count)),
            },
            by_day: entry.by_day,
        })
        .collect()
    }

    fn restore(&mut self, first: usize, uses: &[UsageReport]) {
        for UsageReport { last_use: used, by_day } in uses {
            let Some(offset) = usize::try_from(used.credential.0).ok().map(|seq| seq - first)
            else {
                continue;
            };
            let count = u32::try_from(used.count).unwrap_or(u32::MAX);
            let is_newer = self.entries[offset].count > 0;
            if !is_newer {
                self.record(offset, used.at.unix(), used.peer.parse().ok());
            }
            let entry = &mut self.entries[offset];
            entry.by_day |= by_day;
            entry.count = entry.count.saturating_add(if is_newer { count } else { count - 1 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::thread;

    fn at(seconds: i64) -> Instant {
        Instant::from_unix(seconds)
    }

    fn used(credential: i64, seconds: i64, peer: &str, count: u64) -> UsageReport {
        let (credential, peer) = (CredentialSeq(credential), peer.to_owned());
        let last_use = LastUse { credential, at: at(seconds), peer, count };
        UsageReport { last_use, by_day: false }
    }

    #[test]
    fn usage_is_taken_once_and_by_segment() {
        let (uses, peer) = (Arc::new(UsageBuffer::default()), "192.0.2.1".parse().ok());
        let batch = UsageBatch::new(uses.clone());
        for (seq, seconds) in [(1, 10), (1, 11), (1_024, 12), (1_025, 13), (3_000, 14), (0, 15)] {
            batch.record(CredentialSeq(seq), at(seconds), peer, false);
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
        UsageBatch::new(uses.clone()).record(
            CredentialSeq(7),
            at(10),
            "192.0.2.1".parse().ok(),
            true,
        );
        let taken = uses.take(0).unwrap();
        UsageBatch::new(uses.clone()).record(CredentialSeq(7), at(20), None, true);
        uses.restore(0, &taken);
        let merged = UsageReport { by_day: true, ..used(7, 20, "unix", 2) };
        assert_eq!(uses.take(0), Some(vec![merged]));
    }

    #[test]
    fn each_use_is_counted_exactly_once() {
        let uses = Arc::new(UsageBuffer::default());
        let count = || {
            (0..3).filter_map(|number| uses.take(number)).flatten().map(|one| one.last_use.count)
        };
        let taken: u64 = thread::scope(|scope| {
            let note = || {
                let batch = UsageBatch::new(uses.clone());
                (0..5_000).for_each(|number| {
                    batch.record(CredentialSeq(number % 2_500 + 1), at(1), None, false)
                });
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

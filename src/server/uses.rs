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

use super::{Open, Stop, caller::address_text, log::Log};
use crate::{
    domain::{
        actor::Actor,
        instant::{Clock, Instant},
        last_use::LastUse,
        secret::Digest,
    },
    ops::{Desk, OpError, overlap::end_overlap, uses::note_uses},
    store::{Store, StoreError, sqlite::Mode},
};

/// How often uses are written.
const EVERY: Duration = Duration::from_secs(5);
/// The writer rests this many times as long as it wrote: a flood of a million credentials is written less often.
const REST: u32 = 20;
/// How far the writer stands back behind the workers where cores are scarce (nice(2)): at 10, they have nine tenths.
const NICE: i32 = 10;
/// How long the writer sleeps when nobody needs it; it looks then whether it is to stop.
const LOOK: Duration = Duration::from_millis(100);
/// How long it waits before an overlap that could not be ended is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// How many credentials stand together: one transaction writes them.
const LENGTH: usize = 1_024;

/// How many uses a worker notes together. The places where they are noted lie apart, in memory that no cache holds: the
/// processor fetches many at once, where a request would wait for its own.
const TOGETHER: usize = 256;

/// What was seen of each credential since it was last written: 12 bytes for each that was ever used.
#[derive(Default)]
pub struct Uses(Mutex<Vec<Chunk>>);

/// What one worker saw and has not noted yet.
pub struct Batch {
    uses: Arc<Uses>,
    seen: RefCell<Vec<Use>>,
}

/// That a credential was used: which, when, and by whom.
#[derive(Clone, Copy)]
struct Use {
    seq: i64,
    at: Instant,
    peer: Option<IpAddr>,
}

/// What was seen of [`LENGTH`] credentials in a row.
#[derive(Default)]
struct Chunk {
    seen: Vec<Seen>,
    /// Who they were used by; kept for as long as nothing was written.
    peers: Vec<Option<IpAddr>>,
    /// What their instants are counted from.
    base: i64,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    /// Seconds since the base of the chunk.
    at: u32,
    /// How often; 0 when there is nothing to write.
    count: u32,
    /// The number of the peer.
    peer: u16,
}

impl Batch {
    /// An empty batch.
    pub fn new(uses: Arc<Uses>) -> Self {
        Self { uses, seen: RefCell::new(Vec::with_capacity(TOGETHER)) }
    }

    /// Notes that a credential was used: for others at the next [`Batch::hand_over`], or before.
    pub fn note(&self, seq: i64, at: Instant, peer: Option<IpAddr>) {
        let mut seen = self.seen.borrow_mut();
        seen.push(Use { seq, at, peer });
        if seen.len() >= TOGETHER {
            self.uses.note(&mut seen);
        }
    }

    /// Hands over what was seen; to be called now and then.
    pub fn hand_over(&self) {
        self.uses.note(&mut self.seen.borrow_mut());
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.hand_over();
    }
}

impl Uses {
    fn note(&self, seen: &mut Vec<Use>) {
        if seen.is_empty() {
            return;
        }
        let mut chunks = self.lock();
        for Use { seq, at, peer } in seen.drain(..) {
            let Some(place) = usize::try_from(seq - 1).ok() else { continue };
            let number = place / LENGTH;
            if chunks.len() <= number {
                chunks.resize_with(number + 1, Chunk::default);
            }
            chunks[number].note(place % LENGTH, at.unix(), peer);
        }
    }

    /// Takes what is to be written of the chunk with this number; `None` past the last one.
    fn take(&self, number: usize) -> Option<Vec<LastUse>> {
        Some(self.lock().get_mut(number)?.take(number * LENGTH + 1))
    }

    /// Puts back what could not be written. What was seen meanwhile is newer.
    fn put_back(&self, number: usize, uses: &[LastUse]) {
        if let Some(chunk) = self.lock().get_mut(number) {
            chunk.put_back(number * LENGTH + 1, uses);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Chunk>> {
        // Nothing that is done under it can panic half way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Chunk {
    fn note(&mut self, place: usize, at: i64, peer: Option<IpAddr>) {
        if self.peers.is_empty() {
            self.base = at;
        }
        if self.seen.len() <= place {
            self.seen.resize(place + 1, Seen::default());
        }
        let before = self.seen[place];
        self.seen[place] = Seen {
            at: u32::try_from(at - self.base).unwrap_or_default(),
            count: before.count.saturating_add(1),
            peer: self.number_of(before.peer, peer),
        };
    }

    /// Mostly a credential is used from where it was used before.
    fn number_of(&mut self, before: u16, peer: Option<IpAddr>) -> u16 {
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
        let used = self.seen.iter_mut().enumerate().filter(|(_, seen)| seen.count > 0);
        used.map(|(place, seen)| LastUse {
            credential: (first + place) as i64,
            at: Instant::from_unix(base + i64::from(seen.at)),
            peer: address_text(peers.get(usize::from(seen.peer)).copied().flatten()),
            count: u64::from(mem::take(&mut seen.count)),
        })
        .collect()
    }

    fn put_back(&mut self, first: usize, uses: &[LastUse]) {
        for used in uses {
            let Some(place) = usize::try_from(used.credential).ok().map(|seq| seq - first) else {
                continue;
            };
            let count = u32::try_from(used.count).unwrap_or(u32::MAX);
            let is_newer = self.seen[place].count > 0;
            if !is_newer {
                self.note(place, used.at.unix(), used.peer.parse().ok());
            }
            let seen = &mut self.seen[place];
            seen.count = seen.count.saturating_add(if is_newer { count } else { count - 1 });
        }
    }
}

/// The old secret of this credential ends, because the new one, with this digest, was used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The number of the credential.
    pub seq: i64,
    /// The digest of the new secret.
    pub digest: Digest,
}

/// Both ends of the queue of endings.
pub fn endings() -> (Sender<Ending>, Receiver<Ending>) {
    channel()
}

/// Writes what the workers saw, and ends overlaps.
pub struct Writer<'w> {
    /// The way to the store.
    pub open: &'w Open,
    /// The clock.
    pub clock: &'w dyn Clock,
    /// On whose behalf overlaps end.
    pub actor: &'w Actor,
    /// What the workers see.
    pub uses: &'w Uses,
    /// Where trouble is told.
    pub log: &'w Log,
}

impl Writer<'_> {
    /// Runs until `stop`; then everything is written once more.
    pub fn run(&self, endings: &Receiver<Ending>, stop: &Stop) {
        // It concerns this thread alone, and without it all is as right.
        let _is_nice = setpriority_process(None, NICE);
        let (mut waiting, mut next, mut retry) = (Vec::new(), Timer::now() + EVERY, Timer::now());
        loop {
            let is_last = stop.is_set();
            waiting.extend(endings.recv_timeout(if is_last { Duration::ZERO } else { LOOK }));
            waiting.extend(endings.try_iter());
            if is_last || Timer::now() >= retry {
                let ended = self.end_overlaps(&mut waiting);
                if let Err(error) = ended {
                    self.log.event("overlap_not_ended", &error.to_string());
                    retry = Timer::now() + AGAIN;
                }
            }
            if is_last || Timer::now() >= next {
                let began = Timer::now();
                if let Err(error) = self.write_uses() {
                    self.log.event("uses_not_written", &error.to_string());
                }
                next = began + EVERY.max(began.elapsed() * REST);
            }
            if is_last {
                return;
            }
        }
    }

    fn end_overlaps(&self, waiting: &mut Vec<Ending>) -> Result<(), OpError> {
        if waiting.is_empty() {
            return Ok(());
        }
        let store = (self.open)(Mode::Write)?;
        let desk = Desk::unattended(&store, self.clock, self.actor);
        let mut failed = Ok(());
        // One that can't be ended must not keep the others alive.
        waiting.retain(|ending| {
            let ended = end_overlap(&desk, ending.seq, &ending.digest);
            ended.map_err(|error| failed = Err(error)).is_err()
        });
        failed
    }

    /// The store is opened for each time: it may be another one by then.
    fn write_uses(&self) -> Result<(), OpError> {
        let (mut store, mut failed) = (None, None);
        for number in 0.. {
            let Some(uses) = self.uses.take(number) else { break };
            if uses.is_empty() {
                continue;
            }
            match self.write(&mut store, &uses) {
                Ok(()) => {}
                Err(OpError::Store(StoreError::Integrity(_))) => {
                    failed = self.write_apart(&mut store, number, &uses).or(failed);
                }
                Err(error) => {
                    self.uses.put_back(number, &uses);
                    return Err(error);
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Writes each alone: the last use of one that was altered must not keep those of others from being written.
    fn write_apart(
        &self,
        store: &mut Option<Store>,
        number: usize,
        uses: &[LastUse],
    ) -> Option<OpError> {
        let mut failed = None;
        for used in uses.chunks(1) {
            if let Err(error) = self.write(store, used) {
                self.uses.put_back(number, used);
                failed = Some(error);
            }
        }
        failed
    }

    fn write(&self, store: &mut Option<Store>, uses: &[LastUse]) -> Result<(), OpError> {
        let open = match store.take() {
            Some(open) => open,
            None => (self.open)(Mode::Write)?,
        };
        note_uses(store.insert(open), uses)
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
    fn uses_are_taken_once_and_by_chunks() {
        let (uses, peer) = (Arc::new(Uses::default()), "192.0.2.1".parse().ok());
        let batch = Batch::new(uses.clone());
        for (seq, seconds) in [(1, 10), (1, 11), (1_024, 12), (1_025, 13), (3_000, 14), (0, 15)] {
            batch.note(seq, at(seconds), peer);
        }
        assert_eq!(uses.take(0), None, "they were not handed over");
        batch.hand_over();
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
    fn what_could_not_be_written_is_not_forgotten() {
        let uses = Arc::new(Uses::default());
        Batch::new(uses.clone()).note(7, at(10), "192.0.2.1".parse().ok());
        let taken = uses.take(0).unwrap();
        Batch::new(uses.clone()).note(7, at(20), None);
        uses.put_back(0, &taken);
        assert_eq!(uses.take(0), Some(vec![used(7, 20, "unix", 2)]));
    }

    #[test]
    fn nobody_is_counted_twice_or_not_at_all() {
        let uses = Arc::new(Uses::default());
        let count = || (0..3).filter_map(|number| uses.take(number)).flatten().map(|one| one.count);
        let taken: u64 = thread::scope(|scope| {
            let note = || {
                let batch = Batch::new(uses.clone());
                (0..5_000).for_each(|number| batch.note(number % 2_500 + 1, at(1), None));
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

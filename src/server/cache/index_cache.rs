//! The mirror: what workers know of the store without asking it, and for how long that may be believed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering},
    },
    thread::Thread,
    time::{Duration, Instant as Timer},
};

use arc_swap::ArcSwapOption;
use tokio::sync::watch;

use super::index::Index;
use crate::domain::instant::{Clock, Instant};

/// How many requests may wait at once to hear that nobody has their secret.
const MAX_WAITING: usize = 1_024;
/// A follower that has not looked for so long is stuck, whatever it said last.
const STUCK_AFTER: Duration = Duration::from_millis(500);

/// Why the mirror gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// The store was out of reach for too long.
    StoreUnreachable,
    /// Too many wait already.
    Overloaded,
}

/// What the follower keeps true, and the workers read.
pub struct Cache {
    /// The index; none while it is loaded.
    pub index: ArcSwapOption<Index>,
    started_at: Timer,
    clock: Arc<dyn Clock>,
    /// The instant of the store's last record: time never goes back behind it.
    last_record_at: AtomicI64,
    /// When the follower last saw the store, in microseconds since the beginning; 0 before it ever did.
    last_seen: AtomicU64,
    is_failing: AtomicBool,
    failures: AtomicU64,
    /// The number of the look that was begun last, and of the one that ended last.
    last_poll_begun: AtomicU64,
    last_poll_done: watch::Sender<u64>,
    waiting: AtomicUsize,
    is_poll_requested: AtomicBool,
    updater: std::sync::OnceLock<Thread>,
}

impl Cache {
    /// A mirror that shows nothing yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            index: ArcSwapOption::empty(),
            started_at: Timer::now(),
            clock,
            last_record_at: AtomicI64::new(0),
            last_seen: AtomicU64::new(0),
            is_failing: AtomicBool::new(true),
            failures: AtomicU64::new(0),
            last_poll_begun: AtomicU64::new(0),
            last_poll_done: watch::Sender::new(0),
            waiting: AtomicUsize::new(0),
            is_poll_requested: AtomicBool::new(false),
            updater: std::sync::OnceLock::new(),
        }
    }

    /// The later of the clock and the store's last record.
    pub fn now(&self) -> Instant {
        self.clock.now().max(Instant::from_unix(self.last_record_at.load(Ordering::Relaxed)))
    }

    /// How long before `now` the store was last seen.
    pub fn age(&self, now: Timer) -> Duration {
        let seen = Duration::from_micros(self.last_seen.load(Ordering::Acquire));
        now.saturating_duration_since(self.started_at).saturating_sub(seen)
    }

    /// How often the store could not be looked at.
    pub fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    /// Whether what is mirrored may still be believed at `now`, when a store that is gone is believed for `max_stale`.
    pub fn is_fresh(&self, now: Timer, max_stale: Duration) -> bool {
        let bound = if self.is_failing.load(Ordering::Acquire) {
            max_stale
        } else {
            max_stale.max(STUCK_AFTER)
        };
        let was_seen = self.last_seen.load(Ordering::Acquire) > 0;
        was_seen && bound > Duration::ZERO && self.age(now) <= bound
    }

    /// Waits until the store was looked at once more: what was committed before the call is in the index after it.
    ///
    /// # Errors
    /// [`NoAnswer::TooMany`] when too many wait already, so that a flood of unknown secrets costs the store no more
    /// than a trickle.
    pub async fn refresh(&self) -> Result<(), Unavailable> {
        let _place = WaitPermit::acquire(&self.waiting).ok_or(Unavailable::Overloaded)?;
        let mut done = self.last_poll_done.subscribe();
        let target = self.last_poll_begun.load(Ordering::SeqCst) + 1;
        if !self.is_poll_requested.swap(true, Ordering::SeqCst) {
            self.wake();
        }
        // The sender lives as long as the mirror.
        let seen = done.wait_for(|number| *number >= target).await;
        seen.map(drop).map_err(|_| Unavailable::StoreUnreachable)
    }

    /// Makes the follower look at once.
    pub fn wake(&self) {
        if let Some(follower) = self.updater.get() {
            follower.unpark();
        }
    }

    /// Says that the calling thread is the follower.
    pub(in crate::server) fn register_updater(&self) {
        // A second follower would be a mistake, but a harmless one: the first is still woken.
        let _was_set = self.updater.set(std::thread::current());
    }

    /// Whether somebody waits for a look; asked by the follower, once for each look.
    pub(in crate::server) fn is_poll_requested(&self) -> bool {
        self.is_poll_requested.load(Ordering::SeqCst)
    }

    pub(in crate::server) fn begin_poll(&self) -> u64 {
        self.is_poll_requested.store(false, Ordering::SeqCst);
        self.last_poll_begun.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Ends a look; `seen` is when it saw the store, if it did, and the instant of the last record then.
    pub(in crate::server) fn end_poll(&self, number: u64, seen: Option<(Timer, Instant)>) {
        match seen {
            Some((at, floor)) => {
                self.last_record_at.store(floor.unix(), Ordering::Relaxed);
                let seen = at.duration_since(self.started_at).as_micros();
                self.last_seen
                    .store(u64::try_from(seen).unwrap_or(u64::MAX).max(1), Ordering::Release);
            }
            None => _ = self.failures.fetch_add(1, Ordering::Relaxed),
        }
        self.is_failing.store(seen.is_none(), Ordering::Release);
        self.last_poll_done.send_replace(number);
    }
}

/// One of the places of those who wait.
struct WaitPermit<'m>(&'m AtomicUsize);

impl<'m> WaitPermit<'m> {
    fn acquire(waiting: &'m AtomicUsize) -> Option<Self> {
        let place = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < MAX_WAITING).then_some(place)
    }
}

impl Drop for WaitPermit<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::{pin::pin, task::Context, thread};

    const SECOND: Duration = Duration::from_secs(1);

    struct StoppedClock;

    impl Clock for StoppedClock {
        fn now(&self) -> Instant {
            Instant::from_unix(100)
        }
    }

    fn cache() -> Cache {
        Cache::new(Arc::new(StoppedClock))
    }

    /// A look that ends at once.
    fn poll(mirror: &Cache, floor: Option<i64>) {
        let (number, at) = (mirror.begin_poll(), Timer::now());
        mirror.end_poll(number, floor.map(|floor| (at, Instant::from_unix(floor))));
    }

    fn is_fresh(mirror: &Cache, max_stale: Duration) -> bool {
        mirror.is_fresh(Timer::now(), max_stale)
    }

    fn is_ready<T>(future: impl Future<Output = T>) -> bool {
        let mut future = pin!(future);
        future.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())).is_ready()
    }

    #[test]
    fn an_empty_cache_is_not_fresh() {
        let mirror = cache();
        assert!(!is_fresh(&mirror, SECOND));
        poll(&mirror, None);
        assert!(!is_fresh(&mirror, SECOND));
        assert_eq!(mirror.failures(), 1);
        poll(&mirror, Some(1));
        assert!(is_fresh(&mirror, SECOND) && is_fresh(&mirror, Duration::ZERO));
    }

    #[test]
    fn an_unreachable_store_is_fresh_for_max_stale() {
        let mirror = cache();
        poll(&mirror, Some(1));
        poll(&mirror, None);
        assert!(is_fresh(&mirror, SECOND) && !is_fresh(&mirror, Duration::ZERO));
        thread::sleep(Duration::from_millis(20));
        assert!(!is_fresh(&mirror, Duration::from_millis(10)));
        poll(&mirror, Some(1));
        assert!(is_fresh(&mirror, Duration::from_millis(10)));
    }

    #[test]
    fn now_is_never_before_the_last_record() {
        let mirror = cache();
        poll(&mirror, Some(50));
        assert_eq!(mirror.now(), Instant::from_unix(100));
        poll(&mirror, Some(150));
        assert_eq!(mirror.now(), Instant::from_unix(150));
    }

    /// A look that was under way when somebody asked may have been too early for them.
    #[test]
    fn refresh_waits_for_a_poll_that_begins_later() {
        let mirror = cache();
        let number = mirror.begin_poll();
        let mut confirmed = pin!(mirror.refresh());
        let mut poll = || {
            let mut context = Context::from_waker(std::task::Waker::noop());
            confirmed.as_mut().poll(&mut context).is_ready()
        };
        assert!(!poll() && mirror.is_poll_requested());
        mirror.end_poll(number, Some((Timer::now(), Instant::from_unix(1))));
        assert!(!poll(), "that one began before");
        self::poll(&mirror, Some(1));
        assert!(poll() && !mirror.is_poll_requested());
    }

    #[test]
    fn excess_waiters_are_rejected() {
        let mirror = cache();
        let mut waiting: Vec<_> = (0..MAX_WAITING).map(|_| Box::pin(mirror.refresh())).collect();
        assert!(waiting.iter_mut().all(|one| !is_ready(one.as_mut())));
        assert!(is_ready(mirror.refresh()), "one too many is told so at once");
        drop(waiting);
        assert!(!is_ready(mirror.refresh()));
    }
}

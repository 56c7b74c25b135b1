//! The cache: what workers know of the store without reading it, and how long that may be used.

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
use crate::{
    domain::instant::{Clock, Instant},
    server::unavailable::Unavailable,
};

/// How many requests with an unknown secret may wait for a poll at once.
const MAX_WAITING: usize = 1_024;
/// An updater that has not polled for this long is stuck, even if its last poll succeeded.
const STUCK_AFTER: Duration = Duration::from_millis(500);

/// The state that the updater writes and the workers read.
pub struct Cache {
    /// The index; `None` while it is being loaded.
    pub index: ArcSwapOption<Index>,
    started_at: Timer,
    clock: Arc<dyn Clock>,
    /// The instant of the store's last record, in Unix seconds: the cache's time is never before it.
    last_record_at: AtomicI64,
    /// When the store was last polled with success, in microseconds since `started_at`; 0 if it never was.
    last_seen: AtomicU64,
    /// Whether the last poll failed.
    is_failing: AtomicBool,
    /// Whether the store failed verification since the index was last loaded.
    is_tampered: AtomicBool,
    /// How many polls failed.
    failures: AtomicU64,
    /// The number of the last poll that began.
    last_poll_begun: AtomicU64,
    /// The number of the last poll that ended.
    last_poll_done: watch::Sender<u64>,
    /// How many requests wait for a poll.
    waiting: AtomicUsize,
    is_poll_requested: AtomicBool,
    updater: std::sync::OnceLock<Thread>,
}

impl Cache {
    /// Returns whether the store failed verification, so that there is no index and requests are looked up in the store.
    pub fn is_tampered(&self) -> bool {
        self.is_tampered.load(Ordering::Relaxed)
    }

    /// Sets whether the store failed verification.
    pub fn set_tampered(&self, is_tampered: bool) {
        self.is_tampered.store(is_tampered, Ordering::Relaxed);
    }

    /// Creates a cache without an index.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            index: ArcSwapOption::empty(),
            started_at: Timer::now(),
            clock,
            last_record_at: AtomicI64::new(0),
            last_seen: AtomicU64::new(0),
            is_failing: AtomicBool::new(true),
            is_tampered: AtomicBool::new(false),
            failures: AtomicU64::new(0),
            last_poll_begun: AtomicU64::new(0),
            last_poll_done: watch::Sender::new(0),
            waiting: AtomicUsize::new(0),
            is_poll_requested: AtomicBool::new(false),
            updater: std::sync::OnceLock::new(),
        }
    }

    /// Returns the later of the clock's time and that of the store's last record.
    pub fn now(&self) -> Instant {
        self.clock.now().max(Instant::from_unix(self.last_record_at.load(Ordering::Relaxed)))
    }

    /// Returns how long before `now` the store was last polled with success.
    pub fn age(&self, now: Timer) -> Duration {
        let seen = Duration::from_micros(self.last_seen.load(Ordering::Acquire));
        now.saturating_duration_since(self.started_at).saturating_sub(seen)
    }

    /// Returns how many polls failed since the start.
    pub fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    /// Returns whether the cache may be used at `now`. While polls fail, it may be used for `max_stale`.
    pub fn is_fresh(&self, now: Timer, max_stale: Duration) -> bool {
        let max_age = self.max_age(max_stale);
        self.was_polled() && max_age > Duration::ZERO && self.age(now) <= max_age
    }

    /// Returns whether the cache is too old at `now` although no poll failed: the updater does not get to poll.
    pub fn is_stuck(&self, now: Timer, max_stale: Duration) -> bool {
        let is_failing = self.is_failing.load(Ordering::Acquire);
        !is_failing && self.was_polled() && !self.is_fresh(now, max_stale)
    }

    /// Makes the last poll older.
    #[cfg(test)]
    pub fn age_by(&mut self, duration: Duration) {
        self.started_at -= duration;
    }

    fn max_age(&self, max_stale: Duration) -> Duration {
        let is_failing = self.is_failing.load(Ordering::Acquire);
        if is_failing { max_stale } else { max_stale.max(STUCK_AFTER) }
    }

    fn was_polled(&self) -> bool {
        self.last_seen.load(Ordering::Acquire) > 0
    }

    /// Waits for a poll that begins after the call: afterwards the index includes what was committed before the call.
    ///
    /// # Errors
    /// [`Unavailable::Overloaded`] when too many requests wait already, so that a flood of unknown secrets costs the
    /// store no more than a few of them.
    pub async fn refresh(&self) -> Result<(), Unavailable> {
        let _permit = WaitPermit::acquire(&self.waiting).ok_or(Unavailable::Overloaded)?;
        let mut done = self.last_poll_done.subscribe();
        let target = self.last_poll_begun.load(Ordering::SeqCst) + 1;
        if !self.is_poll_requested.swap(true, Ordering::SeqCst) {
            self.wake();
        }
        // `self` owns the sender, so the channel can't be closed.
        let result = done.wait_for(|number| *number >= target).await;
        result.map(drop).map_err(|_| Unavailable::StoreUnreachable)
    }

    /// Makes the updater poll immediately.
    pub fn wake(&self) {
        if let Some(updater) = self.updater.get() {
            updater.unpark();
        }
    }

    /// Makes the calling thread the one that [`Cache::wake`] wakes.
    pub(super) fn register_updater(&self) {
        // There is only one updater; a second would not replace it.
        let _was_set = self.updater.set(std::thread::current());
    }

    /// Returns whether a request waits for a poll.
    pub(super) fn is_poll_requested(&self) -> bool {
        self.is_poll_requested.load(Ordering::SeqCst)
    }

    /// Begins a poll and returns its number.
    pub(crate) fn begin_poll(&self) -> u64 {
        self.is_poll_requested.store(false, Ordering::SeqCst);
        self.last_poll_begun.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Ends a poll. `seen` is when it read the store, and the instant of the last record; `None` if it failed.
    pub(crate) fn end_poll(&self, number: u64, seen: Option<(Timer, Instant)>) {
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

/// The permit of one waiting request.
struct WaitPermit<'c>(&'c AtomicUsize);

impl<'c> WaitPermit<'c> {
    fn acquire(waiting: &'c AtomicUsize) -> Option<Self> {
        // Created first: if there are too many, dropping it takes back the increment.
        let permit = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < MAX_WAITING).then_some(permit)
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

    /// A poll that ends immediately; it fails if `floor` is `None`.
    fn poll(cache: &Cache, floor: Option<i64>) {
        let (number, at) = (cache.begin_poll(), Timer::now());
        cache.end_poll(number, floor.map(|floor| (at, Instant::from_unix(floor))));
    }

    fn is_fresh(cache: &Cache, max_stale: Duration) -> bool {
        cache.is_fresh(Timer::now(), max_stale)
    }

    fn is_ready<T>(future: impl Future<Output = T>) -> bool {
        let mut future = pin!(future);
        future.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())).is_ready()
    }

    #[test]
    fn an_empty_cache_is_not_fresh() {
        let cache = cache();
        assert!(!is_fresh(&cache, SECOND));
        poll(&cache, None);
        assert!(!is_fresh(&cache, SECOND));
        assert_eq!(cache.failures(), 1);
        poll(&cache, Some(1));
        assert!(is_fresh(&cache, SECOND) && is_fresh(&cache, Duration::ZERO));
    }

    #[test]
    fn an_unreachable_store_is_fresh_for_max_stale() {
        let cache = cache();
        poll(&cache, Some(1));
        poll(&cache, None);
        assert!(is_fresh(&cache, SECOND) && !is_fresh(&cache, Duration::ZERO));
        thread::sleep(Duration::from_millis(20));
        assert!(!is_fresh(&cache, Duration::from_millis(10)));
        poll(&cache, Some(1));
        assert!(is_fresh(&cache, Duration::from_millis(10)));
    }

    #[test]
    fn now_is_never_before_the_last_record() {
        let cache = cache();
        poll(&cache, Some(50));
        assert_eq!(cache.now(), Instant::from_unix(100));
        poll(&cache, Some(150));
        assert_eq!(cache.now(), Instant::from_unix(150));
    }

    /// A poll that was under way when the request came may have read the store before the change it needs.
    #[test]
    fn refresh_waits_for_a_poll_that_begins_later() {
        let cache = cache();
        let number = cache.begin_poll();
        let mut confirmed = pin!(cache.refresh());
        let mut poll = || {
            let mut context = Context::from_waker(std::task::Waker::noop());
            confirmed.as_mut().poll(&mut context).is_ready()
        };
        assert!(!poll() && cache.is_poll_requested());
        cache.end_poll(number, Some((Timer::now(), Instant::from_unix(1))));
        assert!(!poll(), "that one began before");
        self::poll(&cache, Some(1));
        assert!(poll() && !cache.is_poll_requested());
    }

    #[test]
    fn excess_waiters_are_rejected() {
        let cache = cache();
        let mut waiting: Vec<_> = (0..MAX_WAITING).map(|_| Box::pin(cache.refresh())).collect();
        assert!(waiting.iter_mut().all(|one| !is_ready(one.as_mut())));
        assert!(is_ready(cache.refresh()), "one more is rejected immediately");
        drop(waiting);
        assert!(!is_ready(cache.refresh()));
    }

    #[test]
    fn a_stuck_updater_is_not_an_unreachable_store() {
        let mut cache = cache();
        let is_stuck = |cache: &Cache| cache.is_stuck(Timer::now(), Duration::ZERO);
        assert!(!is_stuck(&cache), "it is still being loaded");
        poll(&cache, Some(1));
        assert!(!is_stuck(&cache));
        cache.age_by(2 * STUCK_AFTER);
        assert!(is_stuck(&cache) && !is_fresh(&cache, Duration::ZERO));
        assert!(!cache.is_stuck(Timer::now(), 4 * STUCK_AFTER), "the policy allows that age");
        poll(&cache, None);
        assert!(!is_stuck(&cache), "the failed poll was logged");
    }
}

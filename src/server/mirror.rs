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
const WAITING: usize = 1_024;
/// A follower that has not looked for so long is stuck, whatever it said last.
const STUCK: Duration = Duration::from_millis(500);

/// Why the mirror gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The store was out of reach for too long.
    Stale,
    /// Too many wait already.
    TooMany,
}

/// What the follower keeps true, and the workers read.
pub struct Mirror {
    /// The index; none while it is loaded.
    pub index: ArcSwapOption<Index>,
    began: Timer,
    clock: Arc<dyn Clock>,
    /// The instant of the store's last record: time never goes back behind it.
    floor: AtomicI64,
    /// When the follower last saw the store, in microseconds since the beginning; 0 before it ever did.
    seen: AtomicU64,
    is_failing: AtomicBool,
    failures: AtomicU64,
    /// The number of the look that was begun last, and of the one that ended last.
    begun: AtomicU64,
    done: watch::Sender<u64>,
    waiting: AtomicUsize,
    is_wanted: AtomicBool,
    follower: std::sync::OnceLock<Thread>,
}

impl Mirror {
    /// A mirror that shows nothing yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            index: ArcSwapOption::empty(),
            began: Timer::now(),
            clock,
            floor: AtomicI64::new(0),
            seen: AtomicU64::new(0),
            is_failing: AtomicBool::new(true),
            failures: AtomicU64::new(0),
            begun: AtomicU64::new(0),
            done: watch::Sender::new(0),
            waiting: AtomicUsize::new(0),
            is_wanted: AtomicBool::new(false),
            follower: std::sync::OnceLock::new(),
        }
    }

    /// The later of the clock and the store's last record.
    pub fn now(&self) -> Instant {
        self.clock.now().max(Instant::from_unix(self.floor.load(Ordering::Relaxed)))
    }

    /// How long before `now` the store was last seen.
    pub fn age(&self, now: Timer) -> Duration {
        let seen = Duration::from_micros(self.seen.load(Ordering::Acquire));
        now.saturating_duration_since(self.began).saturating_sub(seen)
    }

    /// How often the store could not be looked at.
    pub fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    /// Whether what is mirrored may still be believed at `now`, when a store that is gone is believed for `max_stale`.
    pub fn is_fresh(&self, now: Timer, max_stale: Duration) -> bool {
        let bound =
            if self.is_failing.load(Ordering::Acquire) { max_stale } else { max_stale.max(STUCK) };
        let was_seen = self.seen.load(Ordering::Acquire) > 0;
        was_seen && bound > Duration::ZERO && self.age(now) <= bound
    }

    /// Waits until the store was looked at once more: what was committed before the call is in the index after it.
    ///
    /// # Errors
    /// [`NoAnswer::TooMany`] when too many wait already, so that a flood of unknown secrets costs the store no more
    /// than a trickle.
    pub async fn confirm(&self) -> Result<(), NoAnswer> {
        let _place = Place::take(&self.waiting).ok_or(NoAnswer::TooMany)?;
        let mut done = self.done.subscribe();
        let target = self.begun.load(Ordering::SeqCst) + 1;
        if !self.is_wanted.swap(true, Ordering::SeqCst) {
            self.wake();
        }
        // The sender lives as long as the mirror.
        let seen = done.wait_for(|number| *number >= target).await;
        seen.map(drop).map_err(|_| NoAnswer::Stale)
    }

    /// Makes the follower look at once.
    pub fn wake(&self) {
        if let Some(follower) = self.follower.get() {
            follower.unpark();
        }
    }

    /// Says that the calling thread is the follower.
    pub(super) fn adopt(&self) {
        // A second follower would be a mistake, but a harmless one: the first is still woken.
        let _was_set = self.follower.set(std::thread::current());
    }

    /// Whether somebody waits for a look; asked by the follower, once for each look.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::SeqCst)
    }

    pub(super) fn begin_look(&self) -> u64 {
        self.is_wanted.store(false, Ordering::SeqCst);
        self.begun.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Ends a look; `seen` is when it saw the store, if it did, and the instant of the last record then.
    pub(super) fn end_look(&self, number: u64, seen: Option<(Timer, Instant)>) {
        match seen {
            Some((at, floor)) => {
                self.floor.store(floor.unix(), Ordering::Relaxed);
                let seen = at.duration_since(self.began).as_micros();
                self.seen.store(u64::try_from(seen).unwrap_or(u64::MAX).max(1), Ordering::Release);
            }
            None => _ = self.failures.fetch_add(1, Ordering::Relaxed),
        }
        self.is_failing.store(seen.is_none(), Ordering::Release);
        self.done.send_replace(number);
    }
}

/// One of the places of those who wait.
struct Place<'m>(&'m AtomicUsize);

impl<'m> Place<'m> {
    fn take(waiting: &'m AtomicUsize) -> Option<Self> {
        let place = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < WAITING).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::{pin::pin, task::Context, thread};

    const SECOND: Duration = Duration::from_secs(1);

    struct Stopped;

    impl Clock for Stopped {
        fn now(&self) -> Instant {
            Instant::from_unix(100)
        }
    }

    fn mirror() -> Mirror {
        Mirror::new(Arc::new(Stopped))
    }

    /// A look that ends at once.
    fn look(mirror: &Mirror, floor: Option<i64>) {
        let (number, at) = (mirror.begin_look(), Timer::now());
        mirror.end_look(number, floor.map(|floor| (at, Instant::from_unix(floor))));
    }

    fn is_fresh(mirror: &Mirror, max_stale: Duration) -> bool {
        mirror.is_fresh(Timer::now(), max_stale)
    }

    fn is_ready<T>(future: impl Future<Output = T>) -> bool {
        let mut future = pin!(future);
        future.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())).is_ready()
    }

    #[test]
    fn what_was_never_seen_is_not_believed() {
        let mirror = mirror();
        assert!(!is_fresh(&mirror, SECOND));
        look(&mirror, None);
        assert!(!is_fresh(&mirror, SECOND));
        assert_eq!(mirror.failures(), 1);
        look(&mirror, Some(1));
        assert!(is_fresh(&mirror, SECOND) && is_fresh(&mirror, Duration::ZERO));
    }

    #[test]
    fn a_store_that_is_gone_is_believed_for_so_long() {
        let mirror = mirror();
        look(&mirror, Some(1));
        look(&mirror, None);
        assert!(is_fresh(&mirror, SECOND) && !is_fresh(&mirror, Duration::ZERO));
        thread::sleep(Duration::from_millis(20));
        assert!(!is_fresh(&mirror, Duration::from_millis(10)));
        look(&mirror, Some(1));
        assert!(is_fresh(&mirror, Duration::from_millis(10)));
    }

    #[test]
    fn time_never_goes_back_behind_the_last_record() {
        let mirror = mirror();
        look(&mirror, Some(50));
        assert_eq!(mirror.now(), Instant::from_unix(100));
        look(&mirror, Some(150));
        assert_eq!(mirror.now(), Instant::from_unix(150));
    }

    /// A look that was under way when somebody asked may have been too early for them.
    #[test]
    fn who_waits_waits_for_a_look_that_began_later() {
        let mirror = mirror();
        let number = mirror.begin_look();
        let mut confirmed = pin!(mirror.confirm());
        let mut poll = || {
            let mut context = Context::from_waker(std::task::Waker::noop());
            confirmed.as_mut().poll(&mut context).is_ready()
        };
        assert!(!poll() && mirror.is_wanted());
        mirror.end_look(number, Some((Timer::now(), Instant::from_unix(1))));
        assert!(!poll(), "that one began before");
        look(&mirror, Some(1));
        assert!(poll() && !mirror.is_wanted());
    }

    #[test]
    fn a_flood_is_not_waited_for() {
        let mirror = mirror();
        let mut waiting: Vec<_> = (0..WAITING).map(|_| Box::pin(mirror.confirm())).collect();
        assert!(waiting.iter_mut().all(|one| !is_ready(one.as_mut())));
        assert!(is_ready(mirror.confirm()), "one too many is told so at once");
        drop(waiting);
        assert!(!is_ready(mirror.confirm()));
    }
}

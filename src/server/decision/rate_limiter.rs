//! Limits: how many requests of this minute each credential has made. Workers share the count; it is kept in memory
//! alone, so a gate that begins anew begins to count anew.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use arc_swap::ArcSwap;

use crate::domain::{
    credential::rate_limit::{RateLimit, WINDOW},
    instant::Instant,
};

/// How many credentials stand together.
const SEGMENT_LENGTH: usize = 1_024;

/// The windows of all credentials: 8 bytes for each one up to the newest that was ever limited, and some behind it.
#[derive(Default)]
pub struct RateLimiter(ArcSwap<Vec<Arc<WindowSegment>>>);

/// The windows of [`LENGTH`] credentials in a row: the number of the minute in the upper half of each, and how many
/// requests it has seen in the lower.
struct WindowSegment([AtomicU64; SEGMENT_LENGTH]);

impl Default for WindowSegment {
    fn default() -> Self {
        Self([const { AtomicU64::new(0) }; SEGMENT_LENGTH])
    }
}

/// What is left of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How many requests a minute pass.
    pub limit: RateLimit,
    /// How many more pass in this one.
    pub remaining: u32,
    /// When the next one begins.
    pub resets_at: Instant,
    /// Whether this request was one too many.
    pub is_exceeded: bool,
}

impl RateLimiter {
    /// Counts a request of the credential with this number at `now`. Requests that are refused count as well, but
    /// never so often that the count runs over.
    pub fn count(&self, seq: i64, limit: RateLimit, now: Instant) -> Quota {
        let minute = now.unix().div_euclid(WINDOW);
        let seen = match usize::try_from(seq - 1) {
            Ok(place) => self.increment(place, minute as u32),
            // There is no such credential: nothing of it passes.
            Err(_) => u32::MAX,
        };
        Quota {
            limit,
            remaining: limit.per_minute().saturating_sub(seen),
            resets_at: Instant::from_unix((minute + 1) * WINDOW),
            is_exceeded: seen > limit.per_minute(),
        }
    }

    /// How many requests the window at a place has seen, this one included.
    fn increment(&self, place: usize, minute: u32) -> u32 {
        let (number, at) = (place / SEGMENT_LENGTH, place % SEGMENT_LENGTH);
        // Behind the guard: to count who has the chunk would make workers wait for one another.
        if let Some(chunk) = self.0.load().get(number) {
            return chunk.increment(at, minute);
        }
        self.0.rcu(|chunks| {
            let mut longer = Vec::clone(chunks);
            longer.resize_with(longer.len().max(number + 1), Arc::default);
            longer
        });
        self.0.load().get(number).map_or(u32::MAX, |chunk| chunk.increment(at, minute))
    }
}

impl WindowSegment {
    /// How many requests the window has seen, this one included.
    fn increment(&self, place: usize, minute: u32) -> u32 {
        let begin = u64::from(minute) << 32;
        // Who looked at the clock just before the turn of a minute may come just after it.
        let is_of = |window: u32| window == minute || window == minute.wrapping_add(1);
        let next = |window: u64| match is_of((window >> 32) as u32) {
            true if window as u32 == u32::MAX => window,
            true => window + 1,
            false => begin | 1,
        };
        // Nothing else rests on it: the order of memory does not matter.
        let before = self.0[place]
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |window| Some(next(window)));
        before.map_or(u32::MAX, |before| next(before) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::thread;

    const FOUR: i64 = 4;

    fn at(seconds: i64) -> Instant {
        Instant::from_unix(1_795_328_280 + seconds)
    }

    fn limit(number: i64) -> RateLimit {
        RateLimit::new(number as u32).unwrap()
    }

    #[test]
    fn a_window_lasts_from_minute_to_minute() {
        let limits = RateLimiter::default();
        let left = |seconds| {
            let quota = limits.count(7, limit(FOUR), at(seconds));
            (quota.remaining, quota.is_exceeded, quota.resets_at == at(60))
        };
        assert_eq!(left(0), (3, false, true));
        assert_eq!((left(1), left(59)), ((2, false, true), (1, false, true)));
        assert_eq!((left(59), left(59)), ((0, false, true), (0, true, true)));
        assert_eq!(left(60), (3, false, false), "a new one");
    }

    /// Of two workers one may still be at the last second of a minute when the other is at the next: neither begins a
    /// window anew because of that. A clock that was set back does.
    #[test]
    fn late_requests_count_in_the_new_minute() {
        let limits = RateLimiter::default();
        let is_over = |seconds| limits.count(7, limit(FOUR), at(seconds)).is_exceeded;
        let turns = [60, 59, 60, 59, 60, 59].map(is_over);
        assert_eq!(turns, [false, false, false, false, true, true]);
        assert_eq!(limits.count(7, limit(FOUR), at(-300)).remaining, 3);
    }

    #[test]
    fn each_credential_has_its_own_window() {
        let limits = RateLimiter::default();
        for seq in [1, 1_024, 1_025, 5_000_000] {
            assert_eq!(limits.count(seq, limit(FOUR), at(0)).remaining, 3, "{seq}");
        }
        assert!(limits.count(0, limit(FOUR), at(0)).is_exceeded);
    }

    #[test]
    fn limit_changes_apply_immediately() {
        let limits = RateLimiter::default();
        for _ in 0..3 {
            limits.count(1, limit(FOUR), at(0));
        }
        assert!(limits.count(1, limit(2), at(1)).is_exceeded);
        assert_eq!(limits.count(1, limit(10), at(2)).remaining, 5);
    }

    /// However many workers count at once, exactly as many pass as may.
    #[test]
    fn workers_share_one_window() {
        let limits = RateLimiter::default();
        let passed =
            || (0..1_000).filter(|_| !limits.count(3, limit(1_500), at(5)).is_exceeded).count();
        let all: usize = thread::scope(|scope| {
            let workers: Vec<_> = (0..4).map(|_| scope.spawn(passed)).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).sum()
        });
        assert_eq!(all, 1_500);
    }
}

//! Counts the requests of each credential per minute. Workers share the counts, which are only in memory: they start at
//! zero when the gate starts.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use arc_swap::ArcSwap;

use super::quota::Quota;
use crate::domain::{
    credential::rate_limit::{RateLimit, WINDOW},
    instant::Instant,
    seq::CredentialSeq,
};

/// How many credentials a segment holds.
const SEGMENT_LENGTH: usize = 1_024;

/// The windows of all credentials: 8 bytes for each number up to the highest that was ever limited, rounded up to whole
/// segments.
#[derive(Default)]
pub struct RateLimiter(ArcSwap<Vec<Arc<WindowSegment>>>);

/// The windows of [`SEGMENT_LENGTH`] consecutive credentials. The upper half of each is the number of the minute, the lower
/// half its count of requests.
struct WindowSegment([AtomicU64; SEGMENT_LENGTH]);

impl Default for WindowSegment {
    fn default() -> Self {
        Self([const { AtomicU64::new(0) }; SEGMENT_LENGTH])
    }
}

impl RateLimiter {
    /// Counts a request of the credential with number `seq` at `now`. Requests that exceed the limit count as well; the
    /// count saturates.
    pub fn count(&self, seq: CredentialSeq, limit: RateLimit, now: Instant) -> Quota {
        let minute = now.unix().div_euclid(WINDOW);
        let count = match usize::try_from(seq.0 - 1) {
            Ok(index) => self.increment(index, minute as u32),
            // No credential has such a number: nothing passes.
            Err(_) => u32::MAX,
        };
        Quota {
            limit,
            remaining: limit.per_minute().saturating_sub(count),
            resets_at: Instant::from_unix((minute + 1) * WINDOW),
            is_exceeded: count > limit.per_minute(),
        }
    }

    /// Returns how many requests the window at `index` has counted, including this one.
    fn increment(&self, index: usize, minute: u32) -> u32 {
        let (number, offset) = (index / SEGMENT_LENGTH, index % SEGMENT_LENGTH);
        // Used within the guard: cloning the `Arc` of the segment would make workers contend for its reference count.
        if let Some(segment) = self.0.load().get(number) {
            return segment.increment(offset, minute);
        }
        self.0.rcu(|segments| {
            let mut longer = Vec::clone(segments);
            longer.resize_with(longer.len().max(number + 1), Arc::default);
            longer
        });
        self.0.load().get(number).map_or(u32::MAX, |segment| segment.increment(offset, minute))
    }
}

impl WindowSegment {
    /// Returns how many requests the window has counted, including this one.
    fn increment(&self, offset: usize, minute: u32) -> u32 {
        let begin = u64::from(minute) << 32;
        // A request that read the clock just before a new minute may be counted just after another began the window.
        let is_of = |window: u32| window == minute || window == minute.wrapping_add(1);
        let next = |window: u64| match is_of((window >> 32) as u32) {
            true if window as u32 == u32::MAX => window,
            true => window + 1,
            false => begin | 1,
        };
        // Relaxed, since no other memory depends on it.
        let before = self.0[offset]
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
            let quota = limits.count(CredentialSeq(7), limit(FOUR), at(seconds));
            (quota.remaining, quota.is_exceeded, quota.resets_at == at(60))
        };
        assert_eq!(left(0), (3, false, true));
        assert_eq!((left(1), left(59)), ((2, false, true), (1, false, true)));
        assert_eq!((left(59), left(59)), ((0, false, true), (0, true, true)));
        assert_eq!(left(60), (3, false, false), "a new one");
    }

    /// One worker may still be in the last second of a minute when another is in the next: neither restarts the window. A
    /// clock that was set back does.
    #[test]
    fn late_requests_count_in_the_new_minute() {
        let limits = RateLimiter::default();
        let is_over =
            |seconds| limits.count(CredentialSeq(7), limit(FOUR), at(seconds)).is_exceeded;
        let turns = [60, 59, 60, 59, 60, 59].map(is_over);
        assert_eq!(turns, [false, false, false, false, true, true]);
        assert_eq!(limits.count(CredentialSeq(7), limit(FOUR), at(-300)).remaining, 3);
    }

    /// The count stays at its highest value instead of reaching the minute beside it, and the next window starts anew.
    #[test]
    fn a_full_counter_stays_full_until_its_window_ends() {
        for minute in [0, 1, 29_922_138, u32::MAX - 1, u32::MAX] {
            let segment = WindowSegment::default();
            let count = |minute| segment.increment(7, minute);
            segment.0[7]
                .store(u64::from(minute) << 32 | u64::from(u32::MAX - 2), Ordering::Relaxed);
            assert_eq!([minute; 4].map(count), [u32::MAX - 1, u32::MAX, u32::MAX, u32::MAX]);
            assert_eq!(segment.0[7].load(Ordering::Relaxed) >> 32, u64::from(minute));
            let next = minute.wrapping_add(1);
            assert_eq!([next, next, minute, next].map(count), [1, 2, 3, 4], "{minute}");
            assert_eq!(segment.0[6].load(Ordering::Relaxed), 0);
        }
    }

    #[test]
    fn a_window_may_hold_the_highest_limit() {
        let limits = RateLimiter::default();
        let highest = RateLimit::new(RateLimit::MAX).unwrap();
        for _ in 1..RateLimit::MAX {
            limits.count(CredentialSeq(1), highest, at(0));
        }
        let quota = || {
            let quota = limits.count(CredentialSeq(1), highest, at(59));
            (quota.remaining, quota.is_exceeded)
        };
        assert_eq!([quota(), quota(), quota()], [(0, false), (0, true), (0, true)]);
    }

    #[test]
    fn each_credential_has_its_own_window() {
        let limits = RateLimiter::default();
        for seq in [1, 1_024, 1_025, 5_000_000] {
            assert_eq!(limits.count(CredentialSeq(seq), limit(FOUR), at(0)).remaining, 3, "{seq}");
        }
        assert!(limits.count(CredentialSeq::NONE, limit(FOUR), at(0)).is_exceeded);
    }

    #[test]
    fn limit_changes_apply_immediately() {
        let limits = RateLimiter::default();
        for _ in 0..3 {
            limits.count(CredentialSeq(1), limit(FOUR), at(0));
        }
        assert!(limits.count(CredentialSeq(1), limit(2), at(1)).is_exceeded);
        assert_eq!(limits.count(CredentialSeq(1), limit(10), at(2)).remaining, 5);
    }

    /// Exactly as many requests pass as the limit allows, however many workers count at once.
    #[test]
    fn workers_share_one_window() {
        let limits = RateLimiter::default();
        let passed = || {
            (0..1_000)
                .filter(|_| !limits.count(CredentialSeq(3), limit(1_500), at(5)).is_exceeded)
                .count()
        };
        let all: usize = thread::scope(|scope| {
            let workers: Vec<_> = (0..4).map(|_| scope.spawn(passed)).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).sum()
        });
        assert_eq!(all, 1_500);
    }
}

//! When a message that did not arrive is tried again.

use crate::domain::instant::{DAY, Instant};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// The seconds between a failed attempt and the next, the first ones; afterwards [`STEADY`].
const FIRST_DELAYS: [i64; 5] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR];
const LATER_DELAY: i64 = 6 * HOUR;

/// The seconds after which a message is given up, counted from the instant at which it was made.
pub const GIVE_UP_AFTER: i64 = 3 * DAY;

/// When to try a message again that failed just `now`, after `attempts` of which all failed; `None` when it is given up:
/// at the end of its three days, which are half-open, nothing is sent any more.
///
/// Standard Webhooks, "Deliverability and reliability", recommends a schedule of several days with growing waits.
pub fn next_attempt(attempts: u32, created_at: Instant, now: Instant) -> Option<Instant> {
    let wait = match (attempts as usize).checked_sub(1) {
        None => 0,
        Some(place) => FIRST_DELAYS.get(place).copied().unwrap_or(LATER_DELAY),
    };
    // Not by `plus` alone: an instant stops at the end of what can be written, and there it would never be given up.
    let waited = now.since(created_at).saturating_add(wait);
    (waited < GIVE_UP_AFTER).then(|| now.plus(wait))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn created_at() -> Instant {
        Instant::parse_rfc3339("2026-11-22T06:00:00Z").unwrap()
    }

    /// The seconds after its making at which a message is tried that never arrives, when an attempt takes `takes`.
    fn attempt_times(takes: i64) -> Vec<i64> {
        let mut tried = vec![0];
        let mut now = created_at().plus(takes);
        while let Some(next) = next_attempt(tried.len() as u32, created_at(), now) {
            tried.push(next.since(created_at()));
            now = next.plus(takes);
        }
        tried
    }

    #[test]
    fn delays_grow_until_the_message_is_given_up() {
        let told: Vec<String> = attempt_times(0)
            .iter()
            .map(|seconds| format!("{}:{:02}", seconds / HOUR, seconds % HOUR / MINUTE))
            .collect();
        assert_eq!(
            told.join(" "),
            "0:00 0:01 0:06 0:36 2:36 8:36 14:36 20:36 26:36 32:36 38:36 44:36 50:36 56:36 62:36 68:36"
        );
    }

    #[test]
    fn slow_attempts_do_not_extend_the_three_days() {
        assert!(attempt_times(10).iter().all(|seconds| *seconds < GIVE_UP_AFTER));
        assert_eq!(attempt_times(10).len(), 16);
    }

    #[test]
    fn no_attempt_is_made_at_the_deadline() {
        let before = created_at().plus(GIVE_UP_AFTER - MINUTE - 1);
        assert_eq!(
            next_attempt(1, created_at(), before),
            Some(created_at().plus(GIVE_UP_AFTER - 1))
        );
        assert_eq!(next_attempt(1, created_at(), before.plus(1)), None);
        assert_eq!(next_attempt(1, Instant::MAX.plus(-GIVE_UP_AFTER), Instant::MAX), None);
    }

    #[test]
    fn a_new_message_is_due_immediately() {
        assert_eq!(next_attempt(0, created_at(), created_at()), Some(created_at()));
        assert_eq!(next_attempt(0, created_at(), created_at().plus(GIVE_UP_AFTER)), None);
    }

    proptest! {
        #[test]
        fn the_next_attempt_is_between_now_and_the_deadline(
            attempts: u32, made in 0..=Instant::MAX.unix(), now in 0..=Instant::MAX.unix(),
        ) {
            let (made, now) = (Instant::from_unix(made), Instant::from_unix(now));
            if let Some(next) = next_attempt(attempts, made, now) {
                prop_assert!(next >= now && next.since(made) < GIVE_UP_AFTER);
            }
        }
    }
}

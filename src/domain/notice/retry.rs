//! The retry schedule of messages.

use crate::domain::instant::{DAY, Instant};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// The seconds between a failed attempt and the next, for the first attempts. [`LATER_DELAY`] applies afterwards.
const FIRST_DELAYS: [i64; 5] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR];
const LATER_DELAY: i64 = 6 * HOUR;

/// How long after its creation a message is given up, in seconds.
pub const GIVE_UP_AFTER: i64 = 3 * DAY;

/// Returns when to retry a message after `attempts` attempts, the last of which failed at `now`. `None` if the message
/// is to be given up: no attempt is made three days after its creation or later.
///
/// Standard Webhooks, "Deliverability and reliability", recommends a schedule of several days with growing delays.
pub fn next_attempt(attempts: u32, created_at: Instant, now: Instant) -> Option<Instant> {
    let delay = match (attempts as usize).checked_sub(1) {
        None => 0,
        Some(index) => FIRST_DELAYS.get(index).copied().unwrap_or(LATER_DELAY),
    };
    // `plus` clamps to the last instant, so a message near that instant would never be given up by a comparison of
    // instants.
    let age = now.since(created_at).saturating_add(delay);
    (age < GIVE_UP_AFTER).then(|| now.plus(delay))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn created_at() -> Instant {
        Instant::parse_rfc3339("2026-11-22T06:00:00Z").unwrap()
    }

    /// The seconds after its creation at which an unreachable message is attempted, if each attempt takes `duration`
    /// seconds.
    fn attempt_times(duration: i64) -> Vec<i64> {
        let mut times = vec![0];
        let mut now = created_at().plus(duration);
        while let Some(next) = next_attempt(times.len() as u32, created_at(), now) {
            times.push(next.since(created_at()));
            now = next.plus(duration);
        }
        times
    }

    #[test]
    fn delays_grow_until_the_message_is_given_up() {
        let times: Vec<String> = attempt_times(0)
            .iter()
            .map(|seconds| format!("{}:{:02}", seconds / HOUR, seconds % HOUR / MINUTE))
            .collect();
        assert_eq!(
            times.join(" "),
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
            attempts: u32, created_at in 0..=Instant::MAX.unix(), now in 0..=Instant::MAX.unix(),
        ) {
            let (created_at, now) = (Instant::from_unix(created_at), Instant::from_unix(now));
            if let Some(next) = next_attempt(attempts, created_at, now) {
                prop_assert!(next >= now && next.since(created_at) < GIVE_UP_AFTER);
            }
        }
    }
}

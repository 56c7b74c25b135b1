//! What a worker counts: plain numbers of its own, so that no two workers write to one place.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use super::verdict::Outcome;
use crate::domain::decision::Reason;

/// How many outcomes are told apart: every reason, one too many, and none.
pub const OUTCOMES: usize = Reason::ALL.len() + 2;

/// The upper bounds of the latencies that are told apart, in microseconds.
pub const BOUNDS: [u64; 12] =
    [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 100_000, 1_000_000];

/// The counters of one worker.
#[derive(Default)]
pub struct Counters {
    /// Decisions by outcome.
    pub outcomes: [AtomicU64; OUTCOMES],
    /// Decisions that took no longer than a bound and longer than the one before; the last are the rest.
    pub latencies: [AtomicU64; BOUNDS.len() + 1],
    /// The time that all of them took together, in nanoseconds.
    pub nanoseconds: AtomicU64,
}

impl Counters {
    /// Counts a decision.
    pub fn count(&self, outcome: Outcome, took: Duration) {
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.partition_point(|bound| bound * 1_000 < nanoseconds);
        self.outcomes[number(outcome)].fetch_add(1, Ordering::Relaxed);
        self.latencies[bucket].fetch_add(1, Ordering::Relaxed);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }
}

/// The words for the outcomes, in the order in which they are counted.
pub fn outcome_words() -> impl Iterator<Item = &'static str> {
    Reason::ALL.iter().map(|reason| reason.as_str()).chain(["rate_limited", "undecided"])
}

fn number(outcome: Outcome) -> usize {
    match outcome {
        Outcome::Decided(reason) => reason as usize,
        Outcome::Limited => Reason::ALL.len(),
        Outcome::Undecided(_) => Reason::ALL.len() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use super::super::mirror::NoAnswer;

    #[test]
    fn every_reason_is_counted_in_its_place() {
        for (number, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, number, "{reason:?}");
        }
        assert_eq!(outcome_words().count(), OUTCOMES);
    }

    #[test]
    fn every_outcome_is_counted_under_its_word() {
        let undecided = [NoAnswer::Stale, NoAnswer::TooMany].map(Outcome::Undecided);
        let decided = Reason::ALL.into_iter().map(Outcome::Decided);
        for outcome in decided.chain([Outcome::Limited]).chain(undecided) {
            let counters = Counters::default();
            counters.count(outcome, Duration::ZERO);
            let counts = counters.outcomes.iter().map(|count| count.load(Ordering::Relaxed));
            let counted: Vec<_> =
                outcome_words().zip(counts).filter(|(_, count)| *count > 0).collect();
            let word =
                if let Outcome::Undecided(_) = outcome { "undecided" } else { outcome.as_str() };
            assert_eq!(counted, [(word, 1)]);
        }
    }

    #[test]
    fn a_bound_belongs_to_its_bucket() {
        let counters = Counters::default();
        for nanoseconds in [5_000, 5_001, u64::MAX] {
            counters.count(Outcome::Decided(Reason::Allowed), Duration::from_nanos(nanoseconds));
        }
        let counts = counters.latencies.each_ref().map(|count| count.load(Ordering::Relaxed));
        assert_eq!((counts[0], counts[1], counts[BOUNDS.len()]), (1, 1, 1));
    }
}

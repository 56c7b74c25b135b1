//! The counters of a worker. Each worker has its own, so that workers never write to the same memory.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use crate::{domain::decision::Reason, server::decision::outcome::GateOutcome};

/// How many outcomes are counted separately: each reason, rate limited, and undecided.
pub const OUTCOMES: usize = Reason::ALL.len() + 2;

/// The upper bounds of the latency buckets, in microseconds.
pub const LATENCY_BOUNDS: [u64; 12] =
    [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 100_000, 1_000_000];

/// The counters of one worker.
#[derive(Default)]
pub struct Counters {
    /// Decisions by outcome.
    pub outcomes: [AtomicU64; OUTCOMES],
    /// Decisions by latency: each bucket holds those up to its bound, and the last one the rest.
    pub latencies: [AtomicU64; LATENCY_BOUNDS.len() + 1],
    /// The total latency of all decisions, in nanoseconds.
    pub nanoseconds: AtomicU64,
}

impl Counters {
    /// Counts a decision.
    pub fn count(&self, outcome: GateOutcome, latency: Duration) {
        let nanoseconds = u64::try_from(latency.as_nanos()).unwrap_or(u64::MAX);
        let bucket = LATENCY_BOUNDS.partition_point(|bound| bound * 1_000 < nanoseconds);
        self.outcomes[outcome_index(outcome)].fetch_add(1, Ordering::Relaxed);
        self.latencies[bucket].fetch_add(1, Ordering::Relaxed);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }
}

/// Returns the names of the outcomes, in the order of [`Counters::outcomes`].
pub fn outcome_names() -> impl Iterator<Item = &'static str> {
    Reason::ALL.iter().map(|reason| reason.as_str()).chain(["rate_limited", "undecided"])
}

fn outcome_index(outcome: GateOutcome) -> usize {
    match outcome {
        GateOutcome::Decided(reason) => reason as usize,
        GateOutcome::RateLimited => Reason::ALL.len(),
        GateOutcome::Undecided(_) => Reason::ALL.len() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::server::unavailable::Unavailable;

    #[test]
    fn reasons_are_numbered_in_order() {
        for (number, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, number, "{reason:?}");
        }
        assert_eq!(outcome_names().count(), OUTCOMES);
    }

    #[test]
    fn outcomes_are_counted_under_their_names() {
        let undecided =
            [Unavailable::StoreUnreachable, Unavailable::Overloaded].map(GateOutcome::Undecided);
        let decided = Reason::ALL.into_iter().map(GateOutcome::Decided);
        for outcome in decided.chain([GateOutcome::RateLimited]).chain(undecided) {
            let counters = Counters::default();
            counters.count(outcome, Duration::ZERO);
            let counts = counters.outcomes.iter().map(|count| count.load(Ordering::Relaxed));
            let counted: Vec<_> =
                outcome_names().zip(counts).filter(|(_, count)| *count > 0).collect();
            let name = if let GateOutcome::Undecided(_) = outcome {
                "undecided"
            } else {
                outcome.as_str()
            };
            assert_eq!(counted, [(name, 1)]);
        }
    }

    #[test]
    fn latency_bounds_are_inclusive() {
        let counters = Counters::default();
        for nanoseconds in [5_000, 5_001, u64::MAX] {
            counters
                .count(GateOutcome::Decided(Reason::Allowed), Duration::from_nanos(nanoseconds));
        }
        let counts = counters.latencies.each_ref().map(|count| count.load(Ordering::Relaxed));
        assert_eq!((counts[0], counts[1], counts[LATENCY_BOUNDS.len()]), (1, 1, 1));
    }
}

//! Limits how often an app gives its tokens new secrets.

use std::collections::HashMap;

use crate::domain::{credential::rate_limit::WINDOW, directory::id::ClientId, instant::Instant};

/// The most resets of an app per minute: each secret remains in the audit log and among the digests forever.
pub const MAX_RESETS_PER_MINUTE: u32 = 60;

/// The successful resets of each app in the current minute.
#[derive(Default)]
pub struct ResetCounts {
    minute: i64,
    counts: HashMap<ClientId, u32>,
}

impl ResetCounts {
    /// Returns how many resets an app has made in the minute of `now`.
    pub fn count_for(&mut self, client: ClientId, now: Instant) -> u32 {
        let minute = now.unix().div_euclid(WINDOW);
        if minute != self.minute {
            *self = Self { minute, counts: HashMap::new() };
        }
        self.counts.get(&client).copied().unwrap_or_default()
    }

    /// Counts a reset in the minute of the last [`ResetCounts::count_for`].
    pub fn record(&mut self, client: ClientId) {
        *self.counts.entry(client).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resets_are_counted_by_app_and_minute() {
        let mut resets = ResetCounts::default();
        let [one, other] = ["a", "b"].map(|digit| ClientId::parse(&digit.repeat(20)).unwrap());
        let at = |seconds: i64| Instant::from_unix(1_795_328_280 + seconds);
        for expected in 0..3 {
            assert_eq!(resets.count_for(one, at(59)), expected);
            resets.record(one);
        }
        assert_eq!((resets.count_for(one, at(59)), resets.count_for(other, at(59))), (3, 0));
        assert_eq!(resets.count_for(one, at(60)), 0);
    }
}

//! Uses: when a credential was last used, from where, and how often; and how often on which day.

use super::instant::Instant;

/// The last use of a credential, and how many there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// The number of the credential.
    pub credential: i64,
    /// When it was last used.
    pub at: Instant,
    /// From where, as the gate saw it.
    pub peer: String,
    /// How many uses there were, this one included.
    pub count: u64,
}

impl LastUse {
    /// Both together. Gates may tell of their uses late and in any order: the newer of two says when and from where,
    /// and no order changes the count.
    pub fn merge(self, other: Self) -> Self {
        let count = self.count.saturating_add(other.count);
        let newer = if other.at < self.at { self } else { other };
        Self { count, ..newer }
    }
}

/// For how many days it is kept how often a credential was used on each: what somebody does at one season of the year
/// can be held against what they did at the same season of the year before.
pub const RETENTION_DAYS: i64 = 400;

/// How often a credential was used on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyUse {
    /// The number of the credential.
    pub credential: i64,
    /// The number of the day since the epoch (UTC).
    pub day: i64,
    /// How many uses there were.
    pub count: u64,
}

impl From<&LastUse> for DailyUse {
    /// All uses that came together count for the day of the last one.
    fn from(used: &LastUse) -> Self {
        Self { credential: used.credential, day: used.at.day(), count: used.count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_keeps_the_newer_use_and_adds_the_counts() {
        let used = |at, peer: &str, count| {
            let at = Instant::from_unix(at);
            LastUse { credential: 1, at, peer: peer.to_owned(), count }
        };
        let (early, late) = (used(10, "early", 2), used(20, "late", 3));
        assert_eq!(early.clone().merge(late.clone()), used(20, "late", 5));
        assert_eq!(late.merge(early.clone()), used(20, "late", 5));
        assert_eq!(early.clone().merge(used(10, "again", 1)), used(10, "again", 3));
        assert_eq!(early.merge(used(30, "forever", u64::MAX)).count, u64::MAX);
    }
}

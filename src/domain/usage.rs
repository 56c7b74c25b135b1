//! Usage of credentials: the last use, and the number of uses per day.

use super::{
    instant::{Day, Instant},
    seq::CredentialSeq,
};

/// The last use of a credential, and the number of uses that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// The number of the credential.
    pub credential: CredentialSeq,
    /// When it was last used.
    pub at: Instant,
    /// The address of the client, as the gate saw it.
    pub peer: String,
    /// The number of uses, including this one.
    pub count: u64,
}

impl LastUse {
    /// Combines two reports. Gates report late and in any order: time and address come from the later use, and the
    /// counts add up.
    pub fn merge(self, other: Self) -> Self {
        let count = self.count.saturating_add(other.count);
        let newer = if other.at < self.at { self } else { other };
        Self { count, ..newer }
    }
}

/// The uses of a credential since the previous report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageReport {
    /// The last of these uses, and their number.
    pub last_use: LastUse,
    /// Whether the uses are also counted by day, as those of legacy keys are.
    pub by_day: bool,
}

/// How many days the uses per day are kept. More than a year, so that a season can be compared with that of the year
/// before.
pub const RETENTION_DAYS: i64 = 400;

/// The number of uses of a credential on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyUse {
    /// The number of the credential.
    pub credential: CredentialSeq,
    /// The day, UTC.
    pub day: Day,
    /// The number of uses.
    pub count: u64,
}

impl From<&LastUse> for DailyUse {
    /// Counts all uses of a report on the day of the last one.
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
            LastUse { credential: CredentialSeq(1), at, peer: peer.to_owned(), count }
        };
        let (early, late) = (used(10, "early", 2), used(20, "late", 3));
        assert_eq!(early.clone().merge(late.clone()), used(20, "late", 5));
        assert_eq!(late.merge(early.clone()), used(20, "late", 5));
        assert_eq!(early.clone().merge(used(10, "again", 1)), used(10, "again", 3));
        assert_eq!(early.merge(used(30, "forever", u64::MAX)).count, u64::MAX);
    }
}

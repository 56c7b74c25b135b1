//! State.

use super::lifetime::Expiry;
use crate::domain::instant::{DAY, Instant};

/// How long before its end a credential counts as expiring, in seconds: 30 days.
pub const EXPIRING_WINDOW: i64 = 30 * DAY;

/// What a credential is at some instant: computed, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Good for more than 30 days.
    Active,
    /// Good, for 30 days or less.
    Expiring,
    /// Past its end.
    Expired,
    /// Ended by an admin, still listed.
    Revoked,
    /// Ended by an admin and no longer listed.
    Deleted,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Active, Self::Expiring, Self::Expired, Self::Revoked, Self::Deleted];

    /// The state at `now` of a credential that was, or was not, deleted and revoked.
    pub fn of(is_deleted: bool, is_revoked: bool, expiry: Expiry, now: Instant) -> Self {
        if is_deleted {
            Self::Deleted
        } else if is_revoked {
            Self::Revoked
        } else if expiry.has_passed(now) {
            Self::Expired
        } else if expiry.has_passed(now.plus(EXPIRING_WINDOW)) {
            Self::Expiring
        } else {
            Self::Active
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Deleted => "deleted",
        }
    }

    /// Reads the word for a state.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether its secret opens anything.
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
    }
}

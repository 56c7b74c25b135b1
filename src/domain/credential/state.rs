//! The state of a credential.

use super::lifetime::Expiry;
use crate::domain::instant::{DAY, Instant};

/// How long before its expiry a credential is in the state "expiring", in seconds: 30 days.
pub const EXPIRING_WINDOW: i64 = 30 * DAY;

/// The state of a credential at an instant. It is computed, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Valid for more than 30 days.
    Active,
    /// Valid, and expires within 30 days.
    Expiring,
    /// Past its expiry.
    Expired,
    /// Revoked by an admin, and still listed.
    Revoked,
    /// Deleted by an admin, and no longer listed.
    Deleted,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] =
        [Self::Active, Self::Expiring, Self::Expired, Self::Revoked, Self::Deleted];

    /// Computes the state at `now`. Deletion takes precedence over revocation, and revocation over expiry.
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

    /// Returns the word that flags and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Deleted => "deleted",
        }
    }

    /// Parses the word that [`Self::as_str`] returns.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether a credential in this state authenticates.
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
    }
}

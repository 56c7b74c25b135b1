//! Rotation.

use super::{
    lifetime::{Expiry, LifetimeError, parse_duration},
    secret::Digest,
};
use crate::domain::instant::{DAY, Instant};

/// The longest overlap of a reset, in seconds: 30 days.
pub const MAX_OVERLAP: i64 = 30 * DAY;
/// The longest overlap of a reset that an app makes by itself, in seconds: 7 days.
pub const MAX_APP_OVERLAP: i64 = 7 * DAY;

/// How long the old secret lives on after a reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// For this many seconds; `None` when only the first use of the new secret ends it.
    pub seconds: Option<i64>,
    /// Whether the first use of the new secret ends the old one.
    pub until_used: bool,
}

impl Overlap {
    /// Reads the argument of `--overlap`.
    ///
    /// # Errors
    /// When it is no duration or longer than 30 days.
    pub fn parse(text: &str) -> Result<i64, LifetimeError> {
        match parse_duration(text)? {
            seconds if seconds > MAX_OVERLAP => Err(LifetimeError::OverlapTooLong),
            seconds => Ok(seconds),
        }
    }

    /// Whether the old secret ends at once.
    pub fn is_none(self) -> bool {
        !self.until_used && self.seconds.unwrap_or(0) == 0
    }

    /// When the old secret ends at the latest: after the overlap, and never later than the credential itself.
    pub fn end(self, now: Instant, expiry: Expiry) -> Instant {
        let seconds = self.seconds.unwrap_or(if self.until_used { MAX_OVERLAP } else { 0 });
        let end = now.plus(seconds.min(MAX_OVERLAP));
        expiry.instant().map_or(end, |last| end.min(last))
    }
}

/// The secrets of a credential, as far as a record knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// How many there have been, the present one included; 0 as long as the app has not picked its token up.
    pub generation: u32,
    /// The digest of the current one; `None` when there was none yet, or when it was withdrawn because nobody received
    /// it.
    pub current: Option<Digest>,
    /// When the current one was made.
    pub created_at: Instant,
    /// When it was handed over, if it is known that it was.
    pub delivered_at: Option<Instant>,
    /// The one before, while it still lives.
    pub retiring: Option<Retiring>,
}

impl Secrets {
    /// Whether there was none yet: it is made when its holder first asks for it.
    pub fn awaits_pickup(&self) -> bool {
        self.generation == 0
    }

    /// Whether the present one was taken back, because nobody received it.
    pub fn is_withdrawn(&self) -> bool {
        self.current.is_none() && !self.awaits_pickup()
    }

    /// The old one that still lives at `now`, if there is one.
    pub fn retiring(&self, now: Instant) -> Option<&Retiring> {
        self.retiring.as_ref().filter(|retiring| now < retiring.until)
    }

    /// Puts a secret that was made at `now` into the place of the current one, which lives on through the overlap, but
    /// not past `end`. One that was retiring before ends now: there is at most one.
    pub fn replace(&mut self, new: Digest, now: Instant, overlap: Overlap, end: Expiry) {
        let old = self.current.or_else(|| self.retiring(now).map(|retiring| retiring.digest));
        self.retiring = old.filter(|_| !overlap.is_none()).map(|digest| Retiring {
            digest,
            until: overlap.end(now, end),
            until_used: overlap.until_used,
        });
        self.generation += 1;
        (self.current, self.created_at, self.delivered_at) = (Some(new), now, None);
    }
}

/// An old secret during the overlap of a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retiring {
    /// Its digest.
    pub digest: Digest,
    /// When it ends at the latest.
    pub until: Instant,
    /// Whether the first use of the new secret ends it.
    pub until_used: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn an_overlap_never_exceeds_the_expiry() {
        let now = at("2026-11-22T00:00:00Z");
        let week = Overlap { seconds: Some(7 * DAY), until_used: false };
        assert_eq!(week.end(now, Expiry::Never), now.plus(7 * DAY));
        assert_eq!(week.end(now, Expiry::At(now.plus(DAY))), now.plus(DAY));
        let used = Overlap { seconds: None, until_used: true };
        assert_eq!(used.end(now, Expiry::Never), now.plus(30 * DAY));
        assert!(Overlap::default().is_none() && !used.is_none());
        assert_eq!(Overlap::parse("31d"), Err(LifetimeError::OverlapTooLong));
    }
}

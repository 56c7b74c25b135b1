//! Rotation: the current and the retiring secret of a credential, and the overlap during which both are valid.

use super::{
    lifetime::{Expiry, LifetimeError, parse_duration},
    secret::Digest,
};
use crate::domain::instant::{DAY, Instant};

/// The longest overlap of a reset, in seconds: 30 days.
pub const MAX_OVERLAP: i64 = 30 * DAY;
/// The longest overlap that an app can request for its own tokens, in seconds: 7 days.
pub const MAX_APP_OVERLAP: i64 = 7 * DAY;

/// How long the previous secret stays valid after a reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// The length in seconds. `None` if only the first use of the new secret ends the overlap.
    pub seconds: Option<i64>,
    /// Whether the first use of the new secret ends the overlap.
    pub until_used: bool,
}

impl Overlap {
    /// Parses the argument of `--overlap`. Returns seconds.
    ///
    /// # Errors
    /// The text is not a duration, or it is longer than 30 days.
    pub fn parse(text: &str) -> Result<i64, LifetimeError> {
        match parse_duration(text)? {
            seconds if seconds > MAX_OVERLAP => Err(LifetimeError::OverlapTooLong),
            seconds => Ok(seconds),
        }
    }

    /// Whether the previous secret ends immediately.
    pub fn is_none(self) -> bool {
        !self.until_used && self.seconds.unwrap_or(0) == 0
    }

    /// The latest instant at which the previous secret ends. It is never after `expiry`.
    pub fn end(self, now: Instant, expiry: Expiry) -> Instant {
        let seconds = self.seconds.unwrap_or(if self.until_used { MAX_OVERLAP } else { 0 });
        let end = now.plus(seconds.min(MAX_OVERLAP));
        expiry.instant().map_or(end, |last| end.min(last))
    }
}

/// The secrets of a credential. A record holds digests, never the secrets themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// The number of secrets so far, including the current one. 0 until the app picks up its token.
    pub generation: u32,
    /// The digest of the current secret. `None` before pickup, and after a secret was withdrawn because it could not be
    /// shown.
    pub current: Option<Digest>,
    /// When the current secret was created.
    pub created_at: Instant,
    /// When the current secret was delivered. `None` if that is not known.
    pub delivered_at: Option<Instant>,
    /// The previous secret, during an overlap. It may have ended since: see [`Secrets::retiring`].
    pub retiring: Option<Retiring>,
}

impl Secrets {
    /// The first secret of a credential or app, created at `now`. `delivered_at` is `None` if it is delivered later.
    pub fn new(digest: Digest, now: Instant, delivered_at: Option<Instant>) -> Self {
        Self { generation: 1, current: Some(digest), created_at: now, delivered_at, retiring: None }
    }

    /// No secret yet, for a token that was granted at `now` and is to be picked up.
    pub fn awaiting_pickup(now: Instant) -> Self {
        Self { generation: 0, current: None, created_at: now, delivered_at: None, retiring: None }
    }

    /// Whether there is no secret yet. It is created when the holder first requests it.
    pub fn awaits_pickup(&self) -> bool {
        self.generation == 0
    }

    /// Whether the current secret was withdrawn because it could not be shown.
    pub fn is_withdrawn(&self) -> bool {
        self.current.is_none() && !self.awaits_pickup()
    }

    /// The previous secret, if it is still valid at `now`.
    pub fn retiring(&self, now: Instant) -> Option<&Retiring> {
        self.retiring.as_ref().filter(|retiring| now < retiring.until)
    }

    /// Makes `new` the current secret at `now`. The replaced secret stays valid for `overlap`, but not past `expiry`. A
    /// secret that was retiring before ends now: there is at most one.
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

/// A previous secret that stays valid during an overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retiring {
    /// Its digest.
    pub digest: Digest,
    /// The latest instant at which it ends.
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

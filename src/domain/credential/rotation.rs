//! Rotation: the current and the retiring secret of a credential, and the overlap during which both are valid.

use super::{
    lifetime::{Expiry, Lifetime},
    secret::Digest,
};
use crate::domain::{
    duration::Duration,
    instant::{DAY, Instant},
};

/// The longest overlap of a reset.
pub const MAX_OVERLAP: Duration = Duration::days(30);
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
    /// Whether the previous secret ends immediately.
    pub fn is_none(self) -> bool {
        !self.until_used && self.seconds.unwrap_or(0) == 0
    }

    /// The latest instant at which the previous secret ends. It is never after `expiry`.
    pub fn end(self, now: Instant, expiry: Expiry) -> Instant {
        let most = MAX_OVERLAP.seconds();
        let seconds = self.seconds.unwrap_or(if self.until_used { most } else { 0 });
        let end = now.plus(seconds.min(most));
        expiry.instant().map_or(end, |last| end.min(last))
    }
}

/// The options of a reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResetOptions {
    /// How long the old secret stays valid.
    pub overlap: Overlap,
    /// The new lifetime, which starts now; `None` keeps the expiry.
    pub lifetime: Option<Lifetime>,
    /// What to do if an earlier reset promised a date until which its old secret stays valid.
    pub during_overlap: DuringOverlap,
}

/// What a reset does during the overlap of an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DuringOverlap {
    /// It is refused.
    #[default]
    Refuse,
    /// It ends the retiring secret.
    EndRetiring,
    /// It replaces the current secret if that was never used, and leaves the retiring one its date: the holder may have
    /// lost the response with the current secret. Otherwise it is refused.
    ReplaceUnused,
}

/// The secrets of a credential. A record holds digests, never the secrets themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// The number of the current secret. 0 until the app picks up its token.
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
    /// The new secret of a reset, until it was delivered. It is valid beside the others, none of which has ended yet.
    pub undelivered: Option<Undelivered>,
    /// The number of secrets that were never delivered and so never became the current one.
    pub discarded: u32,
}

impl Secrets {
    /// The first secret of a credential or app, created at `now`. `delivered_at` is `None` if it is delivered later.
    pub fn new(digest: Digest, now: Instant, delivered_at: Option<Instant>) -> Self {
        Self { generation: 1, current: Some(digest), delivered_at, ..Self::awaiting_pickup(now) }
    }

    /// No secret yet, for a token that was granted at `now` and is to be picked up.
    pub fn awaiting_pickup(now: Instant) -> Self {
        Self {
            generation: 0,
            current: None,
            created_at: now,
            delivered_at: None,
            retiring: None,
            undelivered: None,
            discarded: 0,
        }
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

    /// Returns the digests that the record holds, including that of a retiring secret that has ended.
    pub fn digests(&self) -> impl Iterator<Item = &Digest> {
        let undelivered = self.undelivered.iter().map(|new| &new.digest);
        let retiring = self.retiring.iter().map(|old| &old.digest);
        self.current.iter().chain(undelivered).chain(retiring)
    }

    /// Returns the digests of the secrets that are valid at `now`.
    pub fn valid_digests(&self, now: Instant) -> impl Iterator<Item = &Digest> {
        let undelivered = self.undelivered.iter().map(|new| &new.digest);
        let retiring = self.retiring(now).map(|old| &old.digest);
        self.current.iter().chain(undelivered).chain(retiring)
    }

    /// Returns how many secrets were created so far.
    pub fn created_count(&self) -> u32 {
        self.generation + self.discarded + u32::from(self.undelivered.is_some())
    }

    /// Returns the retiring secret because of which a reset at `now` is refused: an earlier reset promised it a date.
    pub fn blocking_overlap(&self, now: Instant, during: DuringOverlap) -> Option<&Retiring> {
        // Without a current secret, the retiring one is all that the holder has.
        let promised = self.retiring(now).filter(|_| self.current.is_some())?;
        let is_blocking = match during {
            DuringOverlap::Refuse => true,
            DuringOverlap::EndRetiring => false,
            DuringOverlap::ReplaceUnused => promised.replacement_used,
        };
        is_blocking.then_some(promised)
    }

    /// Returns the retiring secret that the reset ended with which the secrets became `after`, although it was promised a
    /// later date.
    pub fn ended_retiring(&self, now: Instant, after: &Self) -> Option<Retiring> {
        let promised = self.blocking_overlap(now, DuringOverlap::Refuse)?;
        let is_kept = after.retiring.is_some_and(|kept| kept.digest == promised.digest);
        (!is_kept).then_some(*promised)
    }

    /// Returns the secret that is retiring after a reset at `now`; `None` if the reset leaves no overlap. The current
    /// secret retires, and stays valid until `end` at the latest.
    pub fn retiring_after_reset(
        &self,
        now: Instant,
        options: ResetOptions,
        end: Expiry,
    ) -> Option<Retiring> {
        let ResetOptions { overlap, during_overlap, .. } = options;
        let retiring = self.retiring(now);
        let keeps = during_overlap == DuringOverlap::ReplaceUnused && self.current.is_some();
        if let Some(promised) = retiring.filter(|_| keeps) {
            return Some(*promised);
        }
        let old = self.current.or_else(|| retiring.map(|retiring| retiring.digest));
        old.filter(|_| !overlap.is_none()).map(|digest| Retiring {
            digest,
            until: overlap.end(now, end),
            until_used: overlap.until_used,
            replacement_used: false,
        })
    }

    /// Makes `new` the current secret at `now`. Of the secrets before it, only `retiring` stays valid.
    pub fn replace(&mut self, new: Digest, now: Instant, retiring: Option<Retiring>) {
        if self.undelivered.is_some_and(|undelivered| undelivered.digest == new) {
            self.undelivered = None;
        }
        self.discard_undelivered();
        self.generation += 1;
        (self.current, self.created_at, self.delivered_at) = (Some(new), now, None);
        self.retiring = retiring;
    }

    /// Adds the new secret of a reset, which is still to be delivered. It takes the place of one that never was.
    pub fn add_undelivered(&mut self, digest: Digest, now: Instant) {
        self.discard_undelivered();
        self.undelivered = Some(Undelivered { digest, created_at: now });
    }

    /// Withdraws the new secret of a reset that was not delivered.
    pub fn discard_undelivered(&mut self) {
        self.discarded += u32::from(self.undelivered.take().is_some());
    }
}

/// The new secret of a reset, until it was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// Its digest.
    pub digest: Digest,
    /// When it was created.
    pub created_at: Instant,
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
    /// Whether the new secret was used.
    pub replacement_used: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn an_overlap_ends_with_the_expiry_and_after_30_days_at_the_latest() {
        let now = at("2026-11-22T00:00:00Z");
        for (asked_for, days) in [(0, 0), (1, 1), (29, 29), (30, 30), (31, 30), (36_500, 30)] {
            for until_used in [false, true] {
                let overlap = Overlap { seconds: Some(asked_for * DAY), until_used };
                assert_eq!(overlap.end(now, Expiry::Never), now.plus(days * DAY), "{asked_for}");
                for expiry in [0, 1, 15, 30, 31] {
                    let end = overlap.end(now, Expiry::At(now.plus(expiry * DAY)));
                    assert_eq!(end, now.plus(days.min(expiry) * DAY), "{asked_for}, {expiry}");
                }
                assert_eq!(overlap.is_none(), asked_for == 0 && !until_used, "{asked_for}");
            }
        }
        let used = Overlap { seconds: None, until_used: true };
        assert_eq!(used.end(now, Expiry::Never), now.plus(30 * DAY));
        assert_eq!(MAX_APP_OVERLAP, 604_800, "7 days");
        assert_eq!(Overlap::default().end(now, Expiry::Never), now);
        assert!(Overlap::default().is_none() && !used.is_none());
    }
}

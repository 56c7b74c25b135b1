//! Lifetimes as an admin requests them, and the expiry that results.

use std::{fmt, ops::RangeInclusive};

use crate::domain::{
    duration::{Duration, DurationError},
    instant::{DayEdge, Instant, InvalidTime},
};

/// The shortest and the longest lifetime that can be given as a duration. A date may not be further away either.
pub const DURATIONS: RangeInclusive<Duration> = Duration::hours(1)..=MAX_DURATION;
const MAX_DURATION: Duration = Duration::days(365);
/// The length of an infinite lifetime, in calendar years.
pub const INFINITE_YEARS: u32 = 10;

/// A requested lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// A duration from 1 hour to 365 days.
    For(Duration),
    /// Until an instant at most 365 days ahead.
    Until(Instant),
    /// 10 calendar years.
    Infinite,
    /// No expiry.
    Forever,
}

/// The expiry of a credential. The interval is half-open: the credential has expired at this exact instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expiry {
    /// Expires at this instant.
    At(Instant),
    /// Never expires.
    Never,
}

/// Why a lifetime, an expiry or an overlap is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LifetimeError {
    /// The text is not a duration from 1 hour to 365 days.
    #[error(transparent)]
    Duration(#[from] DurationError),
    /// The text is neither a date nor an RFC 3339 instant.
    #[error(transparent)]
    Time(#[from] InvalidTime),
    /// The text is not a lifetime that ends.
    #[error("use a duration such as 90, 90d, 12h or 2w, a date such as 2027-01-31, or infinite")]
    NotExpiring,
    /// The expiry is not in the future.
    #[error("the expiry {0} is not in the future")]
    InThePast(Instant),
    /// The expiry is more than 365 days ahead.
    #[error("the expiry {0} is more than {MAX_DURATION} away")]
    TooFar(Instant),
    /// The overlap that an app requests is longer than [`MAX_APP_OVERLAP`](super::MAX_APP_OVERLAP).
    #[error("an overlap that an app requests can last at most 7 days")]
    AppOverlapTooLong,
}

impl Lifetime {
    /// Parses a duration from 1 hour to 365 days.
    ///
    /// # Errors
    /// The text is anything else.
    pub fn parse_duration(text: &str) -> Result<Self, DurationError> {
        Duration::parse(text, DURATIONS).map(Self::For)
    }

    /// Parses an RFC 3339 instant, or a date, which means the end of that day.
    ///
    /// # Errors
    /// The text is anything else.
    pub fn parse_until(text: &str) -> Result<Self, InvalidTime> {
        Instant::parse(text, DayEdge::End).map(Self::Until)
    }

    /// Parses a lifetime that ends: a duration, a date, an instant or `infinite`.
    ///
    /// # Errors
    /// The text is anything else, or a duration that is too short or too long.
    pub fn parse_expiring(text: &str) -> Result<Self, LifetimeError> {
        match (text, Self::parse_duration(text)) {
            ("infinite", _) => Ok(Self::Infinite),
            (_, Ok(lifetime)) => Ok(lifetime),
            (_, Err(error @ DurationError::OutOfRange { .. })) => Err(error.into()),
            (_, Err(_)) => Self::parse_until(text).map_err(|_| LifetimeError::NotExpiring),
        }
    }

    /// The length in seconds. `None` unless a duration was requested: an instant has no length, and 10 calendar years
    /// vary with their leap days.
    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::For(duration) => Some(duration.seconds()),
            Self::Until(_) | Self::Infinite | Self::Forever => None,
        }
    }

    /// Returns the expiry of a lifetime that starts at `now`.
    ///
    /// # Errors
    /// The requested instant is not in the future, or more than 365 days ahead.
    pub fn expiry(self, now: Instant) -> Result<Expiry, LifetimeError> {
        match self {
            Self::For(duration) => Ok(Expiry::At(now.plus(duration.seconds()))),
            Self::Until(end) if end <= now => Err(LifetimeError::InThePast(end)),
            Self::Until(end) if end > now.plus(MAX_DURATION.seconds()) => {
                Err(LifetimeError::TooFar(end))
            }
            Self::Until(end) => Ok(Expiry::At(end)),
            Self::Infinite => Ok(Expiry::At(now.plus_years(INFINITE_YEARS))),
            Self::Forever => Ok(Expiry::Never),
        }
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::For(duration) => duration.fmt(f),
            Self::Until(end) => write!(f, "until {end}"),
            Self::Infinite => f.write_str("infinite (10 years)"),
            Self::Forever => f.write_str("forever"),
        }
    }
}

impl Expiry {
    /// Whether the expiry has passed at `now`.
    pub fn has_passed(self, now: Instant) -> bool {
        match self {
            Self::At(end) => now >= end,
            Self::Never => false,
        }
    }

    /// Whether the expiry has passed at `now`, or passes within `duration` from then.
    pub fn is_within(self, duration: Duration, now: Instant) -> bool {
        self.has_passed(now.plus(duration.seconds()))
    }

    /// The instant of the expiry. `None` if there is no expiry.
    pub fn instant(self) -> Option<Instant> {
        match self {
            Self::At(end) => Some(end),
            Self::Never => None,
        }
    }

    /// Converts an optional instant, where `None` means that there is no expiry.
    pub fn from_option(end: Option<Instant>) -> Self {
        end.map_or(Self::Never, Self::At)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_lifetime_that_ends_has_one_of_four_forms() {
        let parse = |text| Lifetime::parse_expiring(text).map_err(|why| why.to_string());
        for (text, lifetime) in [
            ("90", Lifetime::For(Duration::days(90))),
            ("365d", Lifetime::For(Duration::days(365))),
            ("1h", Lifetime::For(Duration::hours(1))),
            ("2w", Lifetime::For(Duration::days(14))),
            ("2027-01-31", Lifetime::Until(at("2027-02-01T00:00:00Z"))),
            ("2027-01-31T12:00:00Z", Lifetime::Until(at("2027-01-31T12:00:00Z"))),
            ("infinite", Lifetime::Infinite),
        ] {
            assert_eq!(parse(text), Ok(lifetime), "{text}");
        }
        for text in ["0", "366", "366d", "0h", "53w", "99999999999999999999"] {
            assert_eq!(parse(text).unwrap_err(), "the duration must be from 1h to 365d", "{text}");
        }
        for text in ["", "-1", "+1", "1.5", "90m", "1e3", "٣٠", " 1", "1 ", "tomorrow", "forever"]
        {
            assert!(parse(text).unwrap_err().starts_with("use a duration such as 90"), "{text:?}");
        }
    }

    #[test]
    fn until_is_within_365_days() {
        let now = at("2026-11-22T06:00:00Z");
        let until = |text: &str| Ok(Lifetime::parse_until(text)?);
        let expiry = |text: &str| until(text).and_then(|until: Lifetime| until.expiry(now));
        assert_eq!(expiry("2026-11-22"), Ok(Expiry::At(at("2026-11-23T00:00:00Z"))));
        assert_eq!(expiry("2026-11-21"), Err(LifetimeError::InThePast(at("2026-11-22T00:00:00Z"))));
        assert_eq!(expiry("2026-11-22T06:00:00Z"), Err(LifetimeError::InThePast(now)));
        assert_eq!(expiry("2027-11-22T06:00:00Z"), Ok(Expiry::At(at("2027-11-22T06:00:00Z"))));
        assert_eq!(
            expiry("2027-11-22T06:00:01Z"),
            Err(LifetimeError::TooFar(at("2027-11-22T06:00:01Z")))
        );
        for bad in ["", "2026-2-3", "2026-02-30", "+026-02-03", "tomorrow", "2026-11-22 06:00"] {
            assert_eq!(expiry(bad), Err(InvalidTime { edge: DayEdge::End }.into()), "{bad:?}");
        }
    }

    #[test]
    fn infinite_is_ten_calendar_years_and_forever_never_expires() {
        let leap = at("2028-02-29T00:00:00Z");
        assert_eq!(Lifetime::Infinite.expiry(leap), Ok(Expiry::At(at("2038-02-28T00:00:00Z"))));
        assert_eq!(Lifetime::Forever.expiry(leap), Ok(Expiry::Never));
    }

    #[test]
    fn an_expiry_has_passed_at_its_exact_instant() {
        let end = at("2027-01-01T00:00:00Z");
        assert!(!Expiry::At(end).has_passed(end.plus(-1)));
        assert!(Expiry::At(end).has_passed(end));
        assert!(!Expiry::Never.has_passed(Instant::MAX));
    }

    proptest! {
        #[test]
        fn parsers_never_panic(text in "\\PC*") {
            let all = (Lifetime::parse_expiring(&text), Lifetime::parse_until(&text));
            prop_assert!(!text.is_empty() || all.0.is_err() && all.1.is_err());
        }
    }
}

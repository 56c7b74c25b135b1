//! Lifetimes as an admin requests them, and the expiry that results.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::instant::{DAY, Instant};

/// The largest value of `--days`, and how many days ahead `--until` may be.
pub const MAX_DAYS: u16 = 365;
/// The length of an infinite lifetime, in calendar years.
pub const INFINITE_YEARS: u32 = 10;

/// A requested lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// N days of 24 hours, 1 to 365.
    Days(u16),
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
    /// The number of days is not a whole number from 1 to 365.
    #[error("a lifetime in days must be a whole number from 1 to {MAX_DAYS}")]
    InvalidDays,
    /// The text is neither a date nor an RFC 3339 instant.
    #[error(
        "use a date such as 2027-01-31 (end of that day, UTC) or an RFC 3339 time such as 2027-01-31T12:00:00Z"
    )]
    InvalidTime,
    /// The expiry is not in the future.
    #[error("the expiry {0} is not in the future")]
    InThePast(Instant),
    /// The expiry is more than 365 days ahead.
    #[error("the expiry {0} is more than {MAX_DAYS} days away")]
    TooFar(Instant),
    /// The text is not a duration.
    #[error("use a number and h, d or w, e.g. 7d")]
    InvalidDuration,
    /// The overlap is longer than [`MAX_OVERLAP`](super::MAX_OVERLAP).
    #[error("an overlap can last at most 30 days")]
    OverlapTooLong,
    /// The overlap that an app requests is longer than [`MAX_APP_OVERLAP`](super::MAX_APP_OVERLAP).
    #[error("an overlap that an app requests can last at most 7 days")]
    AppOverlapTooLong,
}

impl Lifetime {
    /// Parses the argument of `--days`: ASCII digits, 1 to 365.
    ///
    /// # Errors
    /// The text is anything else.
    pub fn parse_days(text: &str) -> Result<Self, LifetimeError> {
        match parse_whole_number(text) {
            Some(days @ 1..=365) => Ok(Self::Days(days as u16)),
            _ => Err(LifetimeError::InvalidDays),
        }
    }

    /// Parses the argument of `--until`: an RFC 3339 instant, or a date, which means the end of that day.
    ///
    /// # Errors
    /// The text is anything else.
    pub fn parse_until(text: &str) -> Result<Self, LifetimeError> {
        parse_date_or_time(text, Instant::end_of).map(Self::Until)
    }

    /// The length in seconds. `None` unless a number of days was requested: an instant has no length, and 10 calendar
    /// years vary with their leap days.
    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::Days(days) => Some(i64::from(days) * DAY),
            Self::Until(_) | Self::Infinite | Self::Forever => None,
        }
    }

    /// Returns the expiry of a lifetime that starts at `now`.
    ///
    /// # Errors
    /// The requested instant is not in the future, or more than 365 days ahead.
    pub fn expiry(self, now: Instant) -> Result<Expiry, LifetimeError> {
        match self {
            Self::Days(days) => Ok(Expiry::At(now.plus(i64::from(days) * DAY))),
            Self::Until(end) if end <= now => Err(LifetimeError::InThePast(end)),
            Self::Until(end) if end > now.plus(i64::from(MAX_DAYS) * DAY) => {
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
            Self::Days(1) => f.write_str("1 day"),
            Self::Days(days) => write!(f, "{days} days"),
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

/// Parses a duration such as `12h`, `7d` or `2w`. Returns seconds.
///
/// # Errors
/// The text is anything else.
pub fn parse_duration(text: &str) -> Result<i64, LifetimeError> {
    let unit = match text.as_bytes().last() {
        Some(b'h') => 3600,
        Some(b'd') => DAY,
        Some(b'w') => 7 * DAY,
        _ => return Err(LifetimeError::InvalidDuration),
    };
    let count =
        parse_whole_number(&text[..text.len() - 1]).ok_or(LifetimeError::InvalidDuration)?;
    Ok(i64::from(count) * unit)
}

/// Parses an RFC 3339 instant, or a date that `from_date` converts to an instant.
///
/// # Errors
/// The text is neither.
pub fn parse_date_or_time(
    text: &str,
    from_date: impl Fn(NaiveDate) -> Instant,
) -> Result<Instant, LifetimeError> {
    // chrono also accepts dates with fewer digits or a sign. Only the form that gatepass prints is accepted here.
    let is_date = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_date {
        let date =
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| LifetimeError::InvalidTime)?;
        return Ok(from_date(date));
    }
    Instant::parse_rfc3339(text).ok_or(LifetimeError::InvalidTime)
}

/// Parses one to five ASCII digits, so that the number cannot overflow.
fn parse_whole_number(text: &str) -> Option<u32> {
    let digits = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn days_are_whole_numbers_from_1_to_365() {
        assert_eq!(Lifetime::parse_days("1"), Ok(Lifetime::Days(1)));
        assert_eq!(Lifetime::parse_days("365"), Ok(Lifetime::Days(365)));
        for bad in
            ["", "0", "-1", "+1", "366", "1.5", "1e3", "99999999999999999999", "٣٠", " 1", "1 "]
        {
            assert_eq!(Lifetime::parse_days(bad), Err(LifetimeError::InvalidDays), "{bad:?}");
        }
    }

    #[test]
    fn until_is_within_365_days() {
        let now = at("2026-11-22T06:00:00Z");
        let expiry = |text: &str| Lifetime::parse_until(text).and_then(|until| until.expiry(now));
        assert_eq!(expiry("2026-11-22"), Ok(Expiry::At(at("2026-11-23T00:00:00Z"))));
        assert_eq!(expiry("2026-11-21"), Err(LifetimeError::InThePast(at("2026-11-22T00:00:00Z"))));
        assert_eq!(expiry("2026-11-22T06:00:00Z"), Err(LifetimeError::InThePast(now)));
        assert_eq!(expiry("2027-11-22T06:00:00Z"), Ok(Expiry::At(at("2027-11-22T06:00:00Z"))));
        assert_eq!(
            expiry("2027-11-22T06:00:01Z"),
            Err(LifetimeError::TooFar(at("2027-11-22T06:00:01Z")))
        );
        for bad in ["", "2026-2-3", "2026-02-30", "+026-02-03", "tomorrow", "2026-11-22 06:00"] {
            assert_eq!(expiry(bad), Err(LifetimeError::InvalidTime), "{bad:?}");
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

    #[test]
    fn durations_require_a_unit() {
        assert_eq!(parse_duration("12h"), Ok(12 * 3600));
        assert_eq!(parse_duration("2w"), Ok(14 * DAY));
        for bad in ["", "d", "7", "7m", "-1d", "1.5d", "7 d", "99999999999999999999d", "٣d", "7é"]
        {
            assert_eq!(parse_duration(bad), Err(LifetimeError::InvalidDuration), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn parsers_never_panic(text in "\\PC*") {
            let all = (parse_duration(&text), Lifetime::parse_days(&text), Lifetime::parse_until(&text));
            prop_assert!(!text.is_empty() || all.0.is_err() && all.1.is_err() && all.2.is_err());
        }
    }
}

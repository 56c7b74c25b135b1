//! Instants: whole seconds since the Unix epoch, always UTC.

use std::fmt;

use chrono::{DateTime, Months, NaiveDate, SecondsFormat, Utc};

/// The seconds of a day. A day always has 24 hours: there are no leap seconds and no time zones.
pub const DAY: i64 = 86_400;

/// A point in time, in whole seconds since 1970-01-01T00:00:00Z.
///
/// Every expiry is a whole second. A clock that is truncated to seconds keeps intervals half-open: a credential has
/// expired in the second of its expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The last instant that RFC 3339 can express: 9999-12-31T23:59:59Z.
    pub const MAX: Self = Self(253_402_300_799);
    /// The Unix epoch.
    pub const EPOCH: Self = Self(0);

    /// The instant `seconds` after the epoch, clamped to the years 1970 to 9999.
    pub fn from_unix(seconds: i64) -> Self {
        Self(seconds.clamp(Self::EPOCH.0, Self::MAX.0))
    }

    /// Seconds since the epoch.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The day that contains this instant, UTC.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(DAY))
    }

    /// Returns the instant `seconds` later, or earlier if negative, clamped to the years 1970 to 9999.
    pub fn plus(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this instant. Negative if `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Returns the instant `years` calendar years later. 29 February becomes 28 February in years without a leap day.
    pub fn plus_years(self, years: u32) -> Self {
        let later = self.calendar().checked_add_months(Months::new(years.saturating_mul(12)));
        later.map_or(Self::MAX, |then| Self::from_unix(then.timestamp()))
    }

    /// The end of `date`: the first second of the next day, UTC.
    pub fn end_of(date: NaiveDate) -> Self {
        Self::start_of(date).plus(DAY)
    }

    /// The start of `date`, UTC.
    pub fn start_of(date: NaiveDate) -> Self {
        Self::from_unix(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
    }

    /// Parses an RFC 3339 instant, or a date, of which it returns the start or the end in UTC.
    ///
    /// # Errors
    /// The text is neither.
    pub fn parse(text: &str, edge: DayEdge) -> Result<Self, InvalidTime> {
        // chrono also accepts dates with fewer digits or a sign. Only the form that gatepass prints is accepted here.
        let is_date = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_date {
            return Self::parse_rfc3339(text).ok_or(InvalidTime { edge });
        }
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| InvalidTime { edge })?;
        Ok(match edge {
            DayEdge::Start => Self::start_of(date),
            DayEdge::End => Self::end_of(date),
        })
    }

    /// Parses an RFC 3339 instant. Fractions of a second are truncated. `None` for years outside 1970 to 9999.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let seconds = DateTime::parse_from_rfc3339(text).ok()?.timestamp();
        (Self::EPOCH.0..=Self::MAX.0).contains(&seconds).then_some(Self(seconds))
    }

    /// Formats as RFC 3339 in 20 characters: `2026-11-22T06:18:34Z`.
    ///
    /// The calendar arithmetic is written out (H. Hinnant, "chrono-compatible low-level date algorithms") for speed: a
    /// list of a million rows formats four million instants.
    pub fn rfc3339_bytes(self) -> [u8; 20] {
        let (days, second) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);

        let mut text = *b"0000-00-00T00:00:00Z";
        write_digits(&mut text[0..4], year);
        write_digits(&mut text[5..7], month);
        write_digits(&mut text[8..10], day);
        write_digits(&mut text[11..13], second / 3600);
        write_digits(&mut text[14..16], second / 60 % 60);
        write_digits(&mut text[17..19], second % 60);
        text
    }

    /// Formats as an HTTP date (RFC 9110, section 5.6.7): `Sun, 22 Nov 2026 06:18:34 GMT`.
    pub fn http_date(self) -> String {
        self.calendar().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    fn calendar(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

fn write_digits(digits: &mut [u8], mut number: i64) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// Which instant of a day a date means, where an instant is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayEdge {
    /// Its first second.
    Start,
    /// The first second of the next day.
    End,
}

impl fmt::Display for DayEdge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "start",
            Self::End => "end",
        })
    }
}

/// The text is neither a date nor an RFC 3339 instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "use a date such as 2027-01-31 ({edge} of that day, UTC) or an RFC 3339 time such as 2027-01-31T12:00:00Z"
)]
pub struct InvalidTime {
    /// What a date would have meant.
    pub edge: DayEdge,
}

/// A day, as the number of days since 1970-01-01 (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// The day of the Unix epoch: 1970-01-01.
    pub const EPOCH: Self = Self(0);

    /// Returns the day `days` later, or earlier if negative.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// Days from `earlier` to this day. Negative if `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// The first second of the day, clamped to the years 1970 to 9999.
    pub fn start(self) -> Instant {
        Instant::from_unix(self.0.saturating_mul(DAY))
    }

    /// The last second of the day, clamped to the years 1970 to 9999.
    pub fn last_second(self) -> Instant {
        self.start().plus(DAY - 1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.calendar().to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

/// The source of the current time. Threads share one. Tests provide their own.
pub trait Clock: Send + Sync {
    /// Returns the current instant.
    fn now(&self) -> Instant;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rfc3339_bytes_match_chrono(seconds in 0..=Instant::MAX.unix()) {
            let instant = Instant::from_unix(seconds);
            prop_assert_eq!(String::from_utf8_lossy(&instant.rfc3339_bytes()).into_owned(), instant.to_string());
        }

        #[test]
        fn rfc3339_round_trips(seconds in 0..=Instant::MAX.unix()) {
            let instant = Instant::from_unix(seconds);
            prop_assert_eq!(Instant::parse_rfc3339(&instant.to_string()), Some(instant));
        }
    }

    #[test]
    fn ten_years_after_a_leap_day_is_february_28() {
        let leap = Instant::parse_rfc3339("2028-02-29T12:00:00Z").unwrap();
        assert_eq!(leap.plus_years(10).to_string(), "2038-02-28T12:00:00Z");
        assert_eq!(leap.plus_years(4).to_string(), "2032-02-29T12:00:00Z");
    }

    #[test]
    fn end_of_a_date_is_the_start_of_the_next() {
        let date = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap();
        assert_eq!(Instant::end_of(date).to_string(), "2027-02-01T00:00:00Z");
    }

    #[test]
    fn time_zones_are_converted_and_fractions_truncated() {
        let instant = Instant::parse_rfc3339("2027-01-31T01:00:00.999+02:00").unwrap();
        assert_eq!(instant.to_string(), "2027-01-30T23:00:00Z");
        assert_eq!(Instant::parse_rfc3339("1969-12-31T23:59:59Z"), None);
    }
}

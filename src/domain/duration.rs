//! Durations: how people write them, and how the time until or since an instant is rounded.

use std::{fmt, ops::RangeInclusive};

use crate::domain::instant::DAY;

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

/// A length of time in whole hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    seconds: i64,
}

/// Why a text is not a duration that is accepted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// The text is not a number, or has another unit.
    #[error(
        "use a number of hours, days or weeks, such as 12h, 7d or 2w, from {} to {}; a number without a unit is in days",
        least.short(),
        most.short()
    )]
    Malformed {
        /// The shortest duration that is accepted.
        least: Duration,
        /// The longest duration that is accepted.
        most: Duration,
    },
    /// The text is not a number of whole days.
    #[error(
        "use a number of whole days or weeks, such as 7, 7d or 2w, from {} to {}",
        least.short(),
        most.short()
    )]
    NotWholeDays {
        /// The shortest duration that is accepted.
        least: Duration,
        /// The longest duration that is accepted.
        most: Duration,
    },
    /// The duration is too short or too long.
    #[error("the duration must be from {} to {}", least.short(), most.short())]
    OutOfRange {
        /// The shortest duration that is accepted.
        least: Duration,
        /// The longest duration that is accepted.
        most: Duration,
    },
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self::hours(0);

    /// Returns a duration of this many hours.
    pub const fn hours(hours: u32) -> Self {
        Self { seconds: hours as i64 * HOUR }
    }

    /// Returns a duration of this many days of 24 hours.
    pub const fn days(days: u32) -> Self {
        Self { seconds: days as i64 * DAY }
    }

    /// The length in seconds.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// The length in days; `None` if it is not a whole number of days.
    pub fn whole_days(self) -> Option<u32> {
        (self.seconds % DAY == 0).then(|| u32::try_from(self.seconds / DAY).ok()).flatten()
    }

    /// Parses a number with the unit `h`, `d` or `w`, or a number of days without a unit.
    ///
    /// # Errors
    /// The text is anything else, or the duration is not in `range`.
    pub fn parse(text: &str, range: RangeInclusive<Self>) -> Result<Self, DurationError> {
        let (least, most) = range.into_inner();
        let duration = Self::parse_any(text).ok_or(DurationError::Malformed { least, most })?;
        match (least..=most).contains(&duration) {
            true => Ok(duration),
            false => Err(DurationError::OutOfRange { least, most }),
        }
    }

    /// Parses a duration like [`Duration::parse`] that is a whole number of days.
    ///
    /// # Errors
    /// As for [`Duration::parse`], or the duration is not a whole number of days.
    pub fn parse_whole_days(
        text: &str,
        range: RangeInclusive<Self>,
    ) -> Result<Self, DurationError> {
        let (least, most) = (*range.start(), *range.end());
        match Self::parse(text, range) {
            Ok(duration) if duration.whole_days().is_some() => Ok(duration),
            Ok(_) | Err(DurationError::Malformed { .. }) => {
                Err(DurationError::NotWholeDays { least, most })
            }
            out_of_range => out_of_range,
        }
    }

    /// Parses a duration of any length. One that is too long to count is as long as can be.
    fn parse_any(text: &str) -> Option<Self> {
        let (number, unit) = match text.char_indices().next_back()? {
            (at, 'h') => (&text[..at], HOUR),
            (at, 'd') => (&text[..at], DAY),
            (at, 'w') => (&text[..at], 7 * DAY),
            _ => (text, DAY),
        };
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let count: i64 = number.parse().unwrap_or(i64::MAX);
        Some(Self { seconds: count.saturating_mul(unit) })
    }

    /// Returns the number and the unit of the duration: `d` for whole days, `h` for all others.
    pub fn number_and_unit(self) -> (i64, char) {
        match self.whole_days() {
            Some(days) => (days.into(), 'd'),
            None => (self.seconds / HOUR, 'h'),
        }
    }

    /// Returns the form that [`Duration::parse`] takes, such as `90d` or `12h`.
    pub fn short(self) -> String {
        let (number, unit) = self.number_and_unit();
        format!("{number}{unit}")
    }
}

/// Writes the duration in words, such as `90 days` or `12 hours`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = self.number_and_unit();
        let unit = if unit == 'd' { "day" } else { "hour" };
        let plural = if number == 1 { "" } else { "s" };
        write!(f, "{number} {unit}{plural}")
    }
}

/// Returns the time left, in its largest unit and rounded up: `3 d` is more than two days and at most three.
///
/// A filter for what ends within a duration finds everything whose time left is shown as that duration or less.
pub fn time_left(seconds: i64) -> String {
    in_largest_unit(seconds, |seconds, unit| {
        seconds.div_euclid(unit) + i64::from(seconds % unit > 0)
    })
}

/// Returns the time passed, in its largest unit and rounded down: `3 d` is at least three days and less than four.
///
/// A filter for what happened at least a duration ago finds everything whose time passed is shown as that duration or
/// more.
pub fn time_passed(seconds: i64) -> String {
    in_largest_unit(seconds, i64::div_euclid)
}

/// Returns the duration in the largest unit of which it has at least one after `divide` has rounded.
fn in_largest_unit(seconds: i64, divide: fn(i64, i64) -> i64) -> String {
    let (minutes, hours) = (divide(seconds, MINUTE), divide(seconds, HOUR));
    if seconds < MINUTE {
        format!("{seconds} s")
    } else if minutes < HOUR / MINUTE {
        format!("{minutes} min")
    } else if hours < DAY / HOUR {
        format!("{hours} h")
    } else {
        format!("{} d", divide(seconds, DAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MONTH: RangeInclusive<Duration> = Duration::hours(1)..=Duration::days(30);

    #[test]
    fn a_number_has_a_unit_or_is_in_days() {
        for (text, duration) in [
            ("12h", Duration::hours(12)),
            ("7", Duration::days(7)),
            ("7d", Duration::days(7)),
            ("168h", Duration::days(7)),
            ("2w", Duration::days(14)),
        ] {
            assert_eq!(Duration::parse(text, MONTH), Ok(duration), "{text}");
        }
    }

    #[test]
    fn errors_name_the_units_and_the_range() {
        let error = |text| Duration::parse(text, MONTH).unwrap_err().to_string();
        for text in ["", "d", "90m", "7D", "-1d", "+1d", "1.5d", "7 d", "7days", "٣d", "7é", "1e3"]
        {
            assert_eq!(
                error(text),
                "use a number of hours, days or weeks, such as 12h, 7d or 2w, from 1h to 30d; a number without a unit \
                 is in days",
                "{text:?}"
            );
        }
        for text in ["0", "0h", "31", "31d", "721h", "5w", "99999999999999999999d"] {
            assert_eq!(error(text), "the duration must be from 1h to 30d", "{text:?}");
        }
    }

    #[test]
    fn whole_days_have_no_hours() {
        let parse = |text| Duration::parse_whole_days(text, MONTH).map_err(|why| why.to_string());
        assert_eq!(parse("48h"), Ok(Duration::days(2)));
        assert_eq!(parse("31"), Err("the duration must be from 1h to 30d".to_owned()));
        for text in ["36h", "90m", ""] {
            let message =
                "use a number of whole days or weeks, such as 7, 7d or 2w, from 1h to 30d";
            assert_eq!(parse(text), Err(message.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn the_time_left_rounds_up_and_the_time_passed_rounds_down() {
        for (seconds, left, passed) in [
            (0, "0 s", "0 s"),
            (59, "59 s", "59 s"),
            (61, "2 min", "1 min"),
            (HOUR - 1, "1 h", "59 min"),
            (DAY - HOUR, "23 h", "23 h"),
            (DAY - 1, "1 d", "23 h"),
            (DAY, "1 d", "1 d"),
            (4 * DAY - 1, "4 d", "3 d"),
            (4 * DAY + 1, "5 d", "4 d"),
        ] {
            assert_eq!((&*time_left(seconds), &*time_passed(seconds)), (left, passed), "{seconds}");
        }
    }

    /// Returns the duration that a rounded time is, and one that is shorter by one unit; `None` below an hour.
    fn shown(text: &str) -> Option<(Duration, Duration)> {
        let (number, unit) = text.split_once(' ').unwrap();
        let number: u32 = number.parse().unwrap();
        match unit {
            "h" => Some((Duration::hours(number), Duration::hours(number - 1))),
            "d" if number == 1 => Some((Duration::days(1), Duration::hours(23))),
            "d" => Some((Duration::days(number), Duration::days(number - 1))),
            _ => None,
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_as_left_ends_within_that_time_and_no_less(seconds in 0..400 * DAY) {
            if let Some((shown, less)) = shown(&time_left(seconds)) {
                prop_assert!(seconds <= shown.seconds() && seconds > less.seconds());
            }
        }

        #[test]
        fn what_is_shown_as_passed_is_at_least_that_long_ago(seconds in 0..400 * DAY) {
            if let Some((shown, _)) = shown(&time_passed(seconds)) {
                prop_assert!(seconds >= shown.seconds());
            }
        }

        #[test]
        fn durations_are_parsed_as_they_are_written(hours in 1..=720_u32) {
            let duration = Duration::hours(hours);
            prop_assert_eq!(Duration::parse(&duration.short(), MONTH), Ok(duration));
        }

        #[test]
        fn parsing_never_panics(text in "\\PC*") {
            if let Ok(duration) = Duration::parse(&text, MONTH) {
                prop_assert!(MONTH.contains(&duration));
            }
        }
    }
}

//! Durations and points in time.

use crate::domain::{
    credential::{MAX_OVERLAP, lifetime::DURATIONS},
    duration::{Duration, DurationError},
    instant::{DayEdge, Instant, InvalidTime},
    usage::RETENTION_DAYS,
};

/// The longest time that a command looks ahead or back for expiry or use: a hundred years.
const MAX_DURATION: Duration = Duration::days(36_500);

/// Parses how far a command looks ahead or back.
///
/// # Errors
/// The text is not a duration, or one of more than [`MAX_DURATION`].
pub fn parse_duration(text: &str) -> Result<Duration, DurationError> {
    Duration::parse(text, Duration::ZERO..=MAX_DURATION)
}

/// Parses a lifetime.
///
/// # Errors
/// The text is not a duration, or not one of [`DURATIONS`].
pub fn parse_lifetime(text: &str) -> Result<Duration, DurationError> {
    Duration::parse(text, DURATIONS)
}

/// Parses a lifetime in days.
///
/// # Errors
/// The text is not a number of whole days, or not one of [`DURATIONS`].
pub fn parse_lifetime_days(text: &str) -> Result<Duration, DurationError> {
    Duration::parse_whole_days(text, Duration::days(1)..=*DURATIONS.end())
}

/// Parses how long an old secret stays valid.
///
/// # Errors
/// The text is not a duration, or it is longer than [`MAX_OVERLAP`].
pub fn parse_overlap(text: &str) -> Result<Duration, DurationError> {
    Duration::parse(text, Duration::ZERO..=MAX_OVERLAP)
}

/// Parses a number of days for which the store keeps usage: 1 to [`RETENTION_DAYS`].
///
/// # Errors
/// The text is not a number of whole days in this range.
pub fn parse_report_days(text: &str) -> Result<Duration, DurationError> {
    Duration::parse_whole_days(text, Duration::days(1)..=Duration::days(RETENTION_DAYS as u32))
}

/// Parses an RFC 3339 instant, or a date as its first instant in UTC.
///
/// # Errors
/// The text is neither.
pub fn parse_start(text: &str) -> Result<Instant, InvalidTime> {
    Instant::parse(text, DayEdge::Start)
}

/// Parses an RFC 3339 instant, or a date as the end of that day in UTC.
///
/// # Errors
/// The text is neither.
pub fn parse_end(text: &str) -> Result<Instant, InvalidTime> {
    Instant::parse(text, DayEdge::End)
}

//! Numbers of days and points in time.

use std::ops::RangeInclusive;

use crate::domain::{
    credential::lifetime::{LifetimeError, parse_date_or_time},
    instant::Instant,
    usage::RETENTION_DAYS,
};

/// The most days that a command looks ahead or back for expiry or use: a hundred years.
const MAX_DAYS: u32 = 36_500;

/// Parses a number of days from 0 to [`MAX_DAYS`].
///
/// # Errors
/// A message that names the range.
pub fn parse_days(text: &str) -> Result<u32, String> {
    parse_days_in(0..=MAX_DAYS, text)
}

/// Parses a number of days from 1 to [`RETENTION_DAYS`], for which the store keeps usage.
///
/// # Errors
/// A message that names the range.
pub fn parse_report_days(text: &str) -> Result<u32, String> {
    parse_days_in(1..=RETENTION_DAYS as u32, text)
}

fn parse_days_in(range: RangeInclusive<u32>, text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| range.contains(days));
    let (first, last) = range.into_inner();
    days.ok_or_else(|| format!("use a whole number of days from {first} to {last}"))
}

/// Parses an RFC 3339 instant, or a date as its first instant in UTC.
///
/// # Errors
/// When the text is neither.
pub fn parse_start(text: &str) -> Result<Instant, LifetimeError> {
    parse_date_or_time(text, Instant::start_of)
}

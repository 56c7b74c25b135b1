//! Dates and durations, in seconds.

use chrono::{DateTime, Datelike, Utc};

pub const DAY: i64 = 86_400;

/// Returns the same time ten calendar years later; for 29 February, on 28 February.
pub fn ten_years_after(seconds: i64) -> i64 {
    let then = calendar(seconds);
    let later = then.with_year(then.year() + 10);
    let later = later.or_else(|| then.with_day(28)?.with_year(then.year() + 10));
    later.expect("a year before 10,000").timestamp()
}

/// Formats seconds since the epoch in RFC 3339.
pub fn rfc3339(seconds: i64) -> String {
    calendar(seconds).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn calendar(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("an instant")
}

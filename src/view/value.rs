//! Texts, values and columns that several views use.

use crate::{
    domain::{
        credential::{Secrets, lifetime::Expiry},
        duration::{time_left, time_passed},
        instant::Instant,
    },
    render::{Align, Column, Fit, Value},
};

/// Returns an expiry and how far it is from `now`, e.g. `2027-01-01T00:00:00Z (in 35 d)`.
pub fn expiry_text(expiry: Expiry, now: Instant) -> String {
    expiry.instant().map_or_else(|| "never".to_owned(), |end| time_text(end, now))
}

/// Returns what an admin should know about the secrets of a credential or an app at `now`; `None` if there is nothing.
pub(super) fn secrets_remark(secrets: &Secrets, now: Instant) -> Option<String> {
    let undelivered = secrets.undelivered.map(|_| "reset not delivered".to_owned());
    let current = match secrets.delivered_at {
        _ if secrets.awaits_pickup() => Some("not picked up yet".to_owned()),
        _ if secrets.is_withdrawn() => Some("no secret: reset it".to_owned()),
        None => Some("never displayed".to_owned()),
        Some(_) => None,
    };
    let retiring = secrets.retiring(now).map(|retiring| match retiring.until_used {
        true => {
            format!("old secret valid until the new one is used, {} at the latest", retiring.until)
        }
        false => format!("old secret expires {}", retiring.until),
    });
    let parts: Vec<String> = undelivered.into_iter().chain(current).chain(retiring).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Returns an instant and how far it is from `now`, e.g. `2027-01-01T00:00:00Z (in 35 d)`.
pub fn time_text(at: Instant, now: Instant) -> String {
    match at.since(now) {
        ahead @ 1.. => format!("{at} (in {})", time_left(ahead)),
        past => format!("{at} ({} ago)", time_passed(-past)),
    }
}

/// Returns the text as a value; `None` is null.
pub fn optional_text(option: Option<&str>) -> Value<'_> {
    option.map_or(Value::Null, Value::Text)
}

/// Returns the instant as a value; `None` is null.
pub fn optional_timestamp(option: Option<Instant>) -> Value<'static> {
    option.map_or(Value::Null, |instant| Value::Timestamp(instant.rfc3339_bytes()))
}

/// Returns the number as a value; `None` is null.
pub fn optional_integer(option: Option<i64>) -> Value<'static> {
    option.map_or(Value::Null, Value::Integer)
}

/// Converts bytes that are ASCII by construction, such as those of a formatted timestamp.
pub(super) fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The title of the column with the name of the account, for lists that show only one.
pub const ACCOUNT_COLUMN: &str = "ACCOUNT";

/// Returns a left-aligned column for text.
pub(super) const fn column(title: &'static str, fit: Fit, priority: u8) -> Column {
    Column { title, align: Align::Left, fit, priority }
}

/// Returns a right-aligned column for numbers.
pub(super) const fn number_column(title: &'static str, priority: u8) -> Column {
    Column { title, align: Align::Right, fit: Fit::Whole, priority }
}

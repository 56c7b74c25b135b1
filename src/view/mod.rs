//! Views: what is printed of a record.

mod account;
mod app;
mod audit;
mod credential;
mod decision;
mod delivery;
mod district;
mod legacy;
mod secret_delivery;

pub use account::AccountView;
pub use app::{APP_FIELDS, AppView, IssuedAppView};
pub use audit::AuditView;
pub use credential::{COLUMNS_WITH_USAGE, CREDENTIAL_FIELDS, CredentialView, IssuedView};
pub use decision::DecisionView;
pub use delivery::DeliveryView;
pub use district::DistrictView;
pub use legacy::{LegacyAppView, LegacyPolicyView};
pub use secret_delivery::{SECRET_DELIVERY_FIELDS, SecretDelivery};

use crate::{
    domain::{
        credential::Credential,
        instant::{DAY, Instant},
    },
    render::{Align, Column, Value},
};

/// When a credential ends, and how long that is from now.
pub fn expiry_text(credential: &Credential, now: Instant) -> String {
    match credential.expiry.instant() {
        None => "never".to_owned(),
        Some(end) if end > now => format!("{end} (in {})", duration_text(end.since(now))),
        Some(end) => format!("{end} ({} ago)", duration_text(now.since(end))),
    }
}

/// A length of time, in its largest unit.
pub fn duration_text(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..DAY => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / DAY),
    }
}

/// An option as a value.
pub fn optional_text(option: Option<&str>) -> Value<'_> {
    option.map_or(Value::Null, Value::Text)
}

/// An optional instant as a value.
pub fn optional_timestamp(option: Option<Instant>) -> Value<'static> {
    option.map_or(Value::Null, |instant| Value::Timestamp(instant.rfc3339_bytes()))
}

/// An optional number as a value.
pub fn optional_integer(option: Option<i64>) -> Value<'static> {
    option.map_or(Value::Null, Value::Integer)
}

/// Bytes of ours that are ASCII by construction.
fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// A column of text.
const fn column(title: &'static str, shrink: bool, priority: u8) -> Column {
    Column { title, align: Align::Left, shrink, priority }
}

/// A column of numbers.
const fn number_column(title: &'static str, priority: u8) -> Column {
    Column { title, align: Align::Right, shrink: false, priority }
}

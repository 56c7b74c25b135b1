//! The result of `check`.

use super::value::{optional_text, optional_timestamp};
use crate::{
    ops::query::check::CheckReport,
    render::{Record, Value},
};

/// The result of `check`.
pub struct CheckView<'a> {
    /// The report.
    pub report: &'a CheckReport,
    /// The level in the words of monitoring plugins: OK, WARNING or CRITICAL.
    pub level: &'static str,
}

impl Record for CheckView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let next = self.report.next.as_ref();
        field("schema", Value::Text("gatepass.check/v1"));
        field("level", Value::Text(self.level));
        field("expired", Value::Integer(self.report.expired.cast_signed()));
        field("critical", Value::Integer(self.report.critical.cast_signed()));
        field("warning", Value::Integer(self.report.warning.cast_signed()));
        field("next", optional_text(next.map(|(owner, _)| owner.as_str())));
        field("next_expires_at", optional_timestamp(next.map(|(_, end)| *end)));
    }
}

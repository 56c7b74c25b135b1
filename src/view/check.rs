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
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let next = self.report.next.as_ref();
        put("schema", Value::Text("gatepass.check/v1"));
        put("level", Value::Text(self.level));
        put("expired", Value::Integer(self.report.expired.cast_signed()));
        put("critical", Value::Integer(self.report.critical.cast_signed()));
        put("warning", Value::Integer(self.report.warning.cast_signed()));
        put("next", optional_text(next.map(|(owner, _)| owner.as_str())));
        put("next_expires_at", optional_timestamp(next.map(|(_, end)| *end)));
    }
}

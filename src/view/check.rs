//! The result of `check`.

use super::value::{optional_text, optional_timestamp};
use crate::{
    domain::decision::Reason,
    ops::query::check::{CheckItem, CheckReport},
    render::{Record, Value},
};

/// The result of `check`.
pub struct CheckView<'a> {
    /// The report.
    pub report: &'a CheckReport,
}

impl Record for CheckView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let CheckReport { next, items, issues, .. } = self.report;
        let number = |count: u64| Value::Integer(count.cast_signed());
        field("schema", Value::Text("gatepass.check/v1"));
        field("level", Value::Text(self.report.level().as_str()));
        field("expired", number(self.report.expired));
        field("critical", number(self.report.critical));
        field("warning", number(self.report.warning));
        field("next", optional_text(next.as_ref().map(|(label, _)| label.as_str())));
        field("next_expires_at", optional_timestamp(next.as_ref().map(|(_, end)| *end)));
        field("items", Value::Records(items.values().map(|item| item as &dyn Record).collect()));
        field("refused_by_policy", number(self.report.refused_by_policy));
        field("tampered", number(issues.len() as u64));
    }
}

impl Record for CheckItem {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("id", Value::Text(&self.id));
        field("kind", Value::Text(self.kind.as_str()));
        field("account", Value::Text(self.account.as_str()));
        field("label", Value::Text(&self.label));
        field("state", Value::Text(self.state.as_str()));
        field("expires_at", optional_timestamp(self.expires_at));
        field("level", Value::Text(self.level.as_str()));
        field("refused_by_policy", optional_text(self.refused_by_policy.map(Reason::as_str)));
    }
}

//! The ends of lists: how many items were listed, and other totals.

use super::value::{optional_integer, optional_timestamp};
use crate::{
    domain::{credential::State, instant::Instant, notice::DeliveryResult},
    ops::{
        AppOrDistrict, app::legacy_report::LegacyReportTotals, outbox::report::DeliveryReport,
        query::list::ListSummary,
    },
    render::{Record, Value},
};

/// The end of a list of accounts.
pub struct AccountListSummary {
    /// The number of accounts listed.
    pub count: i64,
}

impl Record for AccountListSummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("listed", Value::Integer(self.count));
    }
}

/// The end of a list of audit records.
pub struct AuditListSummary {
    /// The number of records listed.
    pub count: i64,
}

impl Record for AuditListSummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("listed", Value::Integer(self.count));
    }
}

/// The end of a list of schemas.
pub struct SchemaListSummary {
    /// The number of schemas listed.
    pub count: i64,
}

impl Record for SchemaListSummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("listed", Value::Integer(self.count));
    }
}

/// The end of a list of changed credentials.
#[derive(Default)]
pub struct ChangeSummary {
    /// The number of credentials changed.
    pub count: i64,
    /// The ids of the credentials that were left as they are.
    pub skipped: Vec<String>,
}

impl Record for ChangeSummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let skipped = self.skipped.iter().map(|id| Value::Text(id)).collect();
        field("changed", Value::Integer(self.count));
        field("skipped", Value::Integer(self.skipped.len() as i64));
        field("skipped_ids", Value::List(skipped));
    }
}

/// The end of a list of credentials.
pub struct CredentialListSummary<'a> {
    /// The totals.
    pub summary: &'a ListSummary,
    /// The time as of which the states were determined.
    pub now: Instant,
}

impl Record for CredentialListSummary<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let ListSummary { matched, listed, states, slots_used, .. } = self.summary;
        field("matched", Value::Integer(matched.cast_signed()));
        field("listed", Value::Integer(listed.cast_signed()));
        field("at", optional_timestamp(Some(self.now)));
        for state in State::ALL {
            let count = states.map(|counts| counts.get(state).cast_signed());
            field(state.as_str(), optional_integer(count));
        }
        field("places_taken", Value::Integer(slots_used.iter().map(|(_, slots)| slots).sum()));
    }
}

/// The numbers at the end of a list of apps or districts.
#[derive(Default)]
pub struct DirectoryListSummary {
    listed: i64,
    hidden: i64,
}

impl DirectoryListSummary {
    /// Counts an app or a district. Returns whether it belongs in the list: a removed one does only with `all`.
    pub fn count(&mut self, is_removed: bool, all: bool) -> bool {
        let is_listed = all || !is_removed;
        if is_listed {
            self.listed += 1;
        } else {
            self.hidden += 1;
        }
        is_listed
    }

    /// Returns the line that is printed below the table.
    pub fn text(&self, kind: AppOrDistrict) -> String {
        let Self { listed, hidden } = self;
        let plural = if *listed == 1 { "" } else { "s" };
        let hidden = match hidden {
            0 => String::new(),
            hidden => format!("; {hidden} removed, shown with --all"),
        };
        format!("{listed} {}{plural}{hidden}", kind.as_str())
    }
}

impl Record for DirectoryListSummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("listed", Value::Integer(self.listed));
        field("hidden", Value::Integer(self.hidden));
    }
}

/// The end of a report on legacy keys.
pub struct LegacyReportSummary {
    /// The totals.
    pub totals: LegacyReportTotals,
    /// The number of days that the report covers.
    pub days: u32,
}

impl Record for LegacyReportSummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let LegacyReportTotals { listed, in_use, lacking_tokens, blocking } = self.totals;
        field("listed", Value::Integer(listed.cast_signed()));
        field("in_use", Value::Integer(in_use.cast_signed()));
        field("lacking_tokens", Value::Integer(lacking_tokens.cast_signed()));
        field("blocking", Value::Integer(blocking.cast_signed()));
        field("days", optional_integer(Some(self.days.into())));
    }
}

/// The numbers of messages at the end of a list of delivery attempts.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliverySummary {
    /// Due, but not sent because of `--dry-run`.
    pub due: i64,
    /// Acknowledged by the app.
    pub delivered: i64,
    /// Not acknowledged; another attempt follows.
    pub failed: i64,
    /// Not acknowledged, and no further attempt follows.
    pub given_up: i64,
    /// Dropped because the app no longer has a webhook.
    pub no_webhook: i64,
    /// Still to be sent after the run.
    pub pending: i64,
}

impl DeliverySummary {
    /// Counts one attempt.
    pub fn add(&mut self, report: &DeliveryReport) {
        let count = match (report.message.result(), &report.origin) {
            (Some(DeliveryResult::Delivered), _) => &mut self.delivered,
            (Some(DeliveryResult::NoWebhook), _) => &mut self.no_webhook,
            (Some(DeliveryResult::GivenUp | DeliveryResult::Gone), _) => &mut self.given_up,
            (None, Some(_)) => &mut self.failed,
            (None, None) => &mut self.due,
        };
        *count += 1;
    }

    /// Returns the line that is printed below the table.
    pub fn text(&self) -> String {
        let Self { due, delivered, failed, given_up, no_webhook, pending } = *self;
        let parts = [
            (due, "due"),
            (delivered, "delivered"),
            (failed, "failed, will be retried"),
            (given_up, "given up"),
            (no_webhook, "dropped because the app has no webhook"),
        ];
        let listed: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let text = if listed.is_empty() { "nothing due".to_owned() } else { listed.join(", ") };
        format!("{text}; {pending} pending")
    }
}

impl Record for DeliverySummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("due", Value::Integer(self.due));
        field("delivered", Value::Integer(self.delivered));
        field("failed", Value::Integer(self.failed));
        field("given_up", Value::Integer(self.given_up));
        field("no_webhook", Value::Integer(self.no_webhook));
        field("pending", Value::Integer(self.pending));
    }
}

//! Delivery attempts.

use std::fmt::Display;

use super::value::{column, number_column, optional_text, optional_timestamp};
use crate::{
    ops::outbox::report::DeliveryReport,
    render::{Cell, Column, Fit, Record, Row, Tone, Value},
};

/// An attempt to deliver a message to an app.
pub struct DeliveryView<'a> {
    report: &'a DeliveryReport,
    id: String,
    token: String,
    is_dry_run: bool,
}

impl<'a> DeliveryView<'a> {
    /// Creates the view of an attempt, or of one that a dry run did not make.
    pub fn new(report: &'a DeliveryReport, is_dry_run: bool) -> Self {
        let (id, token) = (report.message.id.to_string(), report.token.to_string());
        Self { report, id, token, is_dry_run }
    }
}

impl Record for DeliveryView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let DeliveryReport { message, app, origin, .. } = self.report;
        field("schema", Value::Text("gatepass.delivery/v1"));
        field("id", Value::Text(&self.id));
        field("app", Value::Text(app.id.as_str()));
        field("app_name", Value::Text(app.name.as_str()));
        field("event", Value::Text(message.event.as_str()));
        field("token", Value::Text(&self.token));
        field("made_at", Value::Timestamp(message.created_at.rfc3339_bytes()));
        field("sent_to", optional_text(origin.as_deref()));
        field("attempts", Value::Integer(i64::from(message.attempts)));
        field("result", Value::Text(self.report.result()));
        field("failure", optional_text(message.failure.as_deref()));
        field(
            "next_at",
            optional_timestamp(message.is_pending().then_some(message.next_attempt_at)),
        );
        field("label", Value::Text(app.name.as_str()));
        field("dry_run", Value::Bool(self.is_dry_run));
    }
}

impl Row for DeliveryView<'_> {
    fn names() -> &'static [&'static str] {
        &[
            "schema", "id", "app", "app_name", "event", "token", "made_at", "sent_to", "attempts",
            "result", "failure", "next_at", "label", "dry_run",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("MESSAGE", Fit::Id, 3),
            column("APP", Fit::Name, Column::REQUIRED),
            column("EVENT", Fit::Whole, 7),
            column("TOKEN", Fit::Id, Column::REQUIRED),
            number_column("ATTEMPTS", 2),
            column("RESULT", Fit::Whole, Column::REQUIRED),
            column("WHY", Fit::Text, 6),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        Some(&self.id)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let DeliveryReport { message, app, .. } = self.report;
        let mut cell = |text: &str, tone| push(Cell { text, tone });
        let is_failure = message.result().is_some_and(|result| result.is_failure());
        cell(&self.id, Tone::Dim);
        cell(app.name.as_str(), Tone::Plain);
        cell(message.event.as_str(), Tone::Plain);
        cell(&self.token, Tone::Dim);
        cell(&message.attempts.to_string(), Tone::Plain);
        cell(self.report.result(), if is_failure { Tone::Warn } else { Tone::Plain });
        cell(message.failure.as_deref().unwrap_or_default(), Tone::Warn);
    }
}

//! Secrets that `verify --find` found.

use std::fmt::Display;

use super::{
    decision::DecisionView,
    value::{column, number_column},
};
use crate::render::{Cell, Column, Fit, Record, Row, Tone, Value};

/// A secret in a text, and the decision about it. The secret itself is not shown.
pub struct FindingView<'a> {
    line: u64,
    decision: DecisionView<'a>,
}

impl<'a> FindingView<'a> {
    /// Creates the view of a secret in this line, counted from 1.
    pub fn new(line: u64, decision: DecisionView<'a>) -> Self {
        Self { line, decision }
    }
}

impl Record for FindingView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text("gatepass.finding/v1"));
        field("line", Value::Integer(self.line.cast_signed()));
        self.decision.put_fields(field);
    }
}

impl Row for FindingView<'_> {
    fn names() -> &'static [&'static str] {
        &[
            "schema",
            "line",
            "allowed",
            "reason",
            "message",
            "id",
            "kind",
            "account",
            "name",
            "user",
            "state",
            "secret_role",
            "expires_at",
            "scopes",
            "decided_at",
            "app",
            "app_name",
            "district",
            "district_name",
            "label",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            number_column("LINE", Column::REQUIRED),
            column("ID", Fit::Id, 6),
            column("NAME", Fit::Name, 7),
            column("RESULT", Fit::Text, Column::REQUIRED),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        self.decision.id.as_ref().map(|id| id as &dyn Display)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let mut cell = |text: &str, tone| push(Cell { text, tone });
        // A valid secret that lies around is bad news.
        let tone = if self.decision.is_allowed() { Tone::Bad } else { Tone::Plain };
        cell(&self.line.to_string(), Tone::Plain);
        cell(self.decision.id().unwrap_or_default(), Tone::Dim);
        cell(self.decision.label().unwrap_or_default(), Tone::Plain);
        cell(self.decision.message(), tone);
    }
}

/// The end of a list of secrets that were found.
#[derive(Default)]
pub struct FindingsSummary {
    found: i64,
    valid: i64,
}

impl FindingsSummary {
    /// Counts a secret.
    pub fn count(&mut self, is_valid: bool) {
        self.found += 1;
        self.valid += i64::from(is_valid);
    }

    /// Returns the line that is printed below the table.
    pub fn text(&self) -> String {
        let plural = if self.found == 1 { "" } else { "s" };
        format!("{} secret{plural} found, {} valid", self.found, self.valid)
    }
}

impl Record for FindingsSummary {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("found", Value::Integer(self.found));
        field("valid", Value::Integer(self.valid));
    }
}

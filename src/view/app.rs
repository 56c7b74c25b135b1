//! Apps.

use std::fmt::Display;

use super::{
    dry_run::DryRun,
    value::{
        ACCOUNT_COLUMN, column, number_column, optional_text, optional_timestamp, secrets_remark,
    },
};
use crate::{
    domain::{
        directory::{account::Account, app::App},
        instant::Instant,
    },
    ops::{app::summary::AppSummary, outbox::counts::MessageCounts},
    render::{Cell, Column, Fit, Record, Row, Tone, Value},
};

/// The name of the schema.
const APP_SCHEMA: &str = "gatepass.app/v1";

/// An app at a given time.
pub struct AppView<'a> {
    app: &'a App,
    summary: &'a AppSummary,
    account: &'a Account,
    now: Instant,
    /// The id of the legacy key.
    legacy: Option<String>,
    dry_run: DryRun,
}

impl<'a> AppView<'a> {
    /// Creates the view of an app of this account at `now`.
    pub fn new(app: &'a App, summary: &'a AppSummary, account: &'a Account, now: Instant) -> Self {
        let legacy = summary.legacy.as_ref().map(|legacy| legacy.id.to_string());
        Self { app, summary, account, now, legacy, dry_run: DryRun::No }
    }

    /// Sets what a dry run would have done to the app.
    pub fn in_dry_run(self, dry_run: DryRun) -> Self {
        Self { dry_run, ..self }
    }

    /// Returns what an admin should know about the app or its client secret.
    fn remark(&self) -> Option<String> {
        match &self.app.removed {
            Some(removed) => Some(format!("removed {}", removed.at)),
            None => secrets_remark(&self.app.secrets, self.now),
        }
    }

    /// Returns the name and value of each line that is printed for people.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { app, summary, .. } = self;
        let id = |name, id: String| self.dry_run.has_id().then_some((name, id));
        let mut pairs = Vec::from_iter(id("app", app.id.to_string()));
        pairs.push(("name", app.name.to_string()));
        pairs.push(("account", self.account.id.to_string()));
        pairs.extend(id("client id", app.client_id.to_string()));
        pairs.push(("client secret", self.secret_text()));
        if app.removed.is_none() {
            pairs.extend(self.remark().map(|remark| ("remark", remark)));
        }
        pairs.push(("limit", format!("{} per token", app.limit)));
        pairs.push(("tokens", summary.tokens.to_string()));
        if let Some(legacy) = &summary.legacy {
            pairs.push((
                "legacy key",
                format!("{}, {}", legacy.id, legacy.state(self.now).as_str()),
            ));
        }
        pairs.extend(
            app.webhook.as_ref().map(|webhook| ("webhook", webhook.url.as_str().to_owned())),
        );
        pairs.extend(self.messages_text().map(|messages| ("messages", messages)));
        pairs.push(("created", format!("{} by {}", app.created_at, app.created_by)));
        if let Some(removed) = &app.removed {
            pairs.push(("removed", format!("{} by {}", removed.at, removed.by)));
        }
        pairs
    }

    /// Returns the numbers of recent messages; `None` without a webhook and without messages.
    fn messages_text(&self) -> Option<String> {
        let MessageCounts { pending, delivered, lost } = self.summary.messages;
        let has_any = self.app.webhook.is_some() || pending + delivered + lost > 0;
        has_any.then(|| format!("{pending} pending, {delivered} delivered, {lost} given up"))
    }

    fn secret_text(&self) -> String {
        let secrets = &self.app.secrets;
        match secrets.generation {
            1 => format!("created {}", secrets.created_at),
            number => format!("number {number}, created {}", secrets.created_at),
        }
    }

    /// Puts the fields between `schema` and those of [`Self::put_later_fields`], for records that contain an app.
    pub(super) fn put_fields<'b>(&'b self, field: &mut dyn FnMut(&'static str, Value<'b>)) {
        let Self { app, summary, .. } = self;
        let secrets = &app.secrets;
        let (retiring, removed) = (secrets.retiring(self.now), app.removed.as_ref());
        field("id", self.dry_run.id(app.id.as_str()));
        field("client_id", self.dry_run.id(app.client_id.as_str()));
        field("account", Value::Text(self.account.id.as_str()));
        field("name", Value::Text(app.name.as_str()));
        field("limit_per_minute", Value::Integer(i64::from(app.limit.per_minute())));
        field("webhook", optional_text(app.webhook.as_ref().map(|webhook| webhook.url.as_str())));
        field("generation", Value::Integer(i64::from(secrets.generation)));
        field("secret_made_at", Value::Timestamp(secrets.created_at.rfc3339_bytes()));
        field("delivered_at", optional_timestamp(secrets.delivered_at));
        field("withdrawn", Value::Bool(secrets.is_withdrawn()));
        field("retiring_until", optional_timestamp(retiring.map(|old| old.until)));
        field("retiring_until_used", Value::Bool(retiring.is_some_and(|old| old.until_used)));
        field("tokens", Value::Integer(summary.tokens));
        field("legacy_key", optional_text(self.legacy.as_deref()));
        let legacy = summary.legacy.as_ref().map(|legacy| legacy.state(self.now).as_str());
        field("legacy_key_state", optional_text(legacy));
        field("created_at", Value::Timestamp(app.created_at.rfc3339_bytes()));
        field("created_by", Value::Text(&app.created_by));
        field("removed_at", optional_timestamp(removed.map(|removed| removed.at)));
        field("removed_by", optional_text(removed.map(|removed| removed.by.as_str())));
        field("messages_pending", Value::Integer(summary.messages.pending));
        field("messages_delivered", Value::Integer(summary.messages.delivered));
        field("messages_given_up", Value::Integer(summary.messages.lost));
    }

    /// Puts the fields that were added later. They come last in every record, so that columns of CSV keep their places.
    pub(super) fn put_later_fields<'b>(&'b self, field: &mut dyn FnMut(&'static str, Value<'b>)) {
        let App { secrets, removed, .. } = self.app;
        let undelivered = secrets.undelivered.filter(|_| removed.is_none());
        field("undelivered_reset_at", optional_timestamp(undelivered.map(|new| new.created_at)));
        field("label", Value::Text(self.app.name.as_str()));
        field("dry_run", Value::Bool(self.dry_run.is_dry_run()));
    }
}

/// The names of an app's fields, in order.
pub const APP_FIELDS: &[&str] = &[
    "schema",
    "id",
    "client_id",
    "account",
    "name",
    "limit_per_minute",
    "webhook",
    "generation",
    "secret_made_at",
    "delivered_at",
    "withdrawn",
    "retiring_until",
    "retiring_until_used",
    "tokens",
    "legacy_key",
    "legacy_key_state",
    "created_at",
    "created_by",
    "removed_at",
    "removed_by",
    "messages_pending",
    "messages_delivered",
    "messages_given_up",
    "undelivered_reset_at",
    "label",
    "dry_run",
];

impl Record for AppView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text(APP_SCHEMA));
        self.put_fields(field);
        self.put_later_fields(field);
    }
}

impl Row for AppView<'_> {
    fn names() -> &'static [&'static str] {
        APP_FIELDS
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("APP", Fit::Id, Column::REQUIRED),
            column("NAME", Fit::Name, Column::REQUIRED),
            column(ACCOUNT_COLUMN, Fit::Text, 4),
            // Apps authenticate with all of it.
            column("CLIENT ID", Fit::Whole, 2),
            number_column("LIMIT", 3),
            number_column("TOKENS", 6),
            column("LEGACY KEY", Fit::Whole, 5),
            column("REMARK", Fit::Text, 4),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        self.dry_run.has_id().then_some(&self.app.id as &dyn Display)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let Self { app, summary, .. } = self;
        let mut cell = |text: &str, tone| push(Cell { text, tone });
        cell(self.dry_run.id_cell(app.id.as_str()), Tone::Dim);
        cell(app.name.as_str(), Tone::Plain);
        cell(self.account.name.as_str(), Tone::Plain);
        cell(self.dry_run.id_cell(app.client_id.as_str()), Tone::Plain);
        cell(&app.limit.to_string(), Tone::Plain);
        cell(&summary.tokens.to_string(), Tone::Plain);
        let legacy = summary.legacy.as_ref().map(|legacy| legacy.state(self.now));
        cell(legacy.map_or("", |state| state.as_str()), Tone::Plain);
        let tone = if app.removed.is_some() { Tone::Dim } else { Tone::Warn };
        cell(&self.remark().unwrap_or_default(), tone);
    }
}

//! The policy and the report on legacy keys.

use std::fmt::Display;

use super::value::{
    ACCOUNT_COLUMN, column, number_column, optional_integer, optional_text, optional_timestamp,
    time_text,
};
use crate::{
    domain::{
        directory::{account::Account, district::District},
        duration::time_passed,
        instant::{DAY, Instant},
        legacy::LegacyStage,
        usage::LastUse,
    },
    ops::app::legacy_report::LegacyDependency,
    render::{Cell, Column, Fit, Record, Row, Tone, Value},
};

/// The policy of an account for its legacy keys.
pub struct LegacyPolicyView<'a> {
    /// The account.
    pub account: &'a Account,
    /// The time at which the stage is determined.
    pub now: Instant,
    /// Whether this is the policy after a change that a dry run did not make.
    pub is_dry_run: bool,
}

impl LegacyPolicyView<'_> {
    fn stage(&self) -> Option<LegacyStage> {
        self.account.legacy.as_ref().map(|policy| policy.stage(self.now))
    }

    /// Returns the name and value of each line that is printed for people.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("account", self.account.id.to_string())];
        let Some(policy) = &self.account.legacy else {
            let no_policy = "no policy; legacy keys are valid without limit or expiry";
            return pairs.into_iter().chain([("stage", no_policy.to_owned())]).collect();
        };
        let time_text = |at: Instant| time_text(at, self.now);
        let limited = format!("to {} from {}", policy.limit, time_text(policy.limited_at));
        pairs.push(("stage", stage_text(policy.stage(self.now)).to_owned()));
        pairs.push(("announced", time_text(policy.announced_at)));
        pairs.push(("limited", limited));
        pairs.push(("sunset", time_text(policy.sunset_at)));
        pairs.extend(policy.link.as_ref().map(|link| ("link", link.clone())));
        pairs
    }
}

impl Record for LegacyPolicyView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text("gatepass.legacy-policy/v1"));
        field("account", Value::Text(self.account.id.as_str()));
        put_policy(self.account, self.stage(), field);
        let policy = self.account.legacy.as_ref();
        field("link", optional_text(policy.and_then(|policy| policy.link.as_deref())));
        field("label", Value::Text(self.account.name.as_str()));
        field("dry_run", Value::Bool(self.is_dry_run));
    }
}

/// Puts the fields of a policy that a report contains, too.
fn put_policy<'a>(
    account: &Account,
    stage: Option<LegacyStage>,
    field: &mut dyn FnMut(&'static str, Value<'a>),
) {
    let policy = account.legacy.as_ref();
    field("stage", optional_text(stage.map(LegacyStage::as_str)));
    field("announced_at", optional_timestamp(policy.map(|policy| policy.announced_at)));
    field("limited_at", optional_timestamp(policy.map(|policy| policy.limited_at)));
    field(
        "limit_per_minute",
        optional_integer(policy.map(|policy| policy.limit.per_minute().into())),
    );
    field("sunset_at", optional_timestamp(policy.map(|policy| policy.sunset_at)));
}

impl Row for LegacyPolicyView<'_> {
    fn names() -> &'static [&'static str] {
        &[
            "schema",
            "account",
            "stage",
            "announced_at",
            "limited_at",
            "limit_per_minute",
            "sunset_at",
            "link",
            "label",
            "dry_run",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("ACCOUNT", Fit::Whole, Column::REQUIRED),
            column("STAGE", Fit::Whole, Column::REQUIRED),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        Some(&self.account.id)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        push(Cell { text: self.account.id.as_str(), tone: Tone::Plain });
        let (text, tone) = stage_cell(self.stage());
        push(Cell { text, tone });
    }
}

/// Returns the cell for a stage.
fn stage_cell(stage: Option<LegacyStage>) -> (&'static str, Tone) {
    match stage {
        None => ("no policy", Tone::Dim),
        Some(stage) => (stage_text(stage), stage_tone(stage)),
    }
}

fn stage_tone(stage: LegacyStage) -> Tone {
    match stage {
        LegacyStage::Scheduled => Tone::Plain,
        LegacyStage::Announced | LegacyStage::Limited => Tone::Warn,
        LegacyStage::Sunset => Tone::Bad,
    }
}

/// Returns the word for people. JSON says `quiet` for scheduled.
fn stage_text(stage: LegacyStage) -> &'static str {
    match stage {
        LegacyStage::Scheduled => "scheduled",
        other => other.as_str(),
    }
}

/// An app that depends on its legacy key.
pub struct LegacyAppView<'a> {
    dependency: &'a LegacyDependency<'a>,
    id: String,
    days: Vec<DailyUsageView>,
    with_token: Vec<NamedDistrict<'a>>,
    without_token: Vec<NamedDistrict<'a>>,
}

impl<'a> LegacyAppView<'a> {
    /// Creates the view of an app.
    pub fn new(dependency: &'a LegacyDependency<'a>) -> Self {
        let LegacyDependency { uses_by_day: days, with_token, without_token, now, .. } = dependency;
        let last = days.len() as i64 - 1;
        let day = |(number, uses): (i64, &u64)| {
            let timestamp = now.plus((number - last) * DAY).rfc3339_bytes();
            DailyUsageView { timestamp, uses: *uses }
        };
        let view = |district: &&'a District| NamedDistrict(district);
        Self {
            dependency,
            id: dependency.key.id.to_string(),
            days: (0..).zip(days).map(day).collect(),
            with_token: with_token.iter().map(view).collect(),
            without_token: without_token.iter().map(view).collect(),
        }
    }

    fn recent_uses(&self) -> u64 {
        self.dependency.uses_by_day.iter().fold(0, |sum, uses| sum.saturating_add(*uses))
    }

    fn total_uses(&self) -> u64 {
        self.dependency.last_use.as_ref().map_or(0, |last_use| last_use.count)
    }

    /// Returns why the app blocks the sunset; empty if it does not.
    fn blocking_reasons(&self) -> String {
        let lacking = match self.without_token.len() {
            0 => None,
            1 => Some("1 district without token".to_owned()),
            many => Some(format!("{many} districts without token")),
        };
        let in_use = self.dependency.is_in_use().then(|| "in use".to_owned());
        in_use.into_iter().chain(lacking).collect::<Vec<_>>().join(", ")
    }
}

impl Record for LegacyAppView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let LegacyDependency { app, account, last_use, .. } = self.dependency;
        let last_use = last_use.as_ref();
        let (with, without) = (self.with_token.len() as i64, self.without_token.len() as i64);
        field("schema", Value::Text("gatepass.legacy-app/v1"));
        field("app", Value::Text(app.id.as_str()));
        field("name", Value::Text(app.name.as_str()));
        field("account", Value::Text(account.id.as_str()));
        field("key", Value::Text(&self.id));
        put_policy(account, self.dependency.stage(), field);
        field("last_used_at", optional_timestamp(last_use.map(|last_use| last_use.at)));
        field(
            "last_used_from",
            optional_text(last_use.map(|last_use: &LastUse| last_use.peer.as_str())),
        );
        field("uses", Value::Integer(self.total_uses().cast_signed()));
        field("recent_uses", Value::Integer(self.recent_uses().cast_signed()));
        field("days", Value::Records(self.days.iter().map(|day| day as &dyn Record).collect()));
        field("districts_with_token", Value::Integer(with));
        field("districts_without_token", Value::Integer(without));
        field("with_token", records(&self.with_token));
        field("without_token", records(&self.without_token));
        field("in_use", Value::Bool(self.dependency.is_in_use()));
        field("blocks_sunset", Value::Bool(self.dependency.blocks_sunset()));
        field("label", Value::Text(app.name.as_str()));
    }
}

fn records<'a>(districts: &'a [NamedDistrict<'_>]) -> Value<'a> {
    Value::Records(districts.iter().map(|district| district as &dyn Record).collect())
}

impl Row for LegacyAppView<'_> {
    fn names() -> &'static [&'static str] {
        &[
            "schema",
            "app",
            "name",
            "account",
            "key",
            "stage",
            "announced_at",
            "limited_at",
            "limit_per_minute",
            "sunset_at",
            "last_used_at",
            "last_used_from",
            "uses",
            "recent_uses",
            "days",
            "districts_with_token",
            "districts_without_token",
            "with_token",
            "without_token",
            "in_use",
            "blocks_sunset",
            "label",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("APP", Fit::Name, Column::REQUIRED),
            column("ID", Fit::Id, 2),
            column(ACCOUNT_COLUMN, Fit::Text, 1),
            column("STAGE", Fit::Whole, 5),
            number_column("LAST USE", 7),
            number_column("RECENT", 6),
            number_column("TOTAL", 3),
            number_column("TOKENS", 4),
            column("BLOCKING", Fit::Text, 8),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        Some(&self.dependency.app.id)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let mut cell = |text: &str, tone| push(Cell { text, tone });
        let LegacyDependency { app, account, last_use, now, .. } = self.dependency;
        cell(app.name.as_str(), Tone::Plain);
        cell(app.id.as_str(), Tone::Dim);
        cell(account.name.as_str(), Tone::Plain);
        let (stage, tone) = stage_cell(self.dependency.stage());
        cell(stage, tone);
        match last_use {
            Some(last_use) => {
                cell(&format!("{} ago", time_passed(now.since(last_use.at))), Tone::Plain);
            }
            None => cell("never", Tone::Dim),
        }
        cell(&self.recent_uses().to_string(), Tone::Plain);
        cell(&self.total_uses().to_string(), Tone::Plain);
        let (with, without) = (self.with_token.len(), self.without_token.len());
        cell(&format!("{with} of {}", with + without), Tone::Plain);
        match self.blocking_reasons() {
            reasons if reasons.is_empty() => cell("no", Tone::Good),
            reasons => cell(&reasons, Tone::Bad),
        }
    }
}

/// The number of uses of a key on one day.
struct DailyUsageView {
    /// The time of the report on that day, as RFC 3339.
    timestamp: [u8; 20],
    uses: u64,
}

impl Record for DailyUsageView {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("date", Value::Text(super::value::ascii(&self.timestamp[..10])));
        field("uses", Value::Integer(self.uses.cast_signed()));
    }
}

/// A district as an item of a report.
struct NamedDistrict<'a>(&'a District);

impl Record for NamedDistrict<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("id", Value::Text(self.0.id.as_str()));
        field("name", Value::Text(self.0.name.as_str()));
    }
}

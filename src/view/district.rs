//! Districts.

use std::fmt::Display;

use super::{
    dry_run::DryRun,
    value::{ACCOUNT_COLUMN, column, optional_text, optional_timestamp},
};
use crate::{
    domain::directory::{
        account::Account,
        district::{District, ExternalId},
    },
    render::{Cell, Column, Fit, Record, Row, Tone, Value},
};

/// The name of the schema.
const DISTRICT_SCHEMA: &str = "gatepass.district/v1";

/// A district of an account.
pub struct DistrictView<'a> {
    /// The district.
    pub district: &'a District,
    /// Its account.
    pub account: &'a Account,
    /// What a dry run would have done to the district.
    pub dry_run: DryRun,
}

impl DistrictView<'_> {
    /// Returns the name and value of each line that is printed for people.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { district, account, dry_run } = self;
        let id = dry_run.has_id().then(|| ("district", district.id.to_string()));
        let mut pairs = Vec::from_iter(id);
        pairs.push(("name", district.name.to_string()));
        pairs.push(("account", account.id.to_string()));
        pairs.extend(district.external_id.as_ref().map(|id| ("external id", id.to_string())));
        pairs.push(("created", format!("{} by {}", district.created_at, district.created_by)));
        if let Some(removed) = &district.removed {
            pairs.push(("removed", format!("{} by {}", removed.at, removed.by)));
        }
        pairs
    }
}

impl Record for DistrictView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self { district, account, dry_run } = self;
        let removed = district.removed.as_ref();
        field("schema", Value::Text(DISTRICT_SCHEMA));
        field("id", dry_run.id(district.id.as_str()));
        field("account", Value::Text(account.id.as_str()));
        field("name", Value::Text(district.name.as_str()));
        field("external_id", optional_text(district.external_id.as_ref().map(ExternalId::as_str)));
        field("created_at", Value::Timestamp(district.created_at.rfc3339_bytes()));
        field("created_by", Value::Text(&district.created_by));
        field("removed_at", optional_timestamp(removed.map(|removed| removed.at)));
        field("removed_by", optional_text(removed.map(|removed| removed.by.as_str())));
        field("label", Value::Text(district.name.as_str()));
        field("dry_run", Value::Bool(dry_run.is_dry_run()));
    }
}

impl Row for DistrictView<'_> {
    fn names() -> &'static [&'static str] {
        &[
            "schema",
            "id",
            "account",
            "name",
            "external_id",
            "created_at",
            "created_by",
            "removed_at",
            "removed_by",
            "label",
            "dry_run",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("DISTRICT", Fit::Id, Column::REQUIRED),
            column("NAME", Fit::Name, Column::REQUIRED),
            column(ACCOUNT_COLUMN, Fit::Text, 4),
            column("EXTERNAL ID", Fit::Text, 7),
            column("REMARK", Fit::Text, 2),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        self.dry_run.has_id().then_some(&self.district.id as &dyn Display)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let Self { district, account, dry_run } = self;
        let mut cell = |text: &str, tone| push(Cell { text, tone });
        cell(dry_run.id_cell(district.id.as_str()), Tone::Dim);
        cell(district.name.as_str(), Tone::Plain);
        cell(account.name.as_str(), Tone::Plain);
        cell(district.external_id.as_ref().map_or("", ExternalId::as_str), Tone::Plain);
        let removed = district.removed.as_ref().map(|removed| format!("removed {}", removed.at));
        cell(&removed.unwrap_or_default(), Tone::Dim);
    }
}

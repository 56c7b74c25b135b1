//! Accounts.

use std::fmt::Display;

use super::super::{
    dry_run::DryRun,
    value::{column, number_column},
};
use crate::{
    domain::directory::account::{Account, PASSCODE_CAP},
    render::{Cell, Column, Fit, Record, Row, Tone, Value},
};

/// The name of the schema.
const ACCOUNT_SCHEMA: &str = "gatepass.account/v1";

/// An account and how many of its slots are used.
pub struct AccountView<'a> {
    /// The account.
    pub account: &'a Account,
    /// The number of slots in use, 0 to [`PASSCODE_CAP`].
    pub slots_taken: i64,
    /// What a dry run would have done to the account.
    pub dry_run: DryRun,
}

impl AccountView<'_> {
    /// Returns the name and value of each line that is printed for people.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { account, slots_taken, dry_run } = self;
        let required = if account.require_user_passcode { "required" } else { "not required" };
        let id = dry_run.has_id().then(|| ("account", account.id.to_string()));
        let rest = [
            ("name", account.name.to_string()),
            ("region", account.region.as_str().to_owned()),
            ("user passcodes", required.to_owned()),
            ("slots taken", format!("{slots_taken} of {PASSCODE_CAP}")),
            ("created", account.created_at.to_string()),
        ];
        id.into_iter().chain(rest).collect()
    }
}

impl Record for AccountView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self { account, slots_taken, dry_run } = self;
        field("schema", Value::Text(ACCOUNT_SCHEMA));
        field("id", dry_run.id(account.id.as_str()));
        field("name", Value::Text(account.name.as_str()));
        field("region", Value::Text(account.region.as_str()));
        field("require_user_passcode", Value::Bool(account.require_user_passcode));
        field("places_taken", Value::Integer(*slots_taken));
        field("created_at", Value::Timestamp(account.created_at.rfc3339_bytes()));
        field("label", Value::Text(account.name.as_str()));
        field("dry_run", Value::Bool(dry_run.is_dry_run()));
    }
}

impl Row for AccountView<'_> {
    fn names() -> &'static [&'static str] {
        &[
            "schema",
            "id",
            "name",
            "region",
            "require_user_passcode",
            "places_taken",
            "created_at",
            "label",
            "dry_run",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("ACCOUNT", Fit::Whole, Column::REQUIRED),
            column("NAME", Fit::Name, Column::REQUIRED),
            column("REGION", Fit::Whole, 7),
            column("USER PASSCODES", Fit::Whole, 5),
            number_column("SLOTS", 6),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        self.dry_run.has_id().then_some(&self.account.id as &dyn Display)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let Self { account, slots_taken, dry_run } = self;
        let mut cell = |text: &str| push(Cell { text, tone: Tone::Plain });
        cell(dry_run.id_cell(account.id.as_str()));
        cell(account.name.as_str());
        cell(account.region.as_str());
        cell(if account.require_user_passcode { "required" } else { "" });
        cell(&slots_taken.to_string());
    }
}

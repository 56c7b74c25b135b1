//! Accounts.

use std::fmt::Display;

use super::super::value::{column, number_column};
use crate::{
    domain::directory::account::{Account, PASSCODE_CAP},
    render::{Cell, Column, Record, Row, Tone, Value},
};

/// The name of the schema.
const ACCOUNT_SCHEMA: &str = "gatepass.account/v1";

/// An account and how many of its slots are used.
pub struct AccountView<'a> {
    /// The account.
    pub account: &'a Account,
    /// The number of slots in use, 0 to [`PASSCODE_CAP`].
    pub slots_taken: i64,
}

impl AccountView<'_> {
    /// Returns the name and value of each line that is printed for people.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { account, slots_taken } = self;
        let required = if account.require_user_passcode { "required" } else { "not required" };
        vec![
            ("account", account.id.to_string()),
            ("name", account.name.to_string()),
            ("region", account.region.as_str().to_owned()),
            ("user passcodes", required.to_owned()),
            ("slots taken", format!("{slots_taken} of {PASSCODE_CAP}")),
            ("created", account.created_at.to_string()),
        ]
    }
}

impl Record for AccountView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self { account, slots_taken } = self;
        field("schema", Value::Text(ACCOUNT_SCHEMA));
        field("id", Value::Text(account.id.as_str()));
        field("name", Value::Text(account.name.as_str()));
        field("region", Value::Text(account.region.as_str()));
        field("require_user_passcode", Value::Bool(account.require_user_passcode));
        field("places_taken", Value::Integer(*slots_taken));
        field("created_at", Value::Timestamp(account.created_at.rfc3339_bytes()));
    }
}

impl Row for AccountView<'_> {
    fn names() -> &'static [&'static str] {
        &["schema", "id", "name", "region", "require_user_passcode", "places_taken", "created_at"]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            column("ACCOUNT", false, 9),
            column("NAME", true, 8),
            column("REGION", false, 7),
            column("USER PASSCODES", false, 5),
            number_column("SLOTS", 6),
        ];
        COLUMNS
    }

    fn handle(&self) -> &dyn Display {
        &self.account.id
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let Self { account, slots_taken } = self;
        let mut cell = |text: &str| push(Cell { text, tone: Tone::Plain });
        cell(account.id.as_str());
        cell(account.name.as_str());
        cell(account.region.as_str());
        cell(if account.require_user_passcode { "required" } else { "" });
        cell(&slots_taken.to_string());
    }
}

//! What is printed of an account.

use std::fmt::Display;

use super::value::{column, number_column};
use crate::{
    domain::directory::account::{Account, PASSCODE_CAP},
    render::{Cell, Column, Record, Row, Tone, Value},
};

/// The schema of an account.
const ACCOUNT_SCHEMA: &str = "gatepass.account/v1";

/// An account.
pub struct AccountView<'a> {
    /// The record.
    pub account: &'a Account,
    /// How many of its places are taken.
    pub slots_taken: i64,
}

impl AccountView<'_> {
    /// What a person reads of it.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { account, slots_taken: places } = self;
        let demand = if account.require_user_passcode { "demanded" } else { "not demanded" };
        vec![
            ("account", account.id.to_string()),
            ("name", account.name.to_string()),
            ("region", account.region.as_str().to_owned()),
            ("user passcodes", demand.to_owned()),
            ("places taken", format!("{places} of {}", PASSCODE_CAP)),
            ("created", account.created_at.to_string()),
        ]
    }
}

impl Record for AccountView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self { account, slots_taken: places } = self;
        put("schema", Value::Text(ACCOUNT_SCHEMA));
        put("id", Value::Text(account.id.as_str()));
        put("name", Value::Text(account.name.as_str()));
        put("region", Value::Text(account.region.as_str()));
        put("require_user_passcode", Value::Bool(account.require_user_passcode));
        put("places_taken", Value::Integer(*places));
        put("created_at", Value::Timestamp(account.created_at.rfc3339_bytes()));
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
            number_column("PLACES", 6),
        ];
        COLUMNS
    }

    fn handle(&self) -> &dyn Display {
        &self.account.id
    }

    fn cells(&self, put: &mut dyn FnMut(Cell<'_>)) {
        let Self { account, slots_taken: places } = self;
        let mut cell = |text: &str| put(Cell { text, tone: Tone::Plain });
        cell(account.id.as_str());
        cell(account.name.as_str());
        cell(account.region.as_str());
        cell(if account.require_user_passcode { "demanded" } else { "" });
        cell(&places.to_string());
    }
}

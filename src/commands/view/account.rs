//! What is printed of an account.

use std::fmt::Display;

use super::ACCOUNT_SCHEMA;
use crate::{
    domain::account::Account,
    render::{Align, Cell, Column, Record, Row, Tone, Value},
};

/// An account.
pub struct AccountView<'a> {
    /// The record.
    pub account: &'a Account,
    /// How many of its places are taken.
    pub places: i64,
}

impl AccountView<'_> {
    /// What a person reads of it.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { account, places } = self;
        let demand = if account.require_user_passcode { "demanded" } else { "not demanded" };
        vec![
            ("account", account.id.to_string()),
            ("name", account.name.to_string()),
            ("region", account.region.as_str().to_owned()),
            ("user passcodes", demand.to_owned()),
            ("places taken", format!("{places} of {}", crate::domain::account::CAP)),
            ("created", account.created_at.to_string()),
        ]
    }
}

impl Record for AccountView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self { account, places } = self;
        put("schema", Value::Text(ACCOUNT_SCHEMA));
        put("id", Value::Text(account.id.as_str()));
        put("name", Value::Text(account.name.as_str()));
        put("region", Value::Text(account.region.as_str()));
        put("require_user_passcode", Value::Bool(account.require_user_passcode));
        put("places_taken", Value::Integer(*places));
        put("created_at", Value::Stamp(account.created_at.stamp()));
    }
}

impl Row for AccountView<'_> {
    fn names() -> &'static [&'static str] {
        &["schema", "id", "name", "region", "require_user_passcode", "places_taken", "created_at"]
    }

    fn columns() -> &'static [Column] {
        const fn column(title: &'static str, shrink: bool, priority: u8) -> Column {
            Column { title, align: Align::Left, shrink, priority }
        }
        const COLUMNS: &[Column] = &[
            column("ACCOUNT", false, 9),
            column("NAME", true, 8),
            column("REGION", false, 7),
            column("USER PASSCODES", false, 5),
            Column { title: "PLACES", align: Align::Right, shrink: false, priority: 6 },
        ];
        COLUMNS
    }

    fn handle(&self) -> &dyn Display {
        &self.account.id
    }

    fn cells(&self, put: &mut dyn FnMut(Cell<'_>)) {
        let Self { account, places } = self;
        let mut cell = |text: &str| put(Cell { text, tone: Tone::Plain });
        cell(account.id.as_str());
        cell(account.name.as_str());
        cell(account.region.as_str());
        cell(if account.require_user_passcode { "demanded" } else { "" });
        cell(&places.to_string());
    }
}

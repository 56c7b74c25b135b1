//! Values of SQLite: binding them to the parameters of a statement, and reading them from rows.

use std::borrow::Cow;

use rusqlite::{
    Row, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use crate::store::table::{RawRow, Value};

impl ToSql for Value<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>, rusqlite::Error> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl RawRow for Row<'_> {
    fn value(&self, position: usize) -> Option<Value<'_>> {
        match self.get_ref(position).ok()? {
            ValueRef::Null => Some(Value::Null),
            ValueRef::Integer(value) => Some(Value::Int(value)),
            ValueRef::Text(bytes) => {
                Some(Value::Text(Cow::Borrowed(std::str::from_utf8(bytes).ok()?)))
            }
            ValueRef::Blob(bytes) => Some(Value::Blob(Cow::Borrowed(bytes))),
            ValueRef::Real(_) => None,
        }
    }
}

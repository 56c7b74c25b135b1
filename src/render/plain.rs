//! Values as plain text: what a cell of CSV and `--field` say.

use super::{
    Value, json,
    text::{escape, push_integer},
};

/// Appends one value as text for people and scripts.
pub(super) fn push_value(bytes: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Null => {}
        Value::Bool(true) => bytes.extend_from_slice(b"true"),
        Value::Bool(false) => bytes.extend_from_slice(b"false"),
        Value::Integer(number) => push_integer(bytes, number),
        Value::Text(text) => bytes.extend_from_slice(escape(text).as_bytes()),
        Value::Timestamp(stamp) => bytes.extend_from_slice(&stamp),
        Value::List(values) => {
            for (place, value) in values.into_iter().enumerate() {
                if place > 0 {
                    bytes.push(b' ');
                }
                push_value(bytes, value);
            }
        }
        Value::Record(_) | Value::Records(_) => json::value(bytes, value),
    }
}

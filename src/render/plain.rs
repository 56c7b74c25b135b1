//! Values as plain text, for CSV cells and `--field`.

use super::{
    json,
    record::Value,
    text::{escape, push_integer},
};

/// Appends a value as escaped text.
pub(super) fn push_value(bytes: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Null => {}
        Value::Bool(true) => bytes.extend_from_slice(b"true"),
        Value::Bool(false) => bytes.extend_from_slice(b"false"),
        Value::Integer(number) => push_integer(bytes, number),
        Value::Text(text) => bytes.extend_from_slice(escape(text).as_bytes()),
        Value::Timestamp(timestamp) => bytes.extend_from_slice(&timestamp),
        Value::List(values) => {
            for (position, value) in values.into_iter().enumerate() {
                if position > 0 {
                    bytes.push(b' ');
                }
                push_value(bytes, value);
            }
        }
        Value::Record(_) | Value::Records(_) => json::value(bytes, value),
    }
}

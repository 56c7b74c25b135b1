//! JSON that is safe to print: text that could control a terminal is escaped, too.
//!
//! serde_json does not escape such text. This writer is also faster, which matters for lists of a million rows.

use std::io;

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

use super::{
    record::{Record, Value},
    text::{is_plain_in_json, is_unsafe, push_integer, push_short},
};

/// Appends a record as an object on one line.
pub(super) fn object(bytes: &mut Vec<u8>, record: &dyn Record) {
    push_object::<false>(bytes, record, 0);
}

/// Appends a record as an object over several lines, indented by two spaces.
pub(super) fn pretty_object(bytes: &mut Vec<u8>, record: &dyn Record) {
    push_object::<true>(bytes, record, 0);
}

/// Appends a value on one line.
pub(super) fn value(bytes: &mut Vec<u8>, value: Value<'_>) {
    push_value::<false>(bytes, value, 0);
}

/// Returns a value of another type than [`Record`] on one line, with the same escapes.
pub fn json_text(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    // Writing to memory can't fail, and no value has keys that are not strings.
    let _written = value.serialize(&mut Serializer::with_formatter(&mut bytes, SafeFormatter));
    String::from_utf8(bytes).unwrap_or_default()
}

/// Writes compact JSON with the escapes of this module.
struct SafeFormatter;

impl Formatter for SafeFormatter {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(fragment.len());
        push_escaped(&mut bytes, fragment);
        writer.write_all(&bytes)
    }
}

/// Writes the objects of a list. They all have the same fields, so the text between two values is prepared once.
pub(super) struct ObjectWriter {
    keys: Vec<FieldKey>,
}

struct FieldKey {
    name: &'static str,
    /// The key with the punctuation before and after it, padded: copying a fixed length takes a few instructions, copying a
    /// variable length takes a call.
    text: [u8; 32],
    length: usize,
}

impl ObjectWriter {
    /// Creates a writer for records with these field names.
    pub(super) fn new(names: &[&'static str]) -> Self {
        let key = |(position, name): (usize, &&'static str)| {
            let key = format!("{}\"{name}\":", if position == 0 { '{' } else { ',' });
            let mut text = [0; 32];
            // A longer key never matches in `push`, which then builds it for each record.
            let name = if key.len() <= text.len() { *name } else { "" };
            let length = key.len().min(text.len());
            text[..length].copy_from_slice(&key.as_bytes()[..length]);
            FieldKey { name, text, length }
        };
        Self { keys: names.iter().enumerate().map(key).collect() }
    }

    /// Appends a record as [`object`] does.
    #[inline]
    pub(super) fn push<R: Record>(&self, bytes: &mut Vec<u8>, record: &R) {
        let mut position = 0;
        record.fields(&mut |name, value| {
            match self.keys.get(position) {
                Some(key) if std::ptr::eq(key.name, name) => {
                    let end = bytes.len() + key.length;
                    bytes.extend_from_slice(&key.text);
                    bytes.truncate(end);
                }
                // The name is longer than a key, or equal but at another address.
                _ => push_key::<false>(bytes, name, position == 0, 0),
            }
            position += 1;
            push_value::<false>(bytes, value, 0);
        });
        bytes.extend_from_slice(if position == 0 { b"{}" } else { b"}" });
    }
}

/// Appends a string in quotes.
#[inline]
pub(super) fn string(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(b'"');
    if is_plain_in_json(text.as_bytes()) {
        push_short(bytes, text.as_bytes());
    } else {
        push_escaped(bytes, text);
    }
    bytes.push(b'"');
}

fn push_object<const PRETTY: bool>(bytes: &mut Vec<u8>, record: &dyn Record, depth: usize) {
    let mut first = true;
    record.fields(&mut |name, value| {
        push_key::<PRETTY>(bytes, name, first, depth + 1);
        first = false;
        push_value::<PRETTY>(bytes, value, depth + 1);
    });
    if first {
        bytes.push(b'{');
    } else if PRETTY {
        push_line(bytes, depth);
    }
    bytes.push(b'}');
}

fn push_key<const PRETTY: bool>(bytes: &mut Vec<u8>, name: &str, first: bool, depth: usize) {
    // Field names are constants, so checking them in debug builds is enough.
    debug_assert!(is_plain_in_json(name.as_bytes()), "field name {name:?}");
    bytes.push(if first { b'{' } else { b',' });
    if PRETTY {
        push_line(bytes, depth);
    }
    bytes.push(b'"');
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend_from_slice(if PRETTY { b"\": " } else { b"\":" });
}

#[inline(always)]
fn push_value<const PRETTY: bool>(bytes: &mut Vec<u8>, value: Value<'_>, depth: usize) {
    match value {
        Value::Null => bytes.extend_from_slice(b"null"),
        Value::Bool(true) => bytes.extend_from_slice(b"true"),
        Value::Bool(false) => bytes.extend_from_slice(b"false"),
        Value::Integer(number) => push_integer(bytes, number),
        Value::Text(text) => string(bytes, text),
        Value::Timestamp(timestamp) => {
            debug_assert!(is_plain_in_json(&timestamp), "timestamp {timestamp:?}");
            bytes.push(b'"');
            bytes.extend_from_slice(&timestamp);
            bytes.push(b'"');
        }
        nested => push_nested::<PRETTY>(bytes, nested, depth),
    }
}

/// Not inlined, so that the code for the frequent scalar values stays small and is inlined.
#[inline(never)]
fn push_nested<const PRETTY: bool>(bytes: &mut Vec<u8>, value: Value<'_>, depth: usize) {
    match value {
        Value::List(values) => push_array::<_, PRETTY>(bytes, values, depth, push_value::<PRETTY>),
        Value::Record(record) => push_object::<PRETTY>(bytes, record, depth),
        Value::Records(records) => {
            push_array::<_, PRETTY>(bytes, records, depth, push_object::<PRETTY>)
        }
        scalar => push_value::<PRETTY>(bytes, scalar, depth),
    }
}

fn push_array<T, const PRETTY: bool>(
    bytes: &mut Vec<u8>,
    items: Vec<T>,
    depth: usize,
    push: impl Fn(&mut Vec<u8>, T, usize),
) {
    let empty = items.is_empty();
    bytes.push(b'[');
    for (position, item) in items.into_iter().enumerate() {
        if position > 0 {
            bytes.push(b',');
        }
        if PRETTY {
            push_line(bytes, depth + 1);
        }
        push(bytes, item, depth + 1);
    }
    if PRETTY && !empty {
        push_line(bytes, depth);
    }
    bytes.push(b']');
}

fn push_line(bytes: &mut Vec<u8>, depth: usize) {
    bytes.push(b'\n');
    bytes.resize(bytes.len() + 2 * depth, b' ');
}

#[cold]
fn push_escaped(bytes: &mut Vec<u8>, text: &str) {
    let mut done = 0;
    for (at, character) in text.char_indices() {
        if !matches!(character, '"' | '\\') && !is_unsafe(character) {
            continue;
        }
        bytes.extend_from_slice(&text.as_bytes()[done..at]);
        push_escape(bytes, character);
        done = at + character.len_utf8();
    }
    bytes.extend_from_slice(&text.as_bytes()[done..]);
}

fn push_escape(bytes: &mut Vec<u8>, character: char) {
    let short = match character {
        '"' => b'"',
        '\\' => b'\\',
        '\n' => b'n',
        '\r' => b'r',
        '\t' => b't',
        _ => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                bytes.extend_from_slice(b"\\u");
                for shift in [12, 8, 4, 0] {
                    bytes.push(b"0123456789abcdef"[usize::from(*unit >> shift & 0xf)]);
                }
            }
            return;
        }
    };
    bytes.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::{
        super::text::is_unsafe,
        super::{
            fixture::{ADVERSARIAL_TEXTS, Sample},
            record::Row,
        },
        ObjectWriter, json_text, object, pretty_object, string,
    };
    use serde_json::json;

    fn written(text: &str) -> String {
        let mut bytes = Vec::new();
        string(&mut bytes, text);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn strings_are_escaped_as_json_and_for_terminals() {
        for (text, safe) in [
            ("plain", r#""plain""#),
            ("say \"hi\" \\o/", r#""say \"hi\" \\o/""#),
            ("\u{1b}[2J\n\r\t\0", r#""\u001b[2J\n\r\t\u0000""#),
            ("\u{7f}\u{9b}", r#""\u007f\u009b""#),
            ("\u{202e}\u{2028}\u{feff}", r#""\u202e\u2028\ufeff""#),
            ("\u{e0041}!", r#""\udb40\udc41!""#),
            ("名前 👍", "\"名前 👍\""),
        ] {
            assert_eq!(written(text), safe);
            assert_eq!(json_text(&text), safe);
        }
    }

    #[test]
    fn every_character_survives_a_parser() {
        let all: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        for json in [written(&all), json_text(&all)] {
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), all);
            assert!(!json.chars().any(is_unsafe));
        }
    }

    #[test]
    fn a_record_of_every_kind_of_value_survives_a_parser() {
        for nasty in ADVERSARIAL_TEXTS {
            let sample = Sample::new("pc_1", nasty, -7);
            let expected = json!({
                "id": "pc_1", "name": nasty, "uses": -7, "live": true, "ended": null, "made": "2026-11-22T06:18:34Z",
                "scopes": ["read", nasty], "owner": { "region": nasty }, "seats": [{ "region": "eu" }, { "region": nasty }],
            });
            let mut compact = Vec::new();
            object(&mut compact, &sample);
            assert_eq!(serde_json::from_slice::<serde_json::Value>(&compact).unwrap(), expected);
            assert!(!compact.contains(&b'\n'));
            // Copies of the names have other addresses than the record's own.
            let copied = Sample::names().iter().map(|name| &*String::leak((*name).to_owned()));
            for names in [Sample::names().to_vec(), copied.collect(), Vec::new()] {
                let mut listed = Vec::new();
                ObjectWriter::new(&names).push(&mut listed, &sample);
                assert_eq!(listed, compact);
            }
            let mut pretty = Vec::new();
            pretty_object(&mut pretty, &sample);
            assert_eq!(serde_json::from_slice::<serde_json::Value>(&pretty).unwrap(), expected);
        }
    }

    #[test]
    fn pretty_objects_are_indented_by_two() {
        let mut sample = Sample::new("pc_1", "n", 1);
        sample.scopes.clear();
        let mut bytes = Vec::new();
        pretty_object(&mut bytes, &sample);
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            r#"{
  "id": "pc_1",
  "name": "n",
  "uses": 1,
  "live": true,
  "ended": null,
  "made": "2026-11-22T06:18:34Z",
  "scopes": [],
  "owner": {
    "region": "n"
  },
  "seats": [
    {
      "region": "eu"
    },
    {
      "region": "n"
    }
  ]
}"#
        );
    }
}

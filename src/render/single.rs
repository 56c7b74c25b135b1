//! Output of a single record.

use std::io::{self, Write};

use super::{
    csv::CsvWriter,
    error::{FieldError, UnknownField},
    json,
    plain::push_value,
    record::Record,
    style::{Format, Style},
    table::GAP,
    text::{escape, width},
    wrap::wrap,
};

/// Writes the pairs for people: one per line, with aligned values. At a terminal, long values wrap at words below
/// themselves. Nothing is truncated.
pub fn details(out: &mut dyn Write, style: &Style, pairs: &[(&str, String)]) -> io::Result<()> {
    let widest = pairs.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let (dim, reset) = if style.colour { ("\x1b[2m", "\x1b[0m") } else { ("", "") };
    let room = style.width.map(|width| width.saturating_sub(widest + GAP));
    let mut text = String::new();
    for (name, value) in pairs {
        let padding = widest - width(name);
        let value = wrap(&escape(value), room).replace('\n', &format!("\n{:widest$}  ", ""));
        let line = format!("{dim}{name}{reset}{:padding$}  {value}", "");
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    }
    out.write_all(text.as_bytes())
}

/// Writes all fields of a record. As a table they look like [`details`], for views without details of their own.
pub fn record(out: &mut dyn Write, format: Format, record: &dyn Record) -> io::Result<()> {
    let mut bytes = Vec::new();
    match format {
        Format::Table => return record_as_table(out, record),
        Format::Json => json::pretty_object(&mut bytes, record),
        Format::Jsonl => json::object(&mut bytes, record),
        Format::Csv => {
            let mut csv = CsvWriter::new(out, Some(names(record)));
            csv.row(record)?;
            return csv.finish();
        }
    }
    bytes.push(b'\n');
    out.write_all(&bytes)
}

/// Writes the values of fields in one line, with tabs between them. The value of a field that is null is empty.
///
/// # Errors
/// If the record lacks one of the fields, or writing fails.
pub fn fields(
    out: &mut dyn Write,
    record: &dyn Record,
    wanted: &[String],
) -> Result<(), FieldError> {
    UnknownField::check(wanted, &names(record))?;
    let mut bytes = Vec::new();
    push_fields(&mut bytes, record, wanted);
    Ok(out.write_all(&bytes)?)
}

/// Appends the line of [`fields`].
pub(super) fn push_fields<R: Record + ?Sized>(bytes: &mut Vec<u8>, record: &R, names: &[String]) {
    for (position, name) in names.iter().enumerate() {
        if position > 0 {
            bytes.push(b'\t');
        }
        record.fields(&mut |known, value| {
            if known == name {
                push_value(bytes, value);
            }
        });
    }
    bytes.push(b'\n');
}

fn record_as_table(out: &mut dyn Write, record: &dyn Record) -> io::Result<()> {
    let widest = names(record).into_iter().map(str::len).max().unwrap_or(0);
    let mut bytes = Vec::new();
    record.fields(&mut |name, value| {
        let mut line = format!("{name:widest$}  ").into_bytes();
        push_value(&mut line, value);
        bytes.extend_from_slice(line.trim_ascii_end());
        bytes.push(b'\n');
    });
    out.write_all(&bytes)
}

fn names(record: &dyn Record) -> Vec<&'static str> {
    let mut names = Vec::new();
    record.fields(&mut |name, _| names.push(name));
    names
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            error::FieldError,
            fixture::{ADVERSARIAL_TEXTS, Sample, style},
            record::Row,
            style::{Format, Shape, Style},
        },
        details, fields, record,
    };

    fn recorded(format: Format, name: &str) -> String {
        let mut bytes = Vec::new();
        record(&mut bytes, format, &Sample::new("pc_1", name, -7)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn asked(names: &str) -> Result<String, FieldError> {
        let mut bytes = Vec::new();
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        fields(&mut bytes, &Sample::new("pc_1", "=n\u{1b}", -7), &names)?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn details_are_aligned_one_per_line() {
        let pairs =
            [("id", "pc_1".to_owned()), ("名前", "a\u{1b}b".to_owned()), ("ended", String::new())];
        let plain = style(Shape::Rows(Format::Table));
        let mut bytes = Vec::new();
        details(&mut bytes, &plain, &pairs).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "id     pc_1\n名前   a\\u{1b}b\nended\n");

        let mut bytes = Vec::new();
        details(&mut bytes, &Style { colour: true, ..plain }, &pairs[..1]).unwrap();
        assert_eq!(bytes, b"\x1b[2mid\x1b[0m  pc_1\n");
    }

    #[test]
    fn long_values_wrap_below_themselves() {
        let pairs =
            [("id", "pc_1".to_owned()), ("scopes", "read:one read:two read:three".to_owned())];
        let terminal = Style { width: Some(28), ..style(Shape::Rows(Format::Table)) };
        let mut bytes = Vec::new();
        details(&mut bytes, &terminal, &pairs).unwrap();
        let wrapped = "id      pc_1\nscopes  read:one read:two\n        read:three\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), wrapped);
    }

    #[test]
    fn a_record_is_written_in_every_format() {
        for nasty in ADVERSARIAL_TEXTS {
            for (format, lines) in
                [(Format::Json, 23), (Format::Jsonl, 1), (Format::Csv, 2), (Format::Table, 9)]
            {
                assert_eq!(
                    recorded(format, nasty).lines().count(),
                    lines,
                    "{nasty:?} as {format:?}"
                );
            }
            for format in [Format::Json, Format::Jsonl] {
                let value: serde_json::Value =
                    serde_json::from_str(&recorded(format, nasty)).unwrap();
                assert_eq!(value["name"], nasty);
            }
        }
        assert!(
            recorded(Format::Table, "n")
                .starts_with("id      pc_1\nname    n\nuses    -7\nlive    true\nended\n")
        );
        assert!(
            recorded(Format::Csv, "n").starts_with(
                "id,name,uses,live,ended,made,scopes,owner,seats\npc_1,n,-7,true,,2026"
            )
        );
    }

    #[test]
    fn a_field_is_its_value_and_a_newline() {
        for (name, text) in [
            ("id", "pc_1\n"),
            ("name", "=n\\u{1b}\n"),
            ("uses", "-7\n"),
            ("uses,ended,id", "-7\t\tpc_1\n"),
            ("live", "true\n"),
            ("ended", "\n"),
            ("made", "2026-11-22T06:18:34Z\n"),
            ("scopes", "read =n\\u{1b}\n"),
            ("owner", "{\"region\":\"=n\\u001b\"}\n"),
        ] {
            assert_eq!(asked(name).unwrap(), text);
        }
        match asked("id,ID") {
            Err(FieldError::Unknown(unknown)) => assert_eq!(unknown.known, Sample::names()),
            other => panic!("{other:?}"),
        }
    }
}

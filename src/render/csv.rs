//! CSV without terminal escape sequences and spreadsheet formulas.

use std::io::{self, Write};

use ::csv::{Error, ErrorKind, Writer, WriterBuilder};

use super::{
    plain::push_value,
    record::{Record, Value},
};

/// Writes records below a header.
pub(super) struct CsvWriter<W: Write> {
    out: Writer<W>,
    cell: Vec<u8>,
    /// The header; `None` once it is written, or without one.
    names: Option<Vec<&'static str>>,
}

impl<W: Write> CsvWriter<W> {
    /// Creates a writer; `names` is the header, if there is to be one.
    pub(super) fn new(out: W, names: Option<Vec<&'static str>>) -> Self {
        let out = WriterBuilder::new().buffer_capacity(64 * 1024).from_writer(out);
        Self { out, cell: Vec::new(), names }
    }

    /// Writes a record, and the header before the first one.
    pub(super) fn row<R: Record + ?Sized>(&mut self, record: &R) -> io::Result<()> {
        self.write_header()?;
        let Self { out, cell, .. } = self;
        let mut written = Ok(());
        record.fields(&mut |_, value| {
            if written.is_ok() {
                cell.clear();
                push_cell(cell, value);
                written = out.write_field(&cell);
            }
        });
        written.and_then(|()| out.write_record(None::<&[u8]>)).map_err(io_error)
    }

    /// Writes the rest of the buffer, and the header if there were no records.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.write_header()?;
        self.flush()
    }

    /// Writes the buffer to the output.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn write_header(&mut self) -> io::Result<()> {
        match self.names.take() {
            Some(names) => self.out.write_record(names).map_err(io_error),
            None => Ok(()),
        }
    }
}

/// Returns the error of the output. csv's own conversion hides its kind, by which a closed pipe is recognized.
fn io_error(error: Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Returns the content of a cell: escaped for terminals and spreadsheets, but not quoted.
pub fn csv_text(text: &str) -> String {
    let mut cell = Vec::with_capacity(text.len() + 1);
    push_cell(&mut cell, Value::Text(text));
    String::from_utf8_lossy(&cell).into_owned()
}

fn push_cell(cell: &mut Vec<u8>, value: Value<'_>) {
    if starts_formula(&value) {
        cell.push(b'\'');
    }
    push_value(cell, value);
}

/// Whether a spreadsheet would evaluate the cell. Numbers do not count: gatepass generates them, and negative ones must
/// remain numbers.
fn starts_formula(value: &Value<'_>) -> bool {
    match value {
        Value::Text(text) => {
            text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        }
        Value::List(values) => values.first().is_some_and(starts_formula),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fixture::{ADVERSARIAL_TEXTS, Sample},
            record::{Row, Value},
            text::escape,
        },
        CsvWriter, push_cell,
    };

    fn cell(value: Value<'_>) -> String {
        let mut bytes = Vec::new();
        push_cell(&mut bytes, value);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\\u{9}=1"),
            ("\r=1", "'\\u{d}=1"),
            ("＝1", "'＝1"),
            ("1=1", "1=1"),
            ("'=1", "'=1"),
            ("", ""),
        ] {
            assert_eq!(cell(Value::Text(text)), safe);
        }
        assert_eq!(cell(Value::Integer(-1)), "-1");
        assert_eq!(cell(Value::Null), "");
        assert_eq!(cell(Value::List(vec![Value::Text("=a"), Value::Text("=b")])), "'=a =b");
        assert_eq!(cell(Value::List(vec![Value::Integer(-1), Value::Text("=b")])), "-1 =b");
    }

    #[test]
    fn output_round_trips_through_a_csv_reader() {
        let mut bytes = Vec::new();
        let mut writer = CsvWriter::new(&mut bytes, Some(Sample::names().to_vec()));
        for nasty in ADVERSARIAL_TEXTS {
            writer.row(&Sample::new("pc_1", nasty, -7)).unwrap();
        }
        writer.finish().unwrap();
        drop(writer);

        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap(), Sample::names());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), ADVERSARIAL_TEXTS.len());
        for (row, nasty) in rows.iter().zip(ADVERSARIAL_TEXTS) {
            let name = row[1].strip_prefix('\'').unwrap_or(&row[1]);
            assert_eq!(name, escape(nasty));
            assert_eq!(
                row.iter().skip(2).take(4).collect::<Vec<_>>(),
                ["-7", "true", "", "2026-11-22T06:18:34Z"]
            );
            assert_eq!(row[6], format!("read {}", escape(nasty)));
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&row[7]).unwrap()["region"],
                nasty
            );
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&row[8]).unwrap()[1]["region"],
                nasty
            );
        }
    }
}

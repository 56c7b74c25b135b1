//! Lists, streamed row by row in constant memory.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::marker::PhantomData;

use super::selection::{ColumnSelection, SelectedFields, find_fields};
use crate::render::{
    buffer::Buffer,
    csv::CsvWriter,
    error::UnknownField,
    json::{self, ObjectWriter},
    record::{Record, Row, Value},
    single::push_fields,
    style::{Format, Shape, Style},
    table::{TableFit, TableWriter},
    text::escape,
};

/// Writes a list of `R` in the requested shape.
///
/// Nothing is written before the first row. If a list ends early because of an error, without
/// [`finish`](Self::finish), the rows before the error are still written. In JSON the document stays unclosed then, so that
/// no parser accepts it as complete.
pub struct ListWriter<'w, R> {
    sink: Sink<'w>,
    rows: PhantomData<fn(&R)>,
}

impl<'w, R: Row> ListWriter<'w, R> {
    /// Creates a writer to `out`. `generated_at` is the time of the list, as RFC 3339.
    ///
    /// # Errors
    /// If the style requests a field or a column that `R` does not have.
    pub fn new(
        out: &'w mut (dyn Write + Send),
        style: &Style,
        schema: &'static str,
        generated_at: [u8; 20],
    ) -> Result<Self, UnknownField> {
        let sink = match &style.shape {
            Shape::Rows(Format::Table) => {
                let selection = match style.columns.as_slice() {
                    [] => None,
                    names => Some(ColumnSelection::find::<R>(names)?),
                };
                let columns = selection.as_ref().map_or(R::columns(), |chosen| &chosen.columns);
                Sink::Table(TableWriter::new(out, columns, style), selection)
            }
            Shape::Rows(Format::Json) => Sink::Json(JsonList {
                out: Buffer::new(out),
                objects: ObjectWriter::new(R::names()),
                schema,
                generated_at,
                started: false,
            }),
            Shape::Rows(Format::Jsonl) => {
                Sink::Jsonl(Buffer::new(out), ObjectWriter::new(R::names()))
            }
            Shape::Rows(Format::Csv) => {
                let selected = find_fields(&style.columns, R::names())?;
                let names =
                    if selected.is_empty() { R::names().to_vec() } else { selected.clone() };
                let header = style.header.then_some(names);
                Sink::Csv(Box::new(CsvWriter::new(out, header)), selected)
            }
            Shape::Handles => Sink::Handles(Buffer::new(out), String::new()),
            Shape::Fields(names) => {
                UnknownField::check(names, R::names())?;
                Sink::Fields(Buffer::new(out), names.clone())
            }
        };
        Ok(Self { sink, rows: PhantomData })
    }

    /// Hides the column with this title in a table, if `hidden`, unless the columns were requested by name.
    pub fn hide(mut self, title: &str, hidden: bool) -> Self {
        if let (Sink::Table(table, None), true) = (&mut self.sink, hidden) {
            table.hide(title);
        }
        self
    }

    /// Writes one row. `Q` is `R` with a different lifetime: a row may borrow from a single row of a query.
    pub fn row<Q: Row>(&mut self, row: &Q) -> io::Result<()> {
        debug_assert_eq!(Q::names(), R::names(), "rows of the same type");
        match &mut self.sink {
            Sink::Table(table, None) => table.row(|push| row.cells(push)),
            Sink::Table(table, Some(selection)) => table.row(|push| selection.cells(row, push)),
            Sink::Json(list) => list.row(row),
            Sink::Jsonl(out, objects) => {
                objects.push(&mut out.bytes, row);
                out.bytes.push(b'\n');
                out.write_if_full()
            }
            Sink::Csv(list, selected) => match selected.as_slice() {
                [] => list.row(row),
                names => list.row(&SelectedFields { record: row, names }),
            },
            Sink::Handles(out, handle) => {
                let Some(id) = row.handle() else { return Ok(()) };
                handle.clear();
                write!(handle, "{id}").map_err(io::Error::other)?;
                out.bytes.extend_from_slice(escape(handle).as_bytes());
                out.bytes.push(b'\n');
                out.write_if_full()
            }
            Sink::Fields(out, names) => {
                push_fields(&mut out.bytes, row, names);
                out.write_if_full()
            }
        }
    }

    /// Flushes the rows written so far, for a reader that is waiting. A table holds back its first rows until it has sampled
    /// enough of them to determine the widths of its columns.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Table(table, _) => table.flush(),
            Sink::Json(list) => list.out.flush(),
            Sink::Jsonl(out, _) | Sink::Handles(out, _) | Sink::Fields(out, _) => out.flush(),
            Sink::Csv(list, _) => list.flush(),
        }
    }

    /// Ends the list. Only JSON contains the summary. Returns what a table does not show.
    pub fn finish(self, summary: &dyn Record) -> io::Result<TableFit> {
        self.end(summary, None)
    }

    /// Ends the list of what a change affected. Only JSON contains the summary, and whether it was a dry run.
    pub fn finish_change(self, summary: &dyn Record, is_dry_run: bool) -> io::Result<TableFit> {
        self.end(summary, Some(is_dry_run))
    }

    fn end(mut self, summary: &dyn Record, is_dry_run: Option<bool>) -> io::Result<TableFit> {
        match &mut self.sink {
            Sink::Table(table, _) => return table.finish(),
            Sink::Json(list) => list.finish(summary, is_dry_run)?,
            Sink::Csv(list, _) => list.finish()?,
            Sink::Jsonl(..) | Sink::Handles(..) | Sink::Fields(..) => self.flush()?,
        }
        Ok(TableFit::default())
    }
}

/// The writer for each shape.
enum Sink<'w> {
    /// With the columns that were requested by name, if any.
    Table(TableWriter<'w>, Option<ColumnSelection>),
    Json(JsonList<'w>),
    Jsonl(Buffer<'w>, ObjectWriter),
    /// With the fields that were requested by name; none for all of them.
    Csv(Box<CsvWriter<&'w mut (dyn Write + Send)>>, Vec<&'static str>),
    /// With a reusable buffer for one handle before it is escaped.
    Handles(Buffer<'w>, String),
    /// With the names of the fields.
    Fields(Buffer<'w>, Vec<String>),
}

/// A JSON document with one item per line.
struct JsonList<'w> {
    out: Buffer<'w>,
    objects: ObjectWriter,
    schema: &'static str,
    generated_at: [u8; 20],
    started: bool,
}

impl JsonList<'_> {
    fn row<R: Record>(&mut self, row: &R) -> io::Result<()> {
        if self.started {
            self.out.bytes.extend_from_slice(b",\n");
        } else {
            self.start();
            self.out.bytes.push(b'\n');
        }
        self.objects.push(&mut self.out.bytes, row);
        self.out.write_if_full()
    }

    fn finish(&mut self, summary: &dyn Record, is_dry_run: Option<bool>) -> io::Result<()> {
        if self.started {
            self.out.bytes.push(b'\n');
        } else {
            self.start();
        }
        self.out.bytes.extend_from_slice(b"],\"summary\":");
        json::object(&mut self.out.bytes, summary);
        if let Some(is_dry_run) = is_dry_run {
            self.out.bytes.extend_from_slice(b",\"dry_run\":");
            json::value(&mut self.out.bytes, Value::Bool(is_dry_run));
        }
        self.out.bytes.extend_from_slice(b"}\n");
        self.out.flush()
    }

    fn start(&mut self) {
        let bytes = &mut self.out.bytes;
        bytes.extend_from_slice(b"{\"schema\":");
        json::string(bytes, self.schema);
        bytes.extend_from_slice(b",\"generated_at\":\"");
        bytes.extend_from_slice(&self.generated_at);
        bytes.extend_from_slice(b"\",\"items\":[");
        self.started = true;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use super::ListWriter;
    use crate::render::{
        error::UnknownField,
        fixture::{ADVERSARIAL_TEXTS, Sample, TIMESTAMP, style},
        record::{Record, Row, Value},
        style::{Format, Shape},
    };

    struct Summary(i64);

    impl Record for Summary {
        fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
            field("total", Value::Integer(self.0));
        }
    }

    const SCHEMA: &str = "gatepass.sample-list/v1";

    /// Returns a list with one row per name, finished or dropped.
    fn listed(shape: Shape, names: &[&str], finished: bool) -> String {
        let mut bytes = Vec::new();
        let mut list =
            ListWriter::<Sample>::new(&mut bytes, &style(shape), SCHEMA, TIMESTAMP).unwrap();
        for name in names {
            list.row(&Sample::new("pc_1", name, 7)).unwrap();
        }
        if finished {
            list.finish(&Summary(names.len() as i64)).unwrap();
        } else {
            drop(list);
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_json_list_is_one_document_with_one_item_per_line() {
        let text = listed(Shape::Rows(Format::Json), &ADVERSARIAL_TEXTS, true);
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["schema"], SCHEMA);
        assert_eq!(document["generated_at"], "2026-11-22T06:18:34Z");
        assert_eq!(document["summary"]["total"], ADVERSARIAL_TEXTS.len());
        let names: Vec<_> = document["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ADVERSARIAL_TEXTS);
        assert_eq!(text.lines().count(), ADVERSARIAL_TEXTS.len() + 2);
    }

    #[test]
    fn an_empty_list_is_valid_output() {
        let json = r#"{"schema":"gatepass.sample-list/v1","generated_at":"2026-11-22T06:18:34Z","items":[],"summary":{"total":0}}"#;
        assert_eq!(listed(Shape::Rows(Format::Json), &[], true), format!("{json}\n"));
        assert_eq!(listed(Shape::Rows(Format::Jsonl), &[], true), "");
        assert_eq!(listed(Shape::Rows(Format::Csv), &[], true), Sample::names().join(",") + "\n");
        assert_eq!(listed(Shape::Rows(Format::Table), &[], true), "ID  NAME  USES  STATE\n");
    }

    #[test]
    fn an_unfinished_list_shows_written_rows_and_is_invalid_json() {
        let text = listed(Shape::Rows(Format::Json), &["a", "b"], false);
        assert!(text.contains(r#""name":"b""#));
        assert!(serde_json::from_str::<serde_json::Value>(&text).unwrap_err().is_eof());
        assert_eq!(listed(Shape::Rows(Format::Jsonl), &["a", "b"], false).lines().count(), 2);
        assert_eq!(listed(Shape::Rows(Format::Csv), &["a", "b"], false).lines().count(), 3);
        assert_eq!(listed(Shape::Rows(Format::Table), &["a", "b"], false).lines().count(), 3);
    }

    #[test]
    fn a_list_dropped_before_its_first_row_writes_nothing() {
        for format in [Format::Table, Format::Json, Format::Jsonl, Format::Csv] {
            assert_eq!(listed(Shape::Rows(format), &[], false), "");
        }
    }

    #[test]
    fn every_jsonl_line_is_an_item() {
        let text = listed(Shape::Rows(Format::Jsonl), &ADVERSARIAL_TEXTS, true);
        let items =
            text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        assert!(items.map(|item| item["name"].as_str().unwrap().to_owned()).eq(ADVERSARIAL_TEXTS));
    }

    #[test]
    fn handles_and_fields_take_one_line_each() {
        assert_eq!(listed(Shape::Handles, &["a", "b"], true), "pc_1\npc_1\n");
        let fields =
            |names: &[&str]| Shape::Fields(names.iter().map(|&name| name.into()).collect());
        assert_eq!(listed(fields(&["name"]), &["=a", "b\nc"], true), "=a\nb\\u{a}c\n");
        assert_eq!(listed(fields(&["ended"]), &["a"], true), "\n");
        let several = fields(&["uses", "name", "ended", "id"]);
        assert_eq!(listed(several, &["a\tb"], true), "7\ta\\u{9}b\t\tpc_1\n");
    }

    #[test]
    fn an_unknown_field_is_reported_before_any_output() {
        let mut bytes = Vec::new();
        let asked = style(Shape::Fields(vec!["id".into(), "nmae".into()]));
        let error = ListWriter::<Sample>::new(&mut bytes, &asked, SCHEMA, TIMESTAMP).err().unwrap();
        assert_eq!(error, UnknownField { name: "nmae".into(), known: Sample::names().to_vec() });
    }

    #[test]
    fn a_closed_pipe_is_reported_and_not_retried() {
        struct Closed(usize);
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                self.0 += 1;
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for shape in [
            Shape::Rows(Format::Table),
            Shape::Rows(Format::Json),
            Shape::Rows(Format::Jsonl),
            Shape::Handles,
        ] {
            let mut closed = Closed(0);
            let mut list =
                ListWriter::<Sample>::new(&mut closed, &style(shape), SCHEMA, TIMESTAMP).unwrap();
            list.row(&Sample::new("pc_1", "n", 1)).unwrap();
            let error = list.finish(&Summary(1)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
            assert_eq!(closed.0, 1);
        }
    }
}

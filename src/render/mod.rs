//! View → bytes. Knows formats and terminals, and nothing of what is printed.
//!
//! A view lists its fields as a [`Record`]; one that stands in lists is also a [`Row`]. Lists stream through a
//! [`ListWriter`]; a single view goes through [`record`], [`field`] or, for people, [`details`]. Whatever the format, no
//! text leaves here that could drive a terminal.

mod bars;
mod buffer;
mod csv;
mod json;
pub mod list;
mod plain;
mod single;
pub mod table;
pub mod text;

use std::fmt;
use std::io;

pub use bars::{Bar, bars};
pub use csv::csv_text;
pub use list::ListWriter;
pub use single::{details, field, record};

/// One value of a view.
pub enum Value<'a> {
    /// Nothing there: `null`, an empty CSV cell, an empty line.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any text, as it is: escaping is done here.
    Text(&'a str),
    /// An instant as RFC 3339 in ASCII, `2026-11-22T06:18:34Z`.
    Timestamp([u8; 20]),
    /// Several values; in a CSV cell they are joined with spaces.
    List(Vec<Value<'a>>),
    /// A view within the view; in a CSV cell it is JSON text.
    Record(&'a dyn Record),
    /// Several views within the view; in a CSV cell they are JSON text.
    Records(Vec<&'a dyn Record>),
}

/// What is printed of something: fields by name, in order.
pub trait Record {
    /// Puts every field, always all of them and always in the same order. Names are plain ASCII.
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>));
}

/// A record that stands in lists.
pub trait Row: Record {
    /// The names [`Record::fields`] puts: the CSV header, and what `--field` may ask for.
    fn names() -> &'static [&'static str]
    where
        Self: Sized;

    /// The columns of the table.
    fn columns() -> &'static [Column]
    where
        Self: Sized;

    /// What `-q` prints of it.
    fn handle(&self) -> &dyn fmt::Display;

    /// Puts exactly one cell for every column.
    fn cells(&self, put: &mut dyn FnMut(Cell<'_>));
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What stands above it.
    pub title: &'static str,
    /// The side its cells keep to.
    pub align: Align,
    /// Whether its cells may be cut with `…` when the table is too wide.
    pub shrink: bool,
    /// Where even cutting does not make the table fit, columns of the lowest priority are left out first.
    pub priority: u8,
}

/// The side a column's cells keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// What a row shows in one column.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// Any text, as it is: escaping is done here.
    pub text: &'a str,
    /// How it is coloured where colours are wanted.
    pub tone: Tone,
}

/// The meaning of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// No colour.
    Plain,
    /// All is well.
    Good,
    /// Look at it soon.
    Warn,
    /// Look at it now.
    Bad,
    /// Of less interest than the rest.
    Dim,
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values under a header.
    Csv,
}

impl Format {
    /// The names [`Format::parse`] knows.
    pub const NAMES: [&str; 4] = ["table", "json", "jsonl", "csv"];

    /// The format of that name.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "table" => Some(Self::Table),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// What of the records is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Whole records.
    Rows(Format),
    /// Their handles only, one a line (`-q`).
    Handles,
    /// One field only, one raw value a line (`--field NAME`).
    Field(String),
}

/// How output is to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// What of the records is wanted.
    pub shape: Shape,
    /// The width of the terminal; `None` where there is none, and then nothing is ever cut.
    pub width: Option<usize>,
    /// Whether tables are coloured.
    pub colour: bool,
}

/// No field of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// The name asked for.
    pub name: String,
    /// The names there are, in order.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no field \"{}\"", text::escape(&self.name))
    }
}

impl std::error::Error for UnknownField {}

/// Why a single field could not be printed.
#[derive(Debug)]
pub enum FieldError {
    /// There is none of that name.
    Unknown(UnknownField),
    /// It could not be written.
    Write(io::Error),
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(unknown) => unknown.fmt(f),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FieldError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unknown(_) => None,
            Self::Write(error) => Some(error),
        }
    }
}

impl From<UnknownField> for FieldError {
    fn from(unknown: UnknownField) -> Self {
        Self::Unknown(unknown)
    }
}

impl From<io::Error> for FieldError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

#[cfg(test)]
mod fixture;

#[cfg(test)]
mod tests {
    use super::{Format, UnknownField};

    #[test]
    fn every_named_format_parses_and_nothing_else_does() {
        for name in Format::NAMES {
            assert!(Format::parse(name).is_some(), "{name}");
        }
        for name in ["", "JSON", "yaml", "json "] {
            assert_eq!(Format::parse(name), None, "{name:?}");
        }
    }

    #[test]
    fn an_unknown_field_name_is_escaped() {
        let unknown = UnknownField { name: "i\u{1b}[2Jd".into(), known: vec!["id", "name"] };
        assert_eq!(unknown.to_string(), "there is no field \"i\\u{1b}[2Jd\"");
    }
}

//! Records, and the rows and columns of lists.

use std::fmt::Display;

/// The value of a field.
pub enum Value<'a> {
    /// No value: `null` in JSON, an empty cell in CSV, an empty line for `--field`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text, unescaped: the writers escape it.
    Text(&'a str),
    /// A time as RFC 3339 in ASCII, e.g. `2026-11-22T06:18:34Z`.
    Timestamp([u8; 20]),
    /// Several values. A CSV cell joins them with spaces.
    List(Vec<Value<'a>>),
    /// A nested record. A CSV cell contains it as JSON.
    Record(&'a dyn Record),
    /// Several nested records. A CSV cell contains them as JSON.
    Records(Vec<&'a dyn Record>),
}

/// A record to print: named fields in a fixed order.
pub trait Record {
    /// Calls `field` with the name and value of each field. Every record of a type has the same fields in the same order,
    /// and their names are printable ASCII.
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>));
}

/// A record that can be an item of a list.
pub trait Row: Record {
    /// The names of all fields in the order of [`Record::fields`]: the header of CSV, and the values that `--field` accepts.
    fn names() -> &'static [&'static str]
    where
        Self: Sized;

    /// The columns of the table.
    fn columns() -> &'static [Column]
    where
        Self: Sized;

    /// What `-q` prints for the record: its id. `None` if it has none, because it was shown by a dry run and does not exist.
    fn handle(&self) -> Option<&dyn Display>;

    /// Calls `push` with one cell for each column, from left to right.
    fn cells(&self, push: &mut dyn FnMut(Cell<'_>));
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The title, which the header has in capital letters.
    pub title: &'static str,
    /// How its cells are aligned.
    pub align: Align,
    /// How its cells are shortened if the table is too wide.
    pub fit: Fit,
    /// If shortening is not enough, columns are omitted in ascending order of priority; [`Column::REQUIRED`] never is.
    pub priority: u8,
}

impl Column {
    /// The priority of a column that is never omitted.
    pub const REQUIRED: u8 = u8::MAX;

    /// Returns the title as it is shown.
    pub(super) fn header(&self) -> String {
        self.title.to_uppercase()
    }
}

/// How the cells of a column are shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Not at all.
    Whole,
    /// Instants lose their seconds.
    Instant,
    /// Ids are cut to the shortest beginning that is unique in the table, of at least eight digits.
    Id,
    /// Texts are cut at their end, with `…`.
    Text,
    /// Names are cut in their middle, with `…`, and only after everything else.
    Name,
}

/// How the cells of a column are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the left, for text.
    Left,
    /// To the right, for numbers.
    Right,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// The text, unescaped: the table escapes it.
    pub text: &'a str,
    /// Determines the colour, if the table is coloured.
    pub tone: Tone,
}

/// The meaning of a cell's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neutral, without a colour.
    Plain,
    /// No action is needed.
    Good,
    /// Action is needed soon.
    Warn,
    /// Action is needed now.
    Bad,
    /// Less important than the other cells.
    Dim,
}

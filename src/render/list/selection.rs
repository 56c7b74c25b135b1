//! Columns and fields that were requested by name.

use std::borrow::Cow;

use crate::render::{
    error::UnknownField,
    plain::push_value,
    record::{Align, Cell, Column, Fit, Record, Row, Tone, Value},
};

/// The columns of a table that were requested by name.
pub(super) struct ColumnSelection {
    pub(super) columns: Vec<Column>,
    /// Where the cells of each column come from.
    sources: Vec<Source>,
}

/// Where the cells of a column come from.
#[derive(Clone, Copy)]
enum Source {
    /// The cell of the row with this index.
    Cell(usize),
    /// The field of the row with this name.
    Field(&'static str),
}

impl ColumnSelection {
    /// Returns the columns of tables of `R` with these names: a column with this title, or else a field.
    ///
    /// # Errors
    /// With the first name that neither a field nor a column has.
    pub(super) fn find<R: Row>(names: &[String]) -> Result<Self, UnknownField> {
        let (mut columns, mut sources) = (Vec::new(), Vec::new());
        for name in names {
            let (column, source) = find_column(R::columns(), name)
                .or_else(|| find_field(R::names(), name).map(field_column))
                .ok_or_else(|| unknown_column::<R>(name))?;
            // What was requested is left out only if the terminal has no room at all.
            columns.push(Column { priority: Column::REQUIRED, ..column });
            sources.push(source);
        }
        Ok(Self { columns, sources })
    }

    /// Calls `push` with the cells of a row in these columns.
    pub(super) fn cells<R: Row>(&self, row: &R, push: &mut dyn FnMut(Cell<'_>)) {
        let mut cells = Vec::new();
        row.cells(&mut |Cell { text, tone }| cells.push((text.to_owned(), tone)));
        for source in &self.sources {
            let (text, tone) = match *source {
                Source::Cell(index) => (Cow::Borrowed(&*cells[index].0), cells[index].1),
                Source::Field(name) => (Cow::Owned(field_text(row, name)), Tone::Plain),
            };
            push(Cell { text: &text, tone });
        }
    }
}

/// Returns the fields with these names.
///
/// # Errors
/// With the first name that no field has.
pub(super) fn find_fields(
    names: &[String],
    known: &[&'static str],
) -> Result<Vec<&'static str>, UnknownField> {
    let unknown = |name: &String| UnknownField { name: name.clone(), known: known.to_vec() };
    names.iter().map(|name| find_field(known, name).ok_or_else(|| unknown(name))).collect()
}

/// A record with only some of its fields.
pub(super) struct SelectedFields<'r, R> {
    pub(super) record: &'r R,
    pub(super) names: &'r [&'static str],
}

impl<R: Record> Record for SelectedFields<'_, R> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        for name in self.names {
            self.record.fields(&mut |known, value| {
                if known == *name {
                    field(known, value);
                }
            });
        }
    }
}

fn find_column(columns: &[Column], name: &str) -> Option<(Column, Source)> {
    let name = normalized(name);
    let index = columns.iter().position(|column| normalized(column.title) == name)?;
    Some((columns[index], Source::Cell(index)))
}

fn find_field(known: &[&'static str], name: &str) -> Option<&'static str> {
    let name = normalized(name);
    known.iter().find(|field| **field == name).copied()
}

fn field_column(field: &'static str) -> (Column, Source) {
    let column = Column { title: field, align: Align::Left, fit: Fit::Text, priority: 0 };
    (column, Source::Field(field))
}

/// Returns the form in which names are compared: `last_use` for `LAST USE` and `last-use`.
fn normalized(name: &str) -> String {
    name.to_lowercase().replace([' ', '-'], "_")
}

fn field_text<R: Record>(row: &R, name: &str) -> String {
    let mut bytes = Vec::new();
    row.fields(&mut |known, value| {
        if known == name {
            push_value(&mut bytes, value);
        }
    });
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the error that lists the fields, and the columns that are no fields.
fn unknown_column<R: Row>(name: &str) -> UnknownField {
    let mut known = R::names().to_vec();
    let titles = R::columns().iter().map(|column| column.title);
    known.extend(titles.filter(|title| find_field(R::names(), title).is_none()));
    UnknownField { name: name.to_owned(), known }
}

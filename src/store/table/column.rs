//! Columns, values and rows, independent of any database.

use std::{borrow::Cow, marker::PhantomData};

use crate::{
    domain::{
        credential::{Deletion, secret::Digest},
        directory::id::ObjectId,
        instant::Instant,
    },
    store::{
        error::StoreError,
        port::record::{Mac, WithMac},
    },
};

/// The columns of a table, each known by name.
pub trait Column: Copy + 'static {
    /// The name of the table in the database.
    const TABLE: &'static str;
    /// All columns, in the order in which statements list them.
    const ALL: &'static [Self];

    /// Returns the name of the column in the database.
    fn name(self) -> &'static str;

    /// Returns the position of the column in [`Column::ALL`].
    fn index(self) -> usize;
}

/// Declares the columns of a table: `columns! { "table" CredentialColumn { Seq = "seq", … } }`.
macro_rules! columns {
    ($(#[$doc:meta])* $table:literal $name:ident { $($column:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($column,)* }

        impl $crate::store::table::column::Column for $name {
            const TABLE: &'static str = $table;
            const ALL: &'static [Self] = &[$(Self::$column,)*];

            fn name(self) -> &'static str {
                match self { $(Self::$column => $text,)* }
            }

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}
pub(super) use columns;

/// A record that is a row of a table.
pub trait TableRow: Sized {
    /// The columns of the table.
    type Column: Column;
    /// The columns that identify a row.
    const KEY: &'static [Self::Column];
    /// The column of the row's MAC.
    const MAC: Self::Column;

    /// Sets the value of every column except [`TableRow::MAC`]. A column that is not set is null.
    fn write<'r>(&'r self, values: &mut RowValues<'r, Self::Column>);

    /// Reads the record.
    ///
    /// # Errors
    /// If a column has a value that gatepass did not write.
    fn read<R: RawRow>(row: &RowReader<'_, R, Self::Column>) -> Result<Self, InvalidValue>;
}

/// A value of a column. Databases store instants, days, numbers and flags as integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'r> {
    /// No value.
    Null,
    /// An integer of 64 bits.
    Int(i64),
    /// A text in UTF-8.
    Text(Cow<'r, str>),
    /// Bytes.
    Blob(Cow<'r, [u8]>),
}

/// The values of a row, by column.
pub struct RowValues<'r, C> {
    values: Vec<Value<'r>>,
    columns: PhantomData<C>,
}

impl<'r, C: Column> RowValues<'r, C> {
    /// Returns the values of a record and its MAC, in the order of [`Column::ALL`].
    pub fn of<T: TableRow<Column = C>>(row: &'r WithMac<T>) -> Vec<Value<'r>> {
        let mut values = Self { values: vec![Value::Null; C::ALL.len()], columns: PhantomData };
        row.record.write(&mut values);
        values.blob(T::MAC, &row.mac);
        values.values
    }

    pub(super) fn int(&mut self, column: C, value: impl Into<i64>) {
        self.values[column.index()] = Value::Int(value.into());
    }

    pub(super) fn optional_int(&mut self, column: C, value: Option<impl Into<i64>>) {
        if let Some(value) = value {
            self.int(column, value);
        }
    }

    pub(super) fn text(&mut self, column: C, value: impl Into<Cow<'r, str>>) {
        self.values[column.index()] = Value::Text(value.into());
    }

    pub(super) fn optional_text(&mut self, column: C, value: Option<impl Into<Cow<'r, str>>>) {
        if let Some(value) = value {
            self.text(column, value);
        }
    }

    pub(super) fn blob(&mut self, column: C, value: impl Into<Cow<'r, [u8]>>) {
        self.values[column.index()] = Value::Blob(value.into());
    }

    pub(super) fn optional_digest(&mut self, column: C, value: Option<&'r Digest>) {
        if let Some(Digest(bytes)) = value {
            self.blob(column, bytes);
        }
    }

    pub(super) fn instant(&mut self, column: C, value: Instant) {
        self.int(column, value.unix());
    }

    pub(super) fn optional_instant(&mut self, column: C, value: Option<Instant>) {
        self.optional_int(column, value.map(Instant::unix));
    }

    /// Sets when and by whom something was deleted or removed.
    pub(super) fn deletion(&mut self, [at, by]: [C; 2], value: Option<&'r Deletion>) {
        if let Some(Deletion { at: instant, by: actor }) = value {
            self.instant(at, *instant);
            self.text(by, actor);
        }
    }
}

/// A row as a database returns it. Its columns are those of [`Column::ALL`], in that order, from some position on.
pub trait RawRow {
    /// Returns the value at a position; `None` if the database can't represent it as a [`Value`].
    fn value(&self, position: usize) -> Option<Value<'_>>;
}

/// Reads the values of a row by column.
pub struct RowReader<'r, R, C> {
    row: &'r R,
    /// The position of the first column of the table.
    first: usize,
    columns: PhantomData<C>,
}

/// A value that gatepass did not write: the row was tampered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    table: &'static str,
    column: &'static str,
}

impl From<InvalidValue> for StoreError {
    fn from(InvalidValue { table, column }: InvalidValue) -> Self {
        Self::integrity(format!("the column {column} of the table {table} has an invalid value"))
    }
}

/// Reads a record and its MAC. The columns of the table begin at position `first`.
///
/// # Errors
/// As for [`TableRow::read`].
pub fn read_row<R: RawRow, T: TableRow>(row: &R, first: usize) -> Result<WithMac<T>, InvalidValue> {
    let reader = RowReader { row, first, columns: PhantomData };
    Ok(WithMac { record: T::read(&reader)?, mac: reader.bytes::<{ size_of::<Mac>() }>(T::MAC)? })
}

impl<R: RawRow, C: Column> RowReader<'_, R, C> {
    /// Returns a value; an error if it could not be read.
    pub(super) fn valid<T>(&self, column: C, value: Option<T>) -> Result<T, InvalidValue> {
        value.ok_or_else(|| InvalidValue { table: C::TABLE, column: column.name() })
    }

    fn value(&self, column: C) -> Result<Value<'_>, InvalidValue> {
        self.valid(column, self.row.value(self.first + column.index()))
    }

    pub(super) fn optional_int<T: TryFrom<i64>>(
        &self,
        column: C,
    ) -> Result<Option<T>, InvalidValue> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Int(value) => self.valid(column, T::try_from(value).ok()).map(Some),
            _ => self.valid(column, None),
        }
    }

    pub(super) fn int<T: TryFrom<i64>>(&self, column: C) -> Result<T, InvalidValue> {
        let value = self.optional_int(column)?;
        self.valid(column, value)
    }

    pub(super) fn flag(&self, column: C) -> Result<bool, InvalidValue> {
        match self.int::<i64>(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => self.valid(column, None),
        }
    }

    pub(super) fn optional_text(&self, column: C) -> Result<Option<Cow<'_, str>>, InvalidValue> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            _ => self.valid(column, None),
        }
    }

    pub(super) fn text(&self, column: C) -> Result<Cow<'_, str>, InvalidValue> {
        let text = self.optional_text(column)?;
        self.valid(column, text)
    }

    pub(super) fn string(&self, column: C) -> Result<String, InvalidValue> {
        self.text(column).map(Cow::into_owned)
    }

    pub(super) fn optional_string(&self, column: C) -> Result<Option<String>, InvalidValue> {
        Ok(self.optional_text(column)?.map(Cow::into_owned))
    }

    /// Reads a text with `parse`.
    pub(super) fn parsed<T>(
        &self,
        column: C,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, InvalidValue> {
        self.valid(column, parse(&self.text(column)?))
    }

    pub(super) fn object_id(&self, column: C) -> Result<ObjectId, InvalidValue> {
        self.parsed(column, ObjectId::parse)
    }

    pub(super) fn optional_bytes<const N: usize>(
        &self,
        column: C,
    ) -> Result<Option<[u8; N]>, InvalidValue> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Blob(bytes) => self.valid(column, (*bytes).try_into().ok()).map(Some),
            _ => self.valid(column, None),
        }
    }

    pub(super) fn bytes<const N: usize>(&self, column: C) -> Result<[u8; N], InvalidValue> {
        let bytes = self.optional_bytes(column)?;
        self.valid(column, bytes)
    }

    /// Reads an instant. An instant out of range was not written by gatepass, and clamping it would hide that.
    pub(super) fn optional_instant(&self, column: C) -> Result<Option<Instant>, InvalidValue> {
        let Some(seconds) = self.optional_int(column)? else { return Ok(None) };
        let instant = Some(Instant::from_unix(seconds)).filter(|instant| instant.unix() == seconds);
        self.valid(column, instant).map(Some)
    }

    pub(super) fn instant(&self, column: C) -> Result<Instant, InvalidValue> {
        let instant = self.optional_instant(column)?;
        self.valid(column, instant)
    }

    /// Reads when and by whom something was deleted or removed.
    pub(super) fn deletion(&self, [at, by]: [C; 2]) -> Result<Option<Deletion>, InvalidValue> {
        match self.optional_instant(at)? {
            Some(at) => Ok(Some(Deletion { at, by: self.string(by)? })),
            None => Ok(None),
        }
    }
}

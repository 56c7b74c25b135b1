//! Statements that are assembled once per process from the description of a table.

use std::sync::LazyLock;

use crate::{
    domain::{
        credential::Credential,
        directory::{account::Account, app::App, district::District},
        notice::OutboxMessage,
        usage::{DailyUse, LastUse},
    },
    store::{
        port::record::{AuditEntry, Counter, Head, SecretEntry, UniqueName},
        table::{Column, TableRow},
    },
};

/// The statements that write whole rows of a table. Parameter n is the value of the n-th column.
pub(super) struct Statements {
    /// Inserts a row, unless another one is in the way.
    pub(super) insert: String,
    /// Replaces all columns of the row with the same key.
    pub(super) update: String,
    /// Inserts a row, or replaces all columns of the row with the same key.
    pub(super) put: String,
}

/// A table in SQLite.
pub(super) trait SqliteTable: TableRow {
    /// Returns the statements that write to the table.
    fn statements() -> &'static Statements;
}

macro_rules! sqlite_tables {
    ($($record:ident),*) => {
        $(impl SqliteTable for $record {
            fn statements() -> &'static Statements {
                static STATEMENTS: LazyLock<Statements> =
                    LazyLock::new(Statements::for_table::<$record>);
                &STATEMENTS
            }
        })*
    };
}
sqlite_tables!(
    Account,
    App,
    AuditEntry,
    Counter,
    Credential,
    DailyUse,
    District,
    Head,
    LastUse,
    OutboxMessage,
    SecretEntry,
    UniqueName
);

/// Returns the names of a table's columns, each after `prefix` and separated by commas.
pub(super) fn column_list<T: TableRow>(prefix: &str) -> String {
    join(T::Column::ALL, ", ", |_, column| format!("{prefix}{}", column.name()))
}

/// Assembles `select` and all columns of a record's table, and the clauses that follow, once per process:
/// `select!(Credential, "where seq = ?1")`.
macro_rules! select {
    ($record:ty, $clauses:literal) => {{
        static STATEMENT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            use $crate::store::table::{Column as _, TableRow};
            format!(
                concat!("select {} from {} ", $clauses),
                $crate::store::sqlite::statements::column_list::<$record>(""),
                <$record as TableRow>::Column::TABLE
            )
        });
        STATEMENT.as_str()
    }};
}
pub(super) use select;

impl Statements {
    fn for_table<T: TableRow>() -> Self {
        let columns = T::Column::ALL;
        let is_key = |column: &T::Column| T::KEY.iter().any(|key| key.index() == column.index());
        let assignment = |column: T::Column| format!("{} = ?{}", column.name(), column.index() + 1);
        let changed: Vec<T::Column> =
            columns.iter().copied().filter(|column| !is_key(column)).collect();
        let (table, names) = (T::Column::TABLE, column_list::<T>(""));
        let values = join(columns, ", ", |number, _| format!("?{number}"));
        let set = join(&changed, ", ", |_, column| assignment(column));
        let key = join(T::KEY, " and ", |_, column| assignment(column));
        let key_names = join(T::KEY, ", ", |_, column| column.name().to_owned());
        let insert = format!("insert into {table} ({names}) values ({values}) on conflict");
        Self {
            put: format!("{insert} ({key_names}) do update set {set}"),
            insert: format!("{insert} do nothing"),
            // The head has one row and needs no key.
            update: match key.as_str() {
                "" => format!("update {table} set {set}"),
                key => format!("update {table} set {set} where {key}"),
            },
        }
    }
}

/// Joins a text for each column, which gets its number, from 1.
fn join<C: Copy>(columns: &[C], separator: &str, text: impl Fn(usize, C) -> String) -> String {
    let texts: Vec<String> =
        (1..).zip(columns).map(|(number, column)| text(number, *column)).collect();
    texts.join(separator)
}

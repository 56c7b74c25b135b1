//! Statements that are assembled once per process from the description of a table.

use std::sync::LazyLock;

use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::{account::Account, app::App, district::District},
        notice::OutboxMessage,
        usage::{DailyUse, LastUse},
    },
    store::{
        port::record::{AuditEntry, Counter, Head, SecretEntry, UniqueName},
        table::{Column, TableRow},
    },
};

/// A table in SQLite, and the statements that write whole rows of it. Parameter n is the value of the n-th column.
pub(super) trait SqliteTable: TableRow {
    /// Returns the statement that inserts a row, unless another one is in the way.
    fn insert() -> &'static str;

    /// Returns the statement that replaces all columns of the row with the same key.
    fn update() -> &'static str;

    /// Returns the statement that inserts a row, or replaces all columns of the row with the same key.
    fn put() -> &'static str;
}

macro_rules! sqlite_tables {
    ($($record:ident),*) => {
        $(impl SqliteTable for $record {
            fn insert() -> &'static str {
                static INSERT: LazyLock<String> = LazyLock::new(insert::<$record>);
                &INSERT
            }

            fn update() -> &'static str {
                static UPDATE: LazyLock<String> = LazyLock::new(update::<$record>);
                &UPDATE
            }

            fn put() -> &'static str {
                static PUT: LazyLock<String> = LazyLock::new(put::<$record>);
                &PUT
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

fn insert<T: TableRow>() -> String {
    format!("{} do nothing", insert_on_conflict::<T>())
}

fn put<T: TableRow>() -> String {
    let keys = names(T::KEY, "");
    format!("{} ({keys}) do update set {}", insert_on_conflict::<T>(), set::<T>())
}

fn update<T: TableRow>() -> String {
    // The head has one row and needs no key.
    let key = if T::KEY.is_empty() { "true".to_owned() } else { assignments(T::KEY, " and ") };
    format!("update {} set {} where {key}", T::Column::TABLE, set::<T>())
}

fn insert_on_conflict<T: TableRow>() -> String {
    let columns = T::Column::ALL;
    let values = join(columns, ", ", |text, column| push_parameter(text, column.index()));
    format!(
        "insert into {} ({}) values ({values}) on conflict",
        T::Column::TABLE,
        names(columns, "")
    )
}

/// Returns the assignments of all columns that are not in the key.
fn set<T: TableRow>() -> String {
    let is_key = |column: &T::Column| T::KEY.iter().any(|key| key.index() == column.index());
    let changed: Vec<_> = T::Column::ALL.iter().copied().filter(|one| !is_key(one)).collect();
    assignments(&changed, ", ")
}

fn assignments<C: Column>(columns: &[C], separator: &str) -> String {
    join(columns, separator, |text, column| {
        text.push_str(column.name());
        text.push_str(" = ");
        push_parameter(text, column.index());
    })
}

fn names<C: Column>(columns: &[C], prefix: &str) -> String {
    join(columns, ", ", |text, column| {
        text.push_str(prefix);
        text.push_str(column.name());
    })
}

fn push_parameter(text: &mut String, index: usize) {
    text.push('?');
    text.push_str(&(index + 1).to_string());
}

fn join<C: Column>(columns: &[C], separator: &str, push: impl Fn(&mut String, C)) -> String {
    let mut text = String::with_capacity(32 * columns.len());
    for column in columns {
        if !text.is_empty() {
            text.push_str(separator);
        }
        push(&mut text, *column);
    }
    text
}

/// Returns the names of a table's columns, each after `prefix` and separated by commas.
pub(super) fn column_list<T: TableRow>(prefix: &str) -> String {
    names(T::Column::ALL, prefix)
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

/// A table whose rows audit records are about.
pub(super) trait AuditedTable: TableRow {
    /// Returns the expression for the subject of the audit records about a row.
    fn audit_subject() -> String;
}

impl AuditedTable for Credential {
    fn audit_subject() -> String {
        let prefix = CredentialKind::ALL
            .map(|kind| format!("when '{}' then '{}' ", kind.as_str(), kind.id_prefix().as_str()));
        format!("case credential.kind {}end || lower(hex(credential.id))", prefix.concat())
    }
}

impl AuditedTable for District {
    fn audit_subject() -> String {
        "district.id".to_owned()
    }
}

/// Returns the names of a table's columns and the query for the newest audit record about a row.
pub(super) fn found_columns<T: AuditedTable>() -> String {
    format!(
        "{}, (select audit.seq from audit where audit.subject = {} order by audit.seq desc limit 1)",
        column_list::<T>(""),
        T::audit_subject()
    )
}

/// Assembles a statement like [`select!`], whose rows [`read_found`](super::transaction::read_found) reads.
macro_rules! select_found {
    ($record:ty, $clauses:literal) => {{
        static STATEMENT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            use $crate::store::table::{Column as _, TableRow};
            format!(
                concat!("select {} from {} ", $clauses),
                $crate::store::sqlite::statements::found_columns::<$record>(),
                <$record as TableRow>::Column::TABLE
            )
        });
        STATEMENT.as_str()
    }};
}
pub(super) use select_found;

//! Statements that are assembled once from the list of a table's columns.

use std::sync::LazyLock;

use super::rows::{
    ACCOUNT_COLUMNS, APP_COLUMNS, AUDIT_COLUMNS, CREDENTIAL_COLUMNS, DISTRICT_COLUMNS,
};

/// Formats a statement as `format!` does, but only once per process. For constants only.
macro_rules! statement {
    ($($format:tt)*) => {{
        static STATEMENT: std::sync::LazyLock<String> =
            std::sync::LazyLock::new(|| format!($($format)*));
        STATEMENT.as_str()
    }};
}
pub(super) use statement;

/// The statements that write whole rows of a table with many columns.
pub(super) struct WriteStatements {
    /// Inserts a row with all of its columns, unless another row is in the way.
    pub(super) insert: String,
    /// Replaces all columns of the row with the same first column.
    pub(super) update: String,
}

impl WriteStatements {
    /// Assembles the statements of a table with these columns, which are separated by ", ".
    pub(super) fn for_table(table: &str, columns: &str) -> Self {
        let columns: Vec<&str> = columns.split(", ").collect();
        let values: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let set: Vec<String> =
            (2..).zip(&columns[1..]).map(|(at, column)| format!("{column} = ?{at}")).collect();
        let (names, values) = (columns.join(", "), values.join(", "));
        Self {
            insert: format!(
                "insert into {table} ({names}) values ({values}) on conflict do nothing"
            ),
            update: format!("update {table} set {} where {} = ?1", set.join(", "), columns[0]),
        }
    }
}

pub(super) static ACCOUNT_STATEMENTS: LazyLock<WriteStatements> =
    LazyLock::new(|| WriteStatements::for_table("account", ACCOUNT_COLUMNS));
pub(super) static CREDENTIAL_STATEMENTS: LazyLock<WriteStatements> =
    LazyLock::new(|| WriteStatements::for_table("credential", CREDENTIAL_COLUMNS));
pub(super) static APP_STATEMENTS: LazyLock<WriteStatements> =
    LazyLock::new(|| WriteStatements::for_table("app", APP_COLUMNS));
pub(super) static DISTRICT_STATEMENTS: LazyLock<WriteStatements> =
    LazyLock::new(|| WriteStatements::for_table("district", DISTRICT_COLUMNS));
pub(super) static AUDIT_STATEMENTS: LazyLock<WriteStatements> =
    LazyLock::new(|| WriteStatements::for_table("audit", AUDIT_COLUMNS));

//! Writes: the statements that put whole rows in, for every table whose rows have many columns.

use std::sync::LazyLock;

use super::rows::{ACCOUNT_COLUMNS, APP_COLUMNS, CREDENTIAL_COLUMNS, DISTRICT_COLUMNS};

/// The statements that write the rows of a table, put together once: a credential has some thirty columns.
pub(super) struct WriteStatements {
    /// Adds a row with all of its columns, unless something is in its way.
    pub insert: String,
    /// Replaces all columns of the row whose first one is as given.
    pub update: String,
}

impl WriteStatements {
    /// Those of a table with these columns.
    pub fn for_table(table: &str, columns: &str) -> Self {
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

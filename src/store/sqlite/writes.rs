//! Writes: the statements that put whole rows in, for every table whose rows have many columns.

use std::sync::LazyLock;

use super::rows::{ACCOUNT, APP, CREDENTIAL, DISTRICT};

/// The statements that write the rows of a table, put together once: a credential has some thirty columns.
pub(super) struct Writes {
    /// Adds a row with all of its columns, unless something is in its way.
    pub insert: String,
    /// Replaces all columns of the row whose first one is as given.
    pub update: String,
}

impl Writes {
    /// Those of a table with these columns.
    pub fn to(table: &str, columns: &str) -> Self {
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

pub(super) static ACCOUNTS: LazyLock<Writes> = LazyLock::new(|| Writes::to("account", ACCOUNT));
pub(super) static CREDENTIALS: LazyLock<Writes> =
    LazyLock::new(|| Writes::to("credential", CREDENTIAL));
pub(super) static APPS: LazyLock<Writes> = LazyLock::new(|| Writes::to("app", APP));
pub(super) static DISTRICTS: LazyLock<Writes> = LazyLock::new(|| Writes::to("district", DISTRICT));

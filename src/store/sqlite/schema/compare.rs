//! Compares the schema of a file with that of its version. A trigger that somebody adds would change rows behind our
//! back, a view or a changed table would show other rows, and an index that is missing would fail the queries that
//! need it.

use std::{collections::BTreeMap, fmt};

use rusqlite::Connection;

use super::migrations::MIGRATIONS;
use crate::store::error::StoreError;

/// The newest schema: the statements as SQLite keeps them, sorted. Generated from the migrations.
const NEWEST_SCHEMA: &str = include_str!("../../../../migrations/sqlite/schema.sql");

/// After a statement in [`NEWEST_SCHEMA`], except for the last one.
const SEPARATOR: &str = ";\n\n";

/// The statements of [`NEWEST_SCHEMA`], split when this program is compiled: every command needs them.
const NEWEST_STATEMENTS: [&str; count_statements(NEWEST_SCHEMA)] = split_statements(NEWEST_SCHEMA);

/// The tables that SQLite itself keeps, for ANALYZE and AUTOINCREMENT. They do not count: a database tool may have created
/// them, and no result of a query depends on them.
const INTERNAL_TABLES: [&str; 3] = ["sqlite_sequence", "sqlite_stat1", "sqlite_stat4"];

/// The number of problems that an error names.
const MAX_NAMED: usize = 3;

/// The kind and the name of a part of a schema, as SQLite has them: `index`, `credential_slot`.
type Part = (String, String);

/// A difference between the schema of a file and that of its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store::sqlite) struct SchemaProblem {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) difference: Difference,
}

/// How a part of a schema differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// The schema does not have it.
    Foreign,
    /// It has another statement than this one.
    Changed { expected: String },
    /// The file does not have it; this statement creates it.
    Missing { expected: String },
}

impl fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, name, difference } = self;
        match difference {
            Difference::Foreign => write!(f, "the {kind} {name} does not belong to a store"),
            Difference::Changed { .. } => write!(f, "the {kind} {name} has another definition"),
            Difference::Missing { .. } => write!(f, "the {kind} {name} is missing"),
        }
    }
}

const fn count_statements(mut schema: &str) -> usize {
    let mut count = 0;
    while !schema.is_empty() {
        (_, schema) = split_first(schema);
        count += 1;
    }
    count
}

const fn split_statements<const N: usize>(mut schema: &'static str) -> [&'static str; N] {
    let (mut statements, mut number) = ([""; N], 0);
    while number < N {
        (statements[number], schema) = split_first(schema);
        number += 1;
    }
    statements
}

/// Returns the first statement of a schema, and the others.
const fn split_first(schema: &str) -> (&str, &str) {
    let (bytes, mut end) = (schema.as_bytes(), 0);
    // A semicolon in a comment ends no statement.
    while end + SEPARATOR.len() < bytes.len() {
        if bytes[end] == b';' && bytes[end + 1] == b'\n' && bytes[end + 2] == b'\n' {
            let (first, rest) = schema.split_at(end);
            return (first, rest.split_at(SEPARATOR.len()).1);
        }
        end += 1;
    }
    (schema.split_at(schema.len().saturating_sub(";\n".len())).0, "")
}

/// Returns whether a file has exactly the newest schema. Every command asks this, so it only compares texts. SQLite has
/// checked that each statement creates the table or index that it belongs to.
pub(in crate::store::sqlite) fn has_newest_schema(
    connection: &Connection,
) -> Result<bool, rusqlite::Error> {
    let mut statement = connection.prepare("select sql, tbl_name from sqlite_schema")?;
    let (mut rows, mut count) = (statement.query([])?, 0);
    while let Some(row) = rows.next()? {
        // The index of a constraint has no statement.
        let Some(statement) = row.get_ref(0)?.as_str_or_null()? else { continue };
        if NEWEST_STATEMENTS.binary_search(&statement).is_ok() {
            count += 1;
        } else if !INTERNAL_TABLES.contains(&row.get_ref(1)?.as_str()?) {
            return Ok(false);
        }
    }
    Ok(count == NEWEST_STATEMENTS.len())
}

/// Compares the schema of a file with the one that the migrations up to `version` create.
pub(in crate::store::sqlite) fn find_problems(
    connection: &Connection,
    version: usize,
) -> Result<Vec<SchemaProblem>, rusqlite::Error> {
    let (mut found, mut problems) = (read_schema(connection)?, Vec::new());
    for (part, expected) in expected_schema(version)? {
        match found.remove(&part) {
            None => problems.push(SchemaProblem::new(part, Difference::Missing { expected })),
            Some(statement) if statement != expected => {
                problems.push(SchemaProblem::new(part, Difference::Changed { expected }));
            }
            Some(_) => {}
        }
    }
    problems.extend(found.into_keys().map(|part| SchemaProblem::new(part, Difference::Foreign)));
    Ok(problems)
}

impl SchemaProblem {
    fn new((kind, name): Part, difference: Difference) -> Self {
        Self { kind, name, difference }
    }
}

fn expected_schema(version: usize) -> Result<BTreeMap<Part, String>, rusqlite::Error> {
    let database = Connection::open_in_memory()?;
    database.execute_batch("pragma foreign_keys = off")?;
    for migration in MIGRATIONS.iter().take(version) {
        database.execute_batch(migration)?;
    }
    read_schema(&database)
}

fn read_schema(connection: &Connection) -> Result<BTreeMap<Part, String>, rusqlite::Error> {
    let mut statement = connection
        .prepare("select type, name, sql, tbl_name from sqlite_schema where sql is not null")?;
    let (mut rows, mut parts) = (statement.query([])?, BTreeMap::new());
    while let Some(row) = rows.next()? {
        if !INTERNAL_TABLES.contains(&row.get_ref(3)?.as_str()?) {
            parts.insert((row.get(0)?, row.get(1)?), row.get(2)?);
        }
    }
    Ok(parts)
}

/// Returns the error of a file with these problems.
pub(in crate::store::sqlite) fn schema_error(problems: &[SchemaProblem]) -> StoreError {
    let mut texts: Vec<_> = problems.iter().take(MAX_NAMED).map(SchemaProblem::to_string).collect();
    if let Some(more) = problems.len().checked_sub(MAX_NAMED).filter(|more| *more > 0) {
        texts.push(format!("and {more} more"));
    }
    StoreError::Schema(texts.join(", "))
}

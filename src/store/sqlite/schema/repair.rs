//! Puts the schema of a file right, as far as that changes no row.

use rusqlite::{Connection, ErrorCode};

use super::{
    compare::{Difference, SchemaProblem, find_problems},
    migrations::MIGRATIONS,
};
use crate::store::port::backend::SchemaRepair;

/// Removes what does not belong to the newest schema, creates changed and missing indexes again, and rebuilds indexes that
/// do not agree with their tables. Changes nothing if something remains that can't be repaired: a table that seems foreign
/// may have the rows of a missing one.
pub(in crate::store::sqlite) fn repair(
    connection: &Connection,
) -> Result<SchemaRepair, rusqlite::Error> {
    // To remove a table would change the rows that refer to it. SQLite ignores this pragma inside a transaction.
    connection.execute_batch("pragma foreign_keys = off; begin exclusive")?;
    let repaired = repair_in_transaction(connection);
    let is_complete = repaired.as_ref().is_ok_and(|repaired| repaired.remaining.is_empty());
    let end = if is_complete { "commit" } else { "rollback" };
    connection.execute_batch(&format!("{end}; pragma foreign_keys = on"))?;
    repaired
}

fn repair_in_transaction(connection: &Connection) -> Result<SchemaRepair, rusqlite::Error> {
    let mut before = find_problems(connection, MIGRATIONS.len())?;
    // Removals first, since they may free a name.
    before.sort_by_key(|problem| problem.difference != Difference::Foreign);
    for statement in before.iter().flat_map(SchemaProblem::repair_statements) {
        match connection.execute_batch(&statement) {
            // It can't be repaired: rows contradict an index, or the module of a virtual table is not there.
            Err(error) if is_refused(&error) => {}
            executed => executed?,
        }
    }
    let after = find_problems(connection, MIGRATIONS.len())?;
    let texts = |problems: Vec<SchemaProblem>| problems.iter().map(ToString::to_string).collect();
    if !after.is_empty() {
        return Ok(SchemaRepair { repaired: Vec::new(), remaining: texts(after) });
    }
    let mut repaired: Vec<String> = texts(before);
    repaired.append(&mut rebuild_indexes(connection)?);
    Ok(SchemaRepair { repaired, remaining: Vec::new() })
}

/// Rebuilds the indexes if the structure of the database is damaged. Returns the problems that this solved.
fn rebuild_indexes(connection: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut solved = structural_problems(connection)?;
    if !solved.is_empty() {
        connection.execute_batch("reindex")?;
        let remaining = structural_problems(connection)?;
        solved.retain(|problem| !remaining.contains(problem));
    }
    Ok(solved)
}

/// Has SQLite check its own structure. Returns a description of each problem.
pub(in crate::store::sqlite) fn structural_problems(
    connection: &Connection,
) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement = connection.prepare("pragma integrity_check")?;
    let lines = statement.query_map([], |row| row.get(0))?;
    lines.filter(|line| !matches!(line.as_deref(), Ok("ok"))).collect()
}

fn is_refused(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::Unknown | ErrorCode::ConstraintViolation))
}

impl SchemaProblem {
    /// Returns the statements that repair it; none if they would change rows.
    fn repair_statements(&self) -> Vec<String> {
        let Self { kind, name, difference } = self;
        let drop = format!("drop {kind} if exists \"{}\"", name.replace('"', "\"\""));
        match difference {
            Difference::Foreign => vec![drop],
            Difference::Changed { expected } if kind == "index" => vec![drop, expected.clone()],
            Difference::Missing { expected } if kind == "index" => vec![expected.clone()],
            Difference::Changed { .. } | Difference::Missing { .. } => Vec::new(),
        }
    }
}

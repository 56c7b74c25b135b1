//! Puts the schema of a file right, as far as that changes no row.

use rusqlite::{Connection, ErrorCode};

use super::{
    compare::{Difference, SchemaProblem, find_problems},
    migrations::MIGRATIONS,
};
use crate::store::port::backend::SchemaRepair;

/// Removes what does not belong to the newest schema, and creates changed and missing indexes again.
pub(in crate::store::sqlite) fn repair(
    connection: &Connection,
) -> Result<SchemaRepair, rusqlite::Error> {
    // To remove a table would change the rows that refer to it. SQLite ignores this pragma inside a transaction.
    connection.execute_batch("pragma foreign_keys = off; begin exclusive")?;
    let repaired = repair_in_transaction(connection);
    let end = if repaired.is_ok() { "commit" } else { "rollback" };
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
    before.retain(|problem| !after.contains(problem));
    let texts = |problems: Vec<SchemaProblem>| problems.iter().map(ToString::to_string).collect();
    Ok(SchemaRepair { repaired: texts(before), remaining: texts(after) })
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

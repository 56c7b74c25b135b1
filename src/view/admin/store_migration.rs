//! The result of `store migrate`.

use super::super::value::optional_text;
use crate::{
    ops::admin::migrate::StoreMigration,
    render::{Record, Value},
};

/// The names of all fields, in order.
pub const STORE_MIGRATION_FIELDS: &[&str] = &[
    "schema",
    "from_version",
    "to_version",
    "migrated",
    "copy",
    "verifies",
    "problems",
    "dry_run",
];

/// The result of `store migrate`.
pub struct StoreMigrationView<'a> {
    migration: &'a StoreMigration,
    copy: Option<String>,
    is_dry_run: bool,
}

impl<'a> StoreMigrationView<'a> {
    /// Creates the view of a migration, or of one that a dry run did not make.
    pub fn new(migration: &'a StoreMigration, is_dry_run: bool) -> Self {
        let copy = migration.copy.as_ref().map(ToString::to_string);
        Self { migration, copy, is_dry_run }
    }
}

impl Record for StoreMigrationView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let StoreMigration { from, to, copy, issues } = self.migration;
        field("schema", Value::Text("gatepass.store-migration/v1"));
        field("from_version", Value::Integer(*from));
        field("to_version", Value::Integer(*to));
        field("migrated", Value::Bool(copy.is_some()));
        field("copy", optional_text(self.copy.as_deref()));
        field("verifies", Value::Bool(issues.is_empty()));
        field(
            "problems",
            Value::List(issues.iter().map(|problem| Value::Text(&problem.0)).collect()),
        );
        field("dry_run", Value::Bool(self.is_dry_run));
    }
}

//! Recognizing our files, and migrating their schema.

use std::path::Path;

use rusqlite::Connection;

use super::{
    error::to_store_error,
    schema::{APPLICATION_ID, MIGRATIONS},
};
use crate::store::{
    error::StoreError,
    migrate::{Migration, MigrationTarget, migrate},
};

/// The content of a SQLite file.
pub(super) enum DatabaseKind {
    /// Nothing.
    Empty,
    /// A store of this version.
    Store(i64),
    /// The database of another program.
    Foreign,
}

/// A connection to a file that may be anything.
pub(super) struct Database<'c>(pub(super) &'c Connection);

impl Database<'_> {
    /// Returns the kind of the file, read in one transaction. With separate reads, the application ID of a store that
    /// another process was creating was read too early, and the schema after it was set: one in some hundred openers
    /// under load took the store for a foreign database.
    pub(super) fn kind_in_transaction(&self) -> Result<DatabaseKind, rusqlite::Error> {
        let transaction = self.0.unchecked_transaction()?;
        let kind = self.kind()?;
        transaction.commit()?;
        Ok(kind)
    }

    fn kind(&self) -> Result<DatabaseKind, rusqlite::Error> {
        // The schema is read first: a store has its application ID at least as long as it has tables.
        let schema_version = self.pragma("schema_version")?;
        match self.pragma("application_id")? {
            APPLICATION_ID => Ok(DatabaseKind::Store(self.pragma("user_version")?)),
            0 if schema_version == 0 => Ok(DatabaseKind::Empty),
            _ => Ok(DatabaseKind::Foreign),
        }
    }

    /// Migrates the schema. Reads the version again inside the exclusive transaction: with a check outside, 295 of 400
    /// pairs of processes that opened a new store at once failed.
    pub(super) fn upgrade_schema(&self, path: &Path) -> Result<(), StoreError> {
        // A migration may replace a table that others refer to. SQLite ignores this pragma inside a transaction.
        self.execute_batch("pragma foreign_keys = off")?;
        let migrated = self.migrate_in_transaction(path);
        self.execute_batch("pragma foreign_keys = on")?;
        migrated
    }

    fn migrate_in_transaction(&self, path: &Path) -> Result<(), StoreError> {
        self.execute_batch("begin exclusive")?;
        let migrated = match self.kind().map_err(to_store_error) {
            Ok(DatabaseKind::Foreign) => Err(StoreError::NotAStore(path.to_owned())),
            Ok(DatabaseKind::Empty | DatabaseKind::Store(_)) => migrate(self, MIGRATIONS),
            Err(error) => Err(error),
        };
        match migrated {
            Ok(()) => self.execute_batch("commit"),
            Err(error) => {
                self.execute_batch("rollback")?;
                Err(error)
            }
        }
    }

    fn pragma(&self, name: &str) -> Result<i64, rusqlite::Error> {
        self.0.query_row(&format!("pragma {name}"), [], |row| row.get(0))
    }

    fn execute_batch(&self, statements: &str) -> Result<(), StoreError> {
        self.0.execute_batch(statements).map_err(to_store_error)
    }
}

impl MigrationTarget for Database<'_> {
    fn version(&self) -> Result<i64, StoreError> {
        self.pragma("user_version").map_err(to_store_error)
    }

    fn apply(&self, version: i64, statements: Migration) -> Result<(), StoreError> {
        self.execute_batch(statements)?;
        self.execute_batch(&format!(
            "pragma application_id = {APPLICATION_ID}; pragma user_version = {version}"
        ))
    }
}

//! Recognizing our files, and migrating their schema.

use std::path::Path;

use rusqlite::Connection;

use super::{
    error::to_store_error,
    schema::{
        APPLICATION_ID, MIGRATIONS, SchemaProblem, find_problems, has_newest_schema, schema_error,
    },
};
use crate::store::{
    error::StoreError,
    migrate::{self, Migration, MigrationTarget, apply_migrations},
    port::mode::{NewStore, OnNewStore},
};

/// Checks that the store at `path` has the newest version.
pub(super) fn ensure_current(path: &Path, version: i64) -> Result<(), StoreError> {
    migrate::ensure_current(|| path.to_owned().into(), version, MIGRATIONS)
}

/// The content of a SQLite file.
pub(super) enum DatabaseKind {
    /// Nothing.
    Empty,
    /// The tables of a store of this version, without a head and without accounts: the process that created it ended
    /// before it initialized it.
    Uninitialized(usize),
    /// A store of this version.
    Store(i64),
    /// A store of the newest version whose schema is wrong. Nothing else of it was read.
    Changed(Vec<SchemaProblem>),
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

    /// Returns the kind of the file, within a transaction of the caller.
    pub(super) fn kind(&self) -> Result<DatabaseKind, rusqlite::Error> {
        // The schema is read first: a store has its application ID at least as long as it has tables.
        let schema_version = self.pragma("schema_version")?;
        match self.pragma("application_id")? {
            APPLICATION_ID => self.kind_of_store(),
            0 if schema_version == 0 => Ok(DatabaseKind::Empty),
            _ => Ok(DatabaseKind::Foreign),
        }
    }

    fn kind_of_store(&self) -> Result<DatabaseKind, rusqlite::Error> {
        let version = self.version()?;
        if version == MIGRATIONS.len() as i64 && !has_newest_schema(self.0)? {
            let problems = find_problems(self.0, MIGRATIONS.len())?;
            if !problems.is_empty() {
                return Ok(DatabaseKind::Changed(problems));
            }
        }
        match usize::try_from(version) {
            // Every known version has these tables.
            Ok(known @ 1..) if known <= MIGRATIONS.len() && !self.is_initialized()? => {
                Ok(DatabaseKind::Uninitialized(known))
            }
            _ => Ok(DatabaseKind::Store(version)),
        }
    }

    fn is_initialized(&self) -> Result<bool, rusqlite::Error> {
        let statement = "select exists (select 1 from head) or exists (select 1 from account)";
        self.0.query_row(statement, [], |row| row.get(0))
    }

    /// Returns the version of the store.
    pub(super) fn version(&self) -> Result<i64, rusqlite::Error> {
        self.0.prepare_cached("pragma user_version")?.query_row([], |row| row.get(0))
    }

    /// Creates the tables of the newest version in a file that has none, or none with rows, after calling `on_new`. Reads the kind of the file
    /// again inside the exclusive transaction: with a check outside, 295 of 400 pairs of processes that opened a new
    /// store at once failed.
    pub(super) fn create_schema(
        &self,
        path: &Path,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<(), StoreError> {
        // A migration may replace a table that others refer to. SQLite ignores this pragma inside a transaction.
        self.execute_batch("pragma foreign_keys = off")?;
        let created = self.create_in_transaction(path, on_new);
        self.execute_batch("pragma foreign_keys = on")?;
        created
    }

    fn create_in_transaction(
        &self,
        path: &Path,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<(), StoreError> {
        self.execute_batch("begin exclusive")?;
        let created = match self.kind().map_err(to_store_error) {
            Ok(DatabaseKind::Foreign) => Err(StoreError::NotAStore(path.to_owned().into())),
            Ok(DatabaseKind::Empty) => on_new(NewStore::Empty).and_then(|()| self.migrate_from(0)),
            Ok(DatabaseKind::Uninitialized(version)) => {
                on_new(NewStore::Uninitialized).and_then(|()| self.migrate_from(version))
            }
            Ok(DatabaseKind::Store(version)) => ensure_current(path, version),
            Ok(DatabaseKind::Changed(problems)) => Err(schema_error(&problems)),
            Err(error) => Err(error),
        };
        match created {
            Ok(()) => self.execute_batch("commit"),
            Err(error) => {
                self.execute_batch("rollback")?;
                Err(error)
            }
        }
    }

    /// Brings the tables from this version to the newest one, within a transaction of the caller.
    pub(super) fn migrate_from(&self, version: usize) -> Result<(), StoreError> {
        apply_migrations(self, version, MIGRATIONS)
    }

    /// Checks that a store has the schema of its version, within a transaction of the caller.
    pub(super) fn ensure_schema_of(&self, version: usize) -> Result<(), StoreError> {
        match &find_problems(self.0, version).map_err(to_store_error)?[..] {
            [] => Ok(()),
            problems => Err(schema_error(problems)),
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
    fn apply(&self, version: i64, statements: Migration) -> Result<(), StoreError> {
        self.execute_batch(statements)?;
        self.execute_batch(&format!(
            "pragma application_id = {APPLICATION_ID}; pragma user_version = {version}"
        ))
    }
}

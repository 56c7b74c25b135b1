//! Migrations: numbered steps from an empty database to the current schema. All backends share these rules.

use super::error::StoreError;

/// The statements of one migration. Its version is its position in the list, counted from 1.
pub type Migration = &'static str;

/// A database that can be migrated. The caller holds an exclusive transaction during the whole migration.
pub trait MigrationTarget {
    /// Returns the version of the database; 0 if the database is empty.
    fn version(&self) -> Result<i64, StoreError>;
    /// Runs one migration and records its version.
    fn apply(&self, version: i64, statements: Migration) -> Result<(), StoreError>;
}

/// Brings a database from its version to the newest one.
///
/// # Errors
/// [`StoreError::Newer`] if the database has an unknown version, or the error of a migration.
pub fn migrate(
    database: &impl MigrationTarget,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let applied = check_version(database.version()?, migrations)?;
    for (version, statements) in (1..).zip(migrations).skip(applied) {
        database.apply(version, statements)?;
    }
    Ok(())
}

/// Returns a database's version as an index into `migrations`: the number of migrations that it already has.
///
/// # Errors
/// [`StoreError::Newer`] if the version is not between 0 and the number of migrations.
pub fn check_version(found: i64, migrations: &[Migration]) -> Result<usize, StoreError> {
    let known = migrations.len() as i64;
    usize::try_from(found).ok().filter(|_| found <= known).ok_or(StoreError::Newer { found, known })
}

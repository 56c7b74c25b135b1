//! Migrations: numbered steps from an empty database to the present schema, the same rules for every backend.

use super::StoreError;

/// One step; its number is its place in the list, from 1.
pub type Migration = &'static str;

/// What a database must offer to be migrated. The caller holds an exclusive transaction around all of it.
pub trait MigrationTarget {
    /// The version that the database has; 0 when it is empty.
    fn version(&self) -> Result<i64, StoreError>;
    /// Runs one step and notes its version.
    fn apply(&self, version: i64, statements: Migration) -> Result<(), StoreError>;
}

/// Brings a database from its version to the newest.
///
/// # Errors
/// [`StoreError::Newer`] when its version is not known; what a step answers.
pub fn migrate(database: &impl MigrationTarget, steps: &[Migration]) -> Result<(), StoreError> {
    let found = check_version(database.version()?, steps)?;
    for (version, statements) in (1..).zip(steps).skip(found) {
        database.apply(version, statements)?;
    }
    Ok(())
}

/// The version as a place in the list of steps.
///
/// # Errors
/// [`StoreError::Newer`] when it lies beyond.
pub fn check_version(found: i64, steps: &[Migration]) -> Result<usize, StoreError> {
    let known = steps.len() as i64;
    usize::try_from(found).ok().filter(|_| found <= known).ok_or(StoreError::Newer { found, known })
}

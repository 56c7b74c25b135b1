//! Migrations: numbered steps from an empty database to the current schema, and how a store of an older version is
//! migrated. All backends share these rules.

use super::{
    error::StoreError,
    integrity::issue::IntegrityIssue,
    port::{
        backend::Backend,
        record::{Head, WithMac},
    },
    tx::store::Store,
};
use crate::{
    domain::{instant::Instant, store_address::StoreAddress},
    keys::Keys,
};

/// The statements of one migration. Its version is its position in the list, counted from 1.
pub type Migration = &'static str;

/// A database that can be migrated. The caller holds an exclusive transaction during the whole migration.
pub trait MigrationTarget {
    /// Runs one migration and records its version.
    fn apply(&self, version: i64, statements: Migration) -> Result<(), StoreError>;
}

/// Brings a database from version `from` to the newest one; 0 is an empty database.
///
/// # Errors
/// The error of a migration.
pub fn apply_migrations(
    database: &impl MigrationTarget,
    from: usize,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    for (version, statements) in (1..).zip(migrations).skip(from) {
        database.apply(version, statements)?;
    }
    Ok(())
}

/// Checks that a store has the newest version; `found` is the version that it has.
///
/// # Errors
/// [`StoreError::Older`] or [`StoreError::Newer`].
pub fn ensure_current(
    address: impl FnOnce() -> StoreAddress,
    found: i64,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let known = migrations.len() as i64;
    match found {
        _ if found == known => Ok(()),
        0.. if found < known => Err(StoreError::Older { address: address(), found, known }),
        _ => Err(StoreError::Newer { address: address(), found, known }),
    }
}

/// A store that its backend has locked for a migration: other processes can read it, but not write to it. Dropping it
/// releases the lock and removes what is temporary, and the copy unless the store was migrated.
pub trait LockedStore {
    /// Returns the version of the store; never a newer one than [`LockedStore::newest_version`].
    fn version(&self) -> i64;

    /// Returns the version that this program requires.
    fn newest_version(&self) -> i64;

    /// Makes a temporary copy of the store, and migrates a copy of that. Returns the migrated one, to be checked.
    ///
    /// # Errors
    /// If there is no space for the copies, or a migration fails.
    fn rehearse(&mut self) -> Result<Box<dyn Backend>, StoreError>;

    /// Makes the copy of the old version permanent, under a name with this time. Returns its address.
    ///
    /// # Errors
    /// If it can't be written.
    fn keep_copy(&mut self, now: Instant) -> Result<StoreAddress, StoreError>;

    /// Migrates the store in one transaction and replaces its head.
    ///
    /// # Errors
    /// If the store can't be written. Then it is unchanged.
    fn migrate(&mut self, head: &WithMac<Head>) -> Result<(), StoreError>;
}

/// The result of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreMigration {
    /// The version of the store before.
    pub from: i64,
    /// The version that this program requires.
    pub to: i64,
    /// The copy of the old version. `None` if the store was not migrated.
    pub copy: Option<StoreAddress>,
    /// What the integrity check found. The store was not migrated if there is anything.
    pub issues: Vec<IntegrityIssue>,
}

/// Migrates a store of an older version, unless its integrity check finds an issue or this is a dry run.
///
/// The check needs the newest version, so it is made on a migrated copy. Only then is the store itself changed. Its sums
/// are those of the copy: whatever was put back before the migration would be part of them forever.
///
/// # Errors
/// [`StoreError::WrongKey`], or the reason why a copy or the store can't be written. Then nothing was changed.
pub fn migrate_locked(
    locked: &mut dyn LockedStore,
    keys: Keys,
    now: Instant,
    dry_run: bool,
) -> Result<StoreMigration, StoreError> {
    let rehearsed = Store::migrating(locked.rehearse()?, keys);
    let (issues, sums) = rehearsed.check_and_sum()?;
    let (from, to) = (locked.version(), locked.newest_version());
    if !issues.is_empty() || dry_run {
        return Ok(StoreMigration { from, to, copy: None, issues });
    }
    let head = rehearsed.head_with_sums(&sums)?;
    drop(rehearsed);
    let copy = locked.keep_copy(now)?;
    locked.migrate(&head)?;
    Ok(StoreMigration { from, to, copy: Some(copy), issues })
}

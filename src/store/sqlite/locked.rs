//! A file that is locked for its migration, and its copies beside it.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
    config::DbConfig,
};

use super::{
    backend::SqliteBackend,
    error::{io_error, is_not_found, open_error, to_store_error, write_error},
    open::{WRITE_SETTINGS, checked_path, connect, ensure_writable, with_suffix},
    schema::{MIGRATIONS, schema_error},
    transaction::SqliteTransaction,
    upgrade::{Database, DatabaseKind, ensure_current},
};
use crate::{
    domain::{instant::Instant, store_address::StoreAddress},
    keys::{new_file, secure_fs},
    store::{
        error::StoreError,
        migrate::LockedStore,
        port::{
            backend::{Backend, BackendTransaction},
            mode::{LockWait, Mode},
            record::{Head, WithMac},
        },
    },
};

/// A store in a file, with an open transaction that holds the write lock.
pub(in crate::store) struct LockedFile {
    connection: Connection,
    path: PathBuf,
    version: usize,
    /// A copy of the old version, temporary until it is kept.
    copy: TemporaryFile,
    /// A copy of the copy, to be migrated and checked.
    rehearsal: TemporaryFile,
    /// The path of the copy once it is kept.
    kept: Option<PathBuf>,
    is_committed: bool,
}

impl LockedFile {
    /// Locks the file; see [`crate::store::lock`].
    pub(in crate::store) fn lock(path: &Path) -> Result<Self, StoreError> {
        let path = checked_path(path, Mode::Write)?;
        let connection = connect(&path, Mode::Write, LockWait::UntilTimeout)?;
        ensure_writable(&connection, &path)?;
        // A migration may replace a table that others refer to. SQLite ignores this pragma inside a transaction.
        let begin = format!("pragma foreign_keys = off; {WRITE_SETTINGS}; begin immediate");
        connection.execute_batch(&begin).map_err(|error| open_error(&path, error))?;
        let version = version_to_migrate(&connection, &path)?;
        Ok(Self {
            connection,
            version,
            copy: TemporaryFile(with_suffix(&path, ".migration-copy")),
            rehearsal: TemporaryFile(with_suffix(&path, ".migration-rehearsal")),
            kept: None,
            is_committed: false,
            path,
        })
    }

    /// Rolls back, and removes the kept copy if the store certainly has the old version still.
    fn undo(&self) {
        // A connection that can't roll back does so when it closes.
        let _rolled_back = self.connection.execute_batch("rollback");
        let is_unchanged =
            Database(&self.connection).version().is_ok_and(|now| now == self.version as i64);
        if let Some(kept) = self.kept.as_ref().filter(|_| is_unchanged) {
            // A copy that can't be removed does no harm.
            let _removed = fs::remove_file(kept);
        }
    }
}

/// Returns the version of a store that this program can migrate, or that is the newest.
fn version_to_migrate(connection: &Connection, path: &Path) -> Result<usize, StoreError> {
    let database = Database(connection);
    match database.kind().map_err(|error| open_error(path, error))? {
        DatabaseKind::Changed(problems) => Err(schema_error(&problems)),
        DatabaseKind::Foreign => Err(StoreError::NotAStore(path.to_owned().into())),
        DatabaseKind::Empty | DatabaseKind::Uninitialized(_) => {
            Err(StoreError::Missing(path.to_owned().into()))
        }
        DatabaseKind::Store(version) => match ensure_current(path, version) {
            Ok(()) | Err(StoreError::Older { .. }) => {
                let version = version as usize;
                database.ensure_schema_of(version).map(|()| version)
            }
            Err(error) => Err(error),
        },
    }
}

impl LockedStore for LockedFile {
    fn version(&self) -> i64 {
        self.version as i64
    }

    fn newest_version(&self) -> i64 {
        MIGRATIONS.len() as i64
    }

    fn rehearse(&mut self) -> Result<Box<dyn Backend>, StoreError> {
        self.copy.create()?;
        copy_database(&self.path, &self.copy.0)?;
        self.rehearsal.create()?;
        let path = &self.rehearsal.0;
        fs::copy(&self.copy.0, path).map_err(|error| write_error(path, &error))?;
        migrate_unsafely(path, self.version)?;
        Ok(Box::new(SqliteBackend::open(path, Mode::Read, LockWait::Never)?))
    }

    fn keep_copy(&mut self, now: Instant) -> Result<StoreAddress, StoreError> {
        let path = unused_path(&self.path, self.version, now)?;
        let error = |error| write_error(&path, &error);
        // The migration may need its space.
        self.rehearsal.remove().map_err(error)?;
        File::open(&self.copy.0)
            .and_then(|file| new_file::publish(&file, &self.copy.0, &path))
            .map_err(error)?;
        self.kept = Some(path.clone());
        Ok(path.into())
    }

    fn migrate(&mut self, head: &WithMac<Head>) -> Result<(), StoreError> {
        Database(&self.connection).migrate_from(self.version)?;
        Box::new(SqliteTransaction::begun(&self.connection)).commit(Some(head))?;
        self.is_committed = true;
        Ok(())
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        if !self.is_committed {
            // While the lock is held, since the next migration uses the same names. It removes what is left.
            let _removed = self.copy.remove().and(self.rehearsal.remove());
            self.undo();
        }
    }
}

/// Copies a database that other connections may have open.
fn copy_database(from: &Path, to: &Path) -> Result<(), StoreError> {
    let source = connect(from, Mode::Read, LockWait::UntilTimeout)?;
    let mut target = connect_unsafely(to)?;
    let backup = Backup::new(&source, &mut target).map_err(to_store_error)?;
    match backup.step(-1).map_err(to_store_error)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

/// Migrates a temporary file.
fn migrate_unsafely(path: &Path, version: usize) -> Result<(), StoreError> {
    let connection = connect_unsafely(path)?;
    connection
        .execute_batch("pragma foreign_keys = off; begin exclusive")
        .map_err(to_store_error)?;
    Database(&connection).migrate_from(version)?;
    connection.execute_batch("commit").map_err(to_store_error)
}

/// Opens a temporary file for writing, without a journal and without syncing: a crash may damage it.
fn connect_unsafely(path: &Path) -> Result<Connection, StoreError> {
    let connection = connect(path, Mode::Write, LockWait::Never)?;
    // The defensive mode insists on a journal.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).map_err(to_store_error)?;
    connection
        .execute_batch(
            "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536",
        )
        .map_err(to_store_error)?;
    Ok(connection)
}

/// Returns a path for the copy of a version at which nothing exists. Nobody else creates one there while the store is
/// locked.
fn unused_path(store: &Path, version: usize, now: Instant) -> Result<PathBuf, StoreError> {
    let time = now.to_string().replace(['-', ':'], "");
    let first = with_suffix(store, &format!(".version-{version}-{time}"));
    let mut path = first.clone();
    for number in 2.. {
        match path.symlink_metadata() {
            Ok(_) => path = with_suffix(&first, &format!("-{number}")),
            Err(error) if is_not_found(&error) => break,
            Err(error) => return Err(io_error(&path, &error)),
        }
    }
    Ok(path)
}

/// A file that exists only while the store is locked.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    /// Creates the file, empty. Removes one that a process left when it was killed.
    fn create(&self) -> Result<(), StoreError> {
        let error = |error| write_error(&self.0, &error);
        self.remove().map_err(error)?;
        secure_fs::create_private_file(&self.0).map(drop).map_err(error)
    }

    /// Removes the file, if it exists, and those that SQLite keeps beside it.
    fn remove(&self) -> io::Result<()> {
        for suffix in ["-journal", "-wal", "-shm", ""] {
            match fs::remove_file(with_suffix(&self.0, suffix)) {
                Err(error) if !is_not_found(&error) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

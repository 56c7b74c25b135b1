//! The file: what is checked before SQLite opens it, and how it is opened.

use std::{
    io,
    os::unix::fs::MetadataExt,
    path::Path,
    time::{Duration, Instant as Timer},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use super::{APPLICATION_ID, MIGRATIONS, SqliteBackend, to_store_error};
use crate::{
    keys::{path_check, paths, secure_fs},
    store::{
        StoreError,
        migrate::{Migration, MigrationTarget, check_version, migrate},
    },
};

/// What a store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To look; a missing one is an error. One of an older version is brought up to date all the same.
    Read,
    /// To change; a missing one is an error.
    Write,
    /// To change; a missing one is made.
    Create,
}

/// How long a lock is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockWait {
    /// Five seconds.
    UntilTimeout,
    /// Not at all.
    Never,
}

/// How long another process may hold the write lock before we give up.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) fn open(path: &Path, mode: Mode, wait: LockWait) -> Result<SqliteBackend, StoreError> {
    let missing = || StoreError::Missing(path.to_owned());
    if mode == Mode::Create {
        create_parent_dir(path)?;
    }
    // SQLite refuses links in every component; only the last one is ours to judge.
    let path = match paths::canonical(path) {
        Ok(path) => path,
        Err(error) if is_not_found(&error) => return Err(missing()),
        Err(error) => return Err(io_error(path, &error)),
    };
    if path_check::check_file(&path)?.is_none() {
        if mode != Mode::Create {
            return Err(missing());
        }
        match secure_fs::create_private_file(&path) {
            // Closed again before SQLite opens it: a second descriptor would drop SQLite's locks when it closes.
            Ok(file) => drop(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                _ = path_check::check_file(&path)?
            }
            Err(error) => return Err(io_error(&path, &error)),
        }
    }
    let connection = match connect_and_prepare(&path, mode, wait) {
        Err(older @ StoreError::Older { .. }) => {
            // Whoever looks at an older store brings it up to date first, if they may.
            match connect_and_prepare(&path, Mode::Write, wait) {
                Err(StoreError::Inaccessible(_)) => return Err(older),
                written => drop(written?),
            }
            connect_and_prepare(&path, mode, wait)?
        }
        connection => connection?,
    };
    let file = file_identity(&path).map_err(|error| io_error(&path, &error))?;
    Ok(SqliteBackend { connection, path, file_identity: file })
}

/// The device and the inode that a path leads to. The file is not opened for it: closing it again would drop SQLite's
/// locks.
pub(super) fn file_identity(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = path.symlink_metadata()?;
    Ok((metadata.dev(), metadata.ino()))
}

/// A connection that is ready for use.
fn connect_and_prepare(path: &Path, mode: Mode, wait: LockWait) -> Result<Connection, StoreError> {
    let connection = connect(path, mode, wait)?;
    prepare_connection(&connection, path, mode)?;
    Ok(connection)
}

fn create_parent_dir(path: &Path) -> Result<(), StoreError> {
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => {
            secure_fs::create_private_dir(parent).map_err(|error| io_error(parent, &error))
        }
        None => Ok(()),
    }
}

fn connect(path: &Path, mode: Mode, wait: LockWait) -> Result<Connection, StoreError> {
    let access = match mode {
        Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::Write | Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(path, flags).map_err(to_store_error)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(to_store_error)?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
        .map_err(to_store_error)?;
    match wait {
        LockWait::UntilTimeout => {
            connection.busy_handler(Some(busy_handler())).map_err(to_store_error)?
        }
        LockWait::Never => connection.busy_timeout(Duration::ZERO).map_err(to_store_error)?,
    }
    Ok(connection)
}

/// Sleeps 0.2 to 1 ms at a time. SQLite's own handler backs off to 100 ms, and with eight writers the last one then
/// waited 0.6 s instead of 0.1 s.
fn busy_handler() -> impl FnMut(i32) -> bool + Send + 'static {
    let mut since = Timer::now();
    move |count| {
        if count == 0 {
            since = Timer::now();
        }
        std::thread::sleep(Duration::from_micros(200 + 100 * u64::from(count.unsigned_abs() % 9)));
        since.elapsed() < LOCK_TIMEOUT
    }
}

/// Checks whose file it is, brings its schema up to date where it may be written, and sets the pragmas.
fn prepare_connection(connection: &Connection, path: &Path, mode: Mode) -> Result<(), StoreError> {
    // Every row is small; `cell_size_check` and no memory map make rot an error instead of a crash.
    connection
        .execute_batch(
            "pragma cell_size_check = on; pragma mmap_size = 0; pragma foreign_keys = on",
        )
        .map_err(|error| open_error(path, error))?;
    let database = Database(connection);
    match database.kind_in_transaction().map_err(|error| open_error(path, error))? {
        DatabaseKind::Foreign => return Err(StoreError::NotAStore(path.to_owned())),
        DatabaseKind::Empty if mode != Mode::Create => {
            return Err(StoreError::Missing(path.to_owned()));
        }
        DatabaseKind::Store(version) => {
            let is_older = check_version(version, MIGRATIONS)? < MIGRATIONS.len();
            if is_older && mode == Mode::Read {
                return Err(StoreError::Older { found: version, known: MIGRATIONS.len() as i64 });
            }
            if is_older {
                database.upgrade_schema(path)?;
            }
        }
        DatabaseKind::Empty => database.upgrade_schema(path)?,
    }
    if mode == Mode::Read {
        return connection.execute_batch("pragma query_only = on").map_err(to_store_error);
    }
    enable_wal(connection)?;
    // 64 MiB at most, in KiB: many changes at once touch pages all over the file. A few changes never fill it.
    connection
        .execute_batch(
            "pragma synchronous = full; pragma secure_delete = on; pragma cache_size = -65536",
        )
        .map_err(to_store_error)
}

/// Switches to the write-ahead log, which a file keeps; while somebody else reads in the old mode, that has to wait.
fn enable_wal(connection: &Connection) -> Result<(), StoreError> {
    let mut wait = busy_handler();
    for count in 0.. {
        let mode =
            connection.query_row("pragma journal_mode = wal", [], |row| row.get::<_, String>(0));
        match mode.map_err(to_store_error) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(_) | Err(StoreError::Busy) if wait(count) => {}
            Ok(mode) => {
                return Err(StoreError::Inaccessible(format!("it stays in journal mode {mode}")));
            }
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Busy)
}

/// Whose file it is.
enum DatabaseKind {
    /// A file without anything in it.
    Empty,
    /// A store of this version.
    Store(i64),
    /// Some other database.
    Foreign,
}

struct Database<'c>(&'c Connection);

impl Database<'_> {
    /// The identity as of one instant. Read piece by piece, a store that another process is just making had no
    /// application id and then a schema: it looked like a foreign database to one in some hundred openers under load.
    fn kind_in_transaction(&self) -> Result<DatabaseKind, rusqlite::Error> {
        let transaction = self.0.unchecked_transaction()?;
        let identity = self.kind()?;
        transaction.commit()?;
        Ok(identity)
    }

    fn kind(&self) -> Result<DatabaseKind, rusqlite::Error> {
        // In this order: what has tables by the time the mark is read has had its mark at least as long.
        let tables = self.pragma("schema_version")?;
        match self.pragma("application_id")? {
            APPLICATION_ID => Ok(DatabaseKind::Store(self.pragma("user_version")?)),
            0 if tables == 0 => Ok(DatabaseKind::Empty),
            _ => Ok(DatabaseKind::Foreign),
        }
    }

    /// The version is read again inside the exclusive transaction: with a check outside, 295 of 400 pairs of
    /// processes that opened a new store at once failed.
    fn upgrade_schema(&self, path: &Path) -> Result<(), StoreError> {
        // A step may make a table anew that others refer to. It can be turned off outside of a transaction only.
        self.execute_batch("pragma foreign_keys = off")?;
        let done = self.migrate_in_transaction(path);
        self.execute_batch("pragma foreign_keys = on")?;
        done
    }

    fn migrate_in_transaction(&self, path: &Path) -> Result<(), StoreError> {
        self.execute_batch("begin exclusive")?;
        let done = match self.kind().map_err(to_store_error) {
            Ok(DatabaseKind::Foreign) => Err(StoreError::NotAStore(path.to_owned())),
            Ok(DatabaseKind::Empty | DatabaseKind::Store(_)) => migrate(self, MIGRATIONS),
            Err(error) => Err(error),
        };
        match done {
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

/// A file that SQLite does not take for a database is not ours.
fn open_error(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotAStore(path.to_owned()),
        _ => to_store_error(error),
    }
}

fn is_not_found(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn io_error(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
        _ => StoreError::Inaccessible(format!("{}: {error}", path.display())),
    }
}

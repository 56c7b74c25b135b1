//! Opening the file: the checks before SQLite opens it, and the settings of the connection.

use std::{
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::{Duration, Instant as Timer},
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::{
    error::{io_error, is_not_found, open_error, to_store_error},
    schema::MIGRATIONS,
    upgrade::{Database, DatabaseKind},
};
use crate::{
    keys::{path_check, paths, secure_fs},
    store::{error::StoreError, migrate::check_version},
};

/// The purpose for which a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To read. The store must exist. A store of an older version is migrated all the same.
    Read,
    /// To write. The store must exist.
    Write,
    /// To write. Creates the store if it does not exist.
    Create,
}

/// How long to wait for a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockWait {
    /// Waits up to five seconds.
    UntilTimeout,
    /// Fails immediately if the lock is held.
    Never,
}

/// How long another process may hold the write lock before an attempt to take it fails.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// A file that was checked and opened.
pub(super) struct OpenFile {
    pub(super) connection: Connection,
    /// The path with links in its directory resolved.
    pub(super) path: PathBuf,
    pub(super) identity: FileIdentity,
}

/// Identifies a file independently of its path.
#[derive(PartialEq, Eq)]
pub(super) struct FileIdentity {
    device: u64,
    inode: u64,
}

impl FileIdentity {
    /// Returns the identity of the file at `path`. Does not open the file, because closing it again would drop the
    /// locks of SQLite.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = path.symlink_metadata()?;
        Ok(Self { device: metadata.dev(), inode: metadata.ino() })
    }
}

/// Opens the store at `path`; see [`super::SqliteBackend::open`].
pub(super) fn open(path: &Path, mode: Mode, wait: LockWait) -> Result<OpenFile, StoreError> {
    if mode == Mode::Create {
        create_parent_dir(path)?;
    }
    let path = resolve_path(path)?;
    ensure_file(&path, mode)?;
    let connection = match connect_and_prepare(&path, mode, wait) {
        Err(older @ StoreError::Older { .. }) => {
            // A reader migrates an older store first, if it may write.
            match connect_and_prepare(&path, Mode::Write, wait) {
                Err(StoreError::Inaccessible(_)) => return Err(older),
                written => drop(written?),
            }
            connect_and_prepare(&path, mode, wait)?
        }
        connection => connection?,
    };
    let identity = FileIdentity::of(&path).map_err(|error| io_error(&path, &error))?;
    Ok(OpenFile { connection, path, identity })
}

/// Resolves links in the directory of the file, because SQLite refuses links in every component of a path.
fn resolve_path(path: &Path) -> Result<PathBuf, StoreError> {
    paths::canonical(path).map_err(|error| match is_not_found(&error) {
        true => StoreError::Missing(path.to_owned()),
        false => io_error(path, &error),
    })
}

/// Checks that the file exists and is safe. Creates a missing one if the mode says so.
fn ensure_file(path: &Path, mode: Mode) -> Result<(), StoreError> {
    if path_check::check_file(path)?.is_some() {
        return Ok(());
    }
    if mode != Mode::Create {
        return Err(StoreError::Missing(path.to_owned()));
    }
    match secure_fs::create_private_file(path) {
        // Closed before SQLite opens the file: closing a second descriptor later would drop the locks of SQLite.
        Ok(file) => drop(file),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            _ = path_check::check_file(path)?
        }
        Err(error) => return Err(io_error(path, &error)),
    }
    Ok(())
}

fn create_parent_dir(path: &Path) -> Result<(), StoreError> {
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => {
            secure_fs::create_private_dir(parent).map_err(|error| io_error(parent, &error))
        }
        None => Ok(()),
    }
}

/// Returns a connection that is ready for use.
fn connect_and_prepare(path: &Path, mode: Mode, wait: LockWait) -> Result<Connection, StoreError> {
    let connection = connect(path, mode, wait)?;
    prepare_connection(&connection, path, mode)?;
    Ok(connection)
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

/// Sleeps 0.2 to 1 ms at a time. SQLite's own handler backs off to 100 ms, which made the last of eight writers wait
/// 0.6 s instead of 0.1 s.
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

/// Checks that the file is ours, migrates its schema if needed and allowed, and sets the pragmas.
fn prepare_connection(connection: &Connection, path: &Path, mode: Mode) -> Result<(), StoreError> {
    // With `cell_size_check` and without a memory map, a damaged file causes an error instead of a crash. All rows are
    // small, so nothing is lost.
    connection
        .execute_batch(
            "pragma cell_size_check = on; pragma mmap_size = 0; pragma foreign_keys = on",
        )
        .map_err(|error| open_error(path, error))?;
    ensure_schema(connection, path, mode)?;
    if mode == Mode::Read {
        return connection.execute_batch("pragma query_only = on").map_err(to_store_error);
    }
    enable_wal(connection)?;
    // A cache of at most 64 MiB (in KiB): a large transaction touches pages all over the file. A small one never
    // fills it.
    connection
        .execute_batch(
            "pragma synchronous = full; pragma secure_delete = on; pragma cache_size = -65536",
        )
        .map_err(to_store_error)
}

/// Checks that the file is ours or empty, and migrates its schema if needed and allowed.
fn ensure_schema(connection: &Connection, path: &Path, mode: Mode) -> Result<(), StoreError> {
    let database = Database(connection);
    match database.kind_in_transaction().map_err(|error| open_error(path, error))? {
        DatabaseKind::Foreign => Err(StoreError::NotAStore(path.to_owned())),
        DatabaseKind::Empty if mode != Mode::Create => Err(StoreError::Missing(path.to_owned())),
        DatabaseKind::Empty => database.upgrade_schema(path),
        DatabaseKind::Store(version) => {
            let is_older = check_version(version, MIGRATIONS)? < MIGRATIONS.len();
            match is_older {
                true if mode == Mode::Read => {
                    Err(StoreError::Older { found: version, known: MIGRATIONS.len() as i64 })
                }
                true => database.upgrade_schema(path),
                false => Ok(()),
            }
        }
    }
}

/// Switches the file to the write-ahead log, which is a permanent property of it. Waits while another process reads
/// in the old journal mode.
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

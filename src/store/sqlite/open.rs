//! Opening the file: the checks before SQLite opens it, and the settings of the connection.

use std::{
    ffi::OsString,
    io,
    os::unix::{ffi::OsStrExt, fs::MetadataExt},
    path::{Path, PathBuf},
    time::{Duration, Instant as Timer},
};

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, MAIN_DB, OpenFlags, config::DbConfig};

use super::{
    error::{
        io_error, is_not_found, is_read_only_mount, open_error, read_only_error, system_fault,
        to_store_error, write_error,
    },
    schema::schema_error,
    upgrade::{Database, DatabaseKind, ensure_current},
};
use crate::{
    keys::{path_check, paths, secure_fs},
    store::{
        error::StoreError,
        port::mode::{LockWait, Mode, OnNewStore},
    },
};

/// How long another process may hold the write lock before an attempt to take it fails.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// The settings of a connection that writes. A cache of at most 64 MiB (in KiB): a large transaction touches pages all over
/// the file. A small one never fills it.
pub(super) const WRITE_SETTINGS: &str =
    "pragma synchronous = full; pragma secure_delete = on; pragma cache_size = -65536";

/// The settings of every connection. A store has neither triggers nor views.
const CONNECTION_SETTINGS: [(DbConfig, bool); 4] = [
    (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
    (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
    (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
    (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
];

/// The flags of every connection.
const OPEN_FLAGS: OpenFlags =
    OpenFlags::SQLITE_OPEN_NO_MUTEX.union(OpenFlags::SQLITE_OPEN_NOFOLLOW);

/// A file that was checked and opened.
pub(super) struct OpenFile {
    pub(super) connection: Connection,
    /// The path with links in its directory resolved.
    pub(super) path: PathBuf,
    pub(super) identity: FileIdentity,
    /// Whether it was opened without locks and without the files beside it.
    pub(super) is_immutable: bool,
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

/// Returns whether there is no file at `path`.
pub(in crate::store) fn is_absent(path: &Path) -> Result<bool, StoreError> {
    match path.symlink_metadata() {
        Ok(_) => Ok(false),
        Err(error) if is_not_found(&error) => Ok(true),
        Err(error) => Err(io_error(path, &error)),
    }
}

/// Opens the store at `path`; see [`super::SqliteBackend::create`].
pub(super) fn open(
    path: &Path,
    mode: Mode,
    wait: LockWait,
    on_new: &mut OnNewStore<'_>,
) -> Result<OpenFile, StoreError> {
    let path = checked_path(path, mode)?;
    let (connection, is_immutable) = match connect_prepared(&path, mode, wait, on_new) {
        Err(StoreError::ReadOnly(_)) if mode.may_be_outdated() && is_complete(&path)? => {
            let connection = connect_immutable(&path)?;
            prepare_connection(&connection, &path, mode, on_new)?;
            (connection, true)
        }
        connected => (connected?, false),
    };
    let identity = FileIdentity::of(&path).map_err(|error| io_error(&path, &error))?;
    Ok(OpenFile { connection, path, identity, is_immutable })
}

fn connect_prepared(
    path: &Path,
    mode: Mode,
    wait: LockWait,
    on_new: &mut OnNewStore<'_>,
) -> Result<Connection, StoreError> {
    let connection = connect(path, mode, wait)?;
    prepare_connection(&connection, path, mode, on_new)?;
    Ok(connection)
}

/// Returns whether the file is on a read-only mount and contains all changes that are on this mount: no log or journal
/// beside it has any.
fn is_complete(path: &Path) -> Result<bool, StoreError> {
    Ok(is_read_only_mount(path)
        && path.parent().is_some_and(is_read_only_mount)
        && is_absent_or_empty(&with_suffix(path, "-wal"))?
        && is_absent_or_empty(&with_suffix(path, "-journal"))?)
}

/// Returns whether a file has no content. A reader leaves an empty log behind if it can't remove it.
fn is_absent_or_empty(path: &Path) -> Result<bool, StoreError> {
    match path.symlink_metadata() {
        Ok(file) => Ok(file.is_file() && file.len() == 0),
        Err(error) if is_not_found(&error) => Ok(true),
        Err(error) => Err(io_error(path, &error)),
    }
}

/// Returns the path of a file that exists and is safe, with links in its directory resolved. Creates the file if the mode
/// says so.
pub(super) fn checked_path(path: &Path, mode: Mode) -> Result<PathBuf, StoreError> {
    if mode == Mode::Create {
        create_parent_dir(path)?;
    }
    let path = resolve_path(path)?;
    ensure_file(&path, mode)?;
    Ok(path)
}

/// Resolves links in the directory of the file, because SQLite refuses links in every component of a path.
fn resolve_path(path: &Path) -> Result<PathBuf, StoreError> {
    paths::canonical(path).map_err(|error| match is_not_found(&error) {
        true => StoreError::Missing(path.to_owned().into()),
        false => io_error(path, &error),
    })
}

/// Checks that the file exists and is safe. Creates a missing one if the mode says so.
fn ensure_file(path: &Path, mode: Mode) -> Result<(), StoreError> {
    let found = match mode {
        Mode::Inspect => path_check::check_file_kind(path)?,
        Mode::Read | Mode::View | Mode::Write | Mode::Repair | Mode::Create => {
            path_check::check_file(path)?
        }
    };
    if found.is_some() {
        return Ok(());
    }
    if mode != Mode::Create {
        return Err(StoreError::Missing(path.to_owned().into()));
    }
    match secure_fs::create_private_file(path) {
        // Closed before SQLite opens the file: closing a second descriptor later would drop the locks of SQLite.
        Ok(file) => drop(file),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            _ = path_check::check_file(path)?
        }
        Err(error) => return Err(write_error(path, &error)),
    }
    Ok(())
}

/// Returns the path of a file beside the store.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn create_parent_dir(path: &Path) -> Result<(), StoreError> {
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => {
            secure_fs::create_private_dir(parent).map_err(|error| write_error(parent, &error))
        }
        None => Ok(()),
    }
}

/// Opens a file that may be anything.
pub(super) fn connect(path: &Path, mode: Mode, wait: LockWait) -> Result<Connection, StoreError> {
    let access = match mode {
        Mode::Read | Mode::View | Mode::Inspect => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::Write | Mode::Repair | Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let connection = Connection::open_with_flags(path, access | OPEN_FLAGS)
        .map_err(|error| open_error(path, error))?;
    // SQLite opens a file for reading if it can't be opened for writing.
    if !mode.is_read() && connection.is_readonly(MAIN_DB).map_err(to_store_error)? {
        system_fault().map_or(Ok(()), Err)?;
    }
    configure(connection, path, wait)
}

/// Opens a file that nobody changes.
fn connect_immutable(path: &Path) -> Result<Connection, StoreError> {
    let encoded = percent_encode(path.as_os_str().as_bytes(), NON_ALPHANUMERIC);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OPEN_FLAGS;
    let connection = Connection::open_with_flags(format!("file:{encoded}?immutable=1"), flags)
        .map_err(to_store_error)?;
    configure(connection, path, LockWait::Never)
}

fn configure(
    mut connection: Connection,
    path: &Path,
    wait: LockWait,
) -> Result<Connection, StoreError> {
    connection.set_prepared_statement_cache_capacity(64);
    for (setting, value) in CONNECTION_SETTINGS {
        connection.set_db_config(setting, value).map_err(to_store_error)?;
    }
    match wait {
        LockWait::UntilTimeout => {
            connection.busy_handler(Some(busy_handler())).map_err(to_store_error)?
        }
        LockWait::Never => connection.busy_timeout(Duration::ZERO).map_err(to_store_error)?,
    }
    // With `cell_size_check` and without a memory map, a damaged file causes an error instead of a crash. All rows are
    // small, so nothing is lost.
    connection
        .execute_batch("pragma cell_size_check = on; pragma mmap_size = 0")
        .map_err(|error| open_error(path, error))?;
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

/// Checks that the file is a store of the newest version, or creates its tables, and sets the pragmas.
fn prepare_connection(
    connection: &Connection,
    path: &Path,
    mode: Mode,
    on_new: &mut OnNewStore<'_>,
) -> Result<(), StoreError> {
    connection
        .execute_batch("pragma foreign_keys = on")
        .map_err(|error| open_error(path, error))?;
    ensure_schema(connection, path, mode, on_new)?;
    if mode.is_read() {
        return connection.execute_batch("pragma query_only = on").map_err(to_store_error);
    }
    ensure_writable(connection, path)?;
    enable_wal(connection)?;
    connection.execute_batch(WRITE_SETTINGS).map_err(to_store_error)
}

/// Checks that SQLite could open the file for writing. If not, it opened the file for reading.
pub(super) fn ensure_writable(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    match connection.is_readonly(MAIN_DB).map_err(to_store_error)? {
        false => Ok(()),
        true => Err(read_only_error(path)
            .unwrap_or_else(|| StoreError::ReadOnly(path.display().to_string()))),
    }
}

/// Checks that the file is a store of the newest version. Creates the tables of a new store if the mode says so.
fn ensure_schema(
    connection: &Connection,
    path: &Path,
    mode: Mode,
    on_new: &mut OnNewStore<'_>,
) -> Result<(), StoreError> {
    let database = Database(connection);
    match database.kind_in_transaction().map_err(|error| open_error(path, error))? {
        DatabaseKind::Foreign => Err(StoreError::NotAStore(path.to_owned().into())),
        DatabaseKind::Store(version) => ensure_current(path, version),
        DatabaseKind::Changed(problems) => match mode.accepts_any_schema() {
            true => Ok(()),
            false => Err(schema_error(&problems)),
        },
        DatabaseKind::Empty | DatabaseKind::Uninitialized(_) => match mode {
            Mode::Create => database.create_schema(path, on_new),
            _ => Err(StoreError::Missing(path.to_owned().into())),
        },
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

//! Errors of a store in a file: where they come from, and what the user can do about them.

use std::{io, path::Path};

use rusqlite::{ErrorCode, ffi};
use rustix::{fs, io::Errno, process::geteuid};

use crate::store::error::StoreError;

/// Returns the hint for an error that names a SQLite file.
pub(in crate::store) fn hint(error: &StoreError) -> Option<&'static str> {
    match error {
        StoreError::Missing(_) => Some(
            "gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME",
        ),
        StoreError::Lost { .. } => Some(
            "its volume may not be mounted, or --store, GATEPASS_STORE or HOME may be wrong; to create a new store with this key, use --new-store",
        ),
        StoreError::NotAStore(_) => Some("nothing was changed; check --store"),
        _ => None,
    }
}

/// Converts an error of SQLite. To be called before any other system call, because it looks at the last one that failed.
pub(super) fn to_store_error(error: rusqlite::Error) -> StoreError {
    use rusqlite::Error;
    match &error {
        Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
            ErrorCode::DiskFull => StoreError::DiskFull,
            ErrorCode::ReadOnly => {
                system_fault().unwrap_or_else(|| StoreError::ReadOnly(error.to_string()))
            }
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::FileLockingProtocolFailed => system_failure(&error),
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::ConstraintViolation => damage(&error),
            // The schema in the file was changed, or a string or blob is longer than SQLite allows.
            ErrorCode::Unknown | ErrorCode::TooBig | ErrorCode::TypeMismatch
                if failure.extended_code & 0xff != ffi::SQLITE_INTERRUPT =>
            {
                damage(&error)
            }
            _ => StoreError::Inaccessible(error.to_string()),
        },
        Error::InvalidColumnType(..)
        | Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::Utf8Error(..) => StoreError::Integrity(error.to_string()),
        _ => StoreError::Inaccessible(error.to_string()),
    }
}

/// Converts an error of SQLite that means a failed system call, and adds what the operating system says about it.
fn system_failure(error: &rusqlite::Error) -> StoreError {
    let system = io::Error::last_os_error();
    match Errno::from_io_error(&system) {
        Some(Errno::NOSPC | Errno::DQUOT) => StoreError::DiskFull,
        // SQLite looks for files that may be missing and tries locks that may be taken.
        None | Some(Errno::NOENT | Errno::AGAIN | Errno::EXIST)
            if error.sqlite_error_code() != Some(ErrorCode::CannotOpen) =>
        {
            StoreError::Inaccessible(error.to_string())
        }
        _ => StoreError::Inaccessible(format!("{error}: {system}")),
    }
}

/// Converts an error of SQLite that means a damaged file, unless the file could not be read.
fn damage(error: &rusqlite::Error) -> StoreError {
    system_fault().unwrap_or_else(|| StoreError::Integrity(error.to_string()))
}

/// Returns the error of a device or of a lack of resources, if the last system call that failed did so for that reason.
/// SQLite takes a file that can't be read for a damaged one ("converted into SQLITE_CORRUPT prior to returning to the
/// application", `unixRead` in os_unix.c), and one that can't be opened for a read-only one.
pub(super) fn system_fault() -> Option<StoreError> {
    let system = io::Error::last_os_error();
    match Errno::from_io_error(&system) {
        Some(
            Errno::IO | Errno::MFILE | Errno::NFILE | Errno::NOMEM | Errno::NXIO | Errno::RANGE,
        ) => Some(StoreError::Inaccessible(system.to_string())),
        _ => None,
    }
}

/// Converts an error of SQLite while a file is being opened. A file that is not a database is not a store. SQLite can't
/// read a file if it can neither find nor create the write-ahead log beside it.
pub(super) fn open_error(path: &Path, error: rusqlite::Error) -> StoreError {
    let (code, converted) = (error.sqlite_error_code(), to_store_error(error));
    match (code, &converted) {
        (Some(ErrorCode::NotADatabase), StoreError::Integrity(_)) => {
            StoreError::NotAStore(path.to_owned().into())
        }
        (Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly), _)
            if fs::access(path, fs::Access::READ_OK).is_ok() =>
        {
            read_only_error(path).unwrap_or(converted)
        }
        _ => converted,
    }
}

/// Returns an error that says what can't be written: the file or its directory. `None` if both can be.
pub(super) fn read_only_error(path: &Path) -> Option<StoreError> {
    let parts = [path, path.parent()?];
    let on_mount = || parts.iter().find(|part| is_read_only_mount(part));
    let forbidden = || parts.iter().find(|part| fs::access(**part, fs::Access::WRITE_OK).is_err());
    let what = match (on_mount(), forbidden()) {
        (Some(part), _) => format!("{} is on a read-only mount", part.display()),
        (None, Some(part)) => {
            format!("uid {} is not permitted to write to {}", geteuid().as_raw(), part.display())
        }
        (None, None) => return None,
    };
    Some(StoreError::ReadOnly(what))
}

/// Returns whether the mount of a path is read-only. Its permissions may forbid writing as well.
pub(super) fn is_read_only_mount(path: &Path) -> bool {
    fs::statvfs(path).is_ok_and(|mount| mount.f_flag.contains(fs::StatVfsMountFlags::RDONLY))
}

/// Returns whether an error says that a path does not exist.
pub(super) fn is_not_found(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Converts an error of the file system.
pub(super) fn io_error(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly(format!("{}: {error}", path.display()))
        }
        _ => StoreError::Inaccessible(format!("{}: {error}", path.display())),
    }
}

/// Converts the error with which a file could not be created, written or removed.
pub(super) fn write_error(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            StoreError::ReadOnly(format!("{}: {error}", path.display()))
        }
        _ => io_error(path, error),
    }
}

//! Errors of a store in a file: where they come from, and what the user can do about them.

use std::{io, path::Path};

use rusqlite::{ErrorCode, ffi};
use rustix::{fs, process::geteuid};

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

/// Converts an error of SQLite.
pub(super) fn to_store_error(error: rusqlite::Error) -> StoreError {
    use rusqlite::Error;
    match &error {
        Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
            ErrorCode::DiskFull => StoreError::DiskFull,
            ErrorCode::ReadOnly => StoreError::ReadOnly(error.to_string()),
            // The index of the write-ahead log could not grow, because no disk page is free.
            _ if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => StoreError::DiskFull,
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::ConstraintViolation => StoreError::Integrity(error.to_string()),
            // The schema in the file was changed, or a string or blob is longer than SQLite allows.
            ErrorCode::Unknown | ErrorCode::TooBig | ErrorCode::TypeMismatch
                if failure.extended_code & 0xff != ffi::SQLITE_INTERRUPT =>
            {
                StoreError::Integrity(error.to_string())
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

/// Converts an error of SQLite while a file is being opened. A file that is not a database is not a store. SQLite can't
/// read a file if it can neither find nor create the write-ahead log beside it.
pub(super) fn open_error(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotAStore(path.to_owned().into()),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => {
            read_only_error(path).unwrap_or_else(|| to_store_error(error))
        }
        _ => to_store_error(error),
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
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            StoreError::ReadOnly(format!("{}: {error}", path.display()))
        }
        _ => StoreError::Inaccessible(format!("{}: {error}", path.display())),
    }
}

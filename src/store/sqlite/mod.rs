//! SQLite: a store in one file. All its peculiarities live in this folder.

mod fields;
mod file;
mod rows;
mod transaction;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, ffi};

pub use file::{Mode, Waiting};
use transaction::SqliteTransaction;

use super::{
    StoreError,
    backend::{Access, Backend, BackendTransaction},
    migrate::Step,
};

/// The steps to the present schema.
pub const STEPS: &[Step] = &[include_str!("../../../migrations/sqlite/0001_first.sql")];

/// What marks a SQLite file as ours: `GTPS`.
const APPLICATION_ID: i64 = 0x4754_5053;

/// A store in a SQLite file.
pub struct SqliteBackend {
    connection: Connection,
    path: PathBuf,
}

impl SqliteBackend {
    /// Opens the store at `path`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none and `mode` does not make one; [`StoreError::Unsafe`],
    /// [`StoreError::Foreign`] or [`StoreError::Newer`] when it is not to be touched.
    pub fn open(path: &Path, mode: Mode, waiting: Waiting) -> Result<Self, StoreError> {
        file::open(path, mode, waiting)
    }

    /// The file, with links in its directory resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Backend for SqliteBackend {
    fn begin(&self, access: Access) -> Result<Box<dyn BackendTransaction + '_>, StoreError> {
        Ok(Box::new(SqliteTransaction::begin(&self.connection, access)?))
    }

    fn examine(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        let mut statement = self.connection.prepare("pragma integrity_check").map_err(translate)?;
        let mut rows = statement.query([]).map_err(translate)?;
        while let Some(row) = rows.next().map_err(translate)? {
            let line: String = row.get(0).map_err(translate)?;
            if line != "ok" {
                found.push(line);
            }
        }
        Ok(found)
    }
}

/// What an error of SQLite means for a store.
fn translate(error: rusqlite::Error) -> StoreError {
    use rusqlite::Error;
    match &error {
        Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
            ErrorCode::DiskFull => StoreError::Full,
            // The index of the write-ahead log could not grow: not one page is free.
            _ if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => StoreError::Full,
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::ConstraintViolation => StoreError::Integrity(error.to_string()),
            // The file's own tables are not as they were made, or one of its strings or blobs is impossibly long.
            ErrorCode::Unknown | ErrorCode::TooBig | ErrorCode::TypeMismatch
                if failure.extended_code & 0xff != ffi::SQLITE_INTERRUPT =>
            {
                StoreError::Integrity(error.to_string())
            }
            _ => StoreError::OutOfReach(error.to_string()),
        },
        Error::InvalidColumnType(..)
        | Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::Utf8Error(..) => StoreError::Integrity(error.to_string()),
        _ => StoreError::OutOfReach(error.to_string()),
    }
}

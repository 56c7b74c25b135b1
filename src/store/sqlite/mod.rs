//! SQLite: a store in one file. All its peculiarities live in this folder.

mod bind;
mod directory;
mod messages;
mod open;
mod rows;
mod statements;
mod transaction;
mod usage;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, ffi};

pub use open::{LockWait, Mode};
use transaction::SqliteTransaction;

use super::{
    StoreError,
    migrate::Migration,
    port::backend::{Access, Backend, BackendTransaction},
};

/// The steps to the present schema.
pub const MIGRATIONS: &[Migration] = &[
    include_str!("../../../migrations/sqlite/0001_first.sql"),
    include_str!("../../../migrations/sqlite/0002_gate.sql"),
    include_str!("../../../migrations/sqlite/0003_tokens.sql"),
];

/// What marks a SQLite file as ours: `GTPS`.
const APPLICATION_ID: i64 = 0x4754_5053;

/// A store in a SQLite file.
pub struct SqliteBackend {
    connection: Connection,
    path: PathBuf,
    /// The device and the inode of the file that was opened.
    file_identity: (u64, u64),
}

impl SqliteBackend {
    /// Opens the store at `path`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none and `mode` does not make one; [`StoreError::Unsafe`],
    /// [`StoreError::Foreign`] or [`StoreError::Newer`] when it is not to be touched; [`StoreError::Older`] when it
    /// would have to be brought up to date, and can't be written.
    pub fn open(path: &Path, mode: Mode, wait: LockWait) -> Result<Self, StoreError> {
        open::open(path, mode, wait)
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

    fn is_same_database(&self) -> bool {
        open::file_identity(&self.path).is_ok_and(|now| now == self.file_identity)
    }

    fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        let mut statement =
            self.connection.prepare("pragma integrity_check").map_err(to_store_error)?;
        let mut rows = statement.query([]).map_err(to_store_error)?;
        while let Some(row) = rows.next().map_err(to_store_error)? {
            let line: String = row.get(0).map_err(to_store_error)?;
            if line != "ok" {
                found.push(line);
            }
        }
        Ok(found)
    }
}

/// What an error of SQLite means for a store.
fn to_store_error(error: rusqlite::Error) -> StoreError {
    use rusqlite::Error;
    match &error {
        Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
            ErrorCode::DiskFull => StoreError::DiskFull,
            // The index of the write-ahead log could not grow: not one page is free.
            _ if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => StoreError::DiskFull,
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::ConstraintViolation => StoreError::Integrity(error.to_string()),
            // The file's own tables are not as they were made, or one of its strings or blobs is impossibly long.
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

#[cfg(test)]
mod tests {
    use super::*;

    use rusqlite::types::Value;

    fn pragma_value(backend: &SqliteBackend, pragma: &str) -> Value {
        backend.connection.query_row(&format!("pragma {pragma}"), [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn connection_settings_are_applied() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("private/store.db");
        for mode in [Mode::Create, Mode::Write, Mode::Read] {
            let backend = SqliteBackend::open(&path, mode, LockWait::UntilTimeout).unwrap();
            for (pragma, expected) in [
                ("foreign_keys", 1),
                ("trusted_schema", 0),
                ("cell_size_check", 1),
                ("mmap_size", 0),
                ("query_only", i64::from(mode == Mode::Read)),
            ] {
                assert_eq!(pragma_value(&backend, pragma), expected.into(), "{pragma}, {mode:?}");
            }
            assert_eq!(pragma_value(&backend, "journal_mode"), "wal".to_owned().into(), "{mode:?}");
            if mode != Mode::Read {
                assert_eq!(pragma_value(&backend, "synchronous"), 2.into(), "{mode:?}");
                assert_eq!(pragma_value(&backend, "secure_delete"), 1.into(), "{mode:?}");
            }
            let overwrite_schema =
                "pragma writable_schema = on; update sqlite_schema set sql = 'planted'";
            assert!(
                backend.connection.execute_batch(overwrite_schema).is_err(),
                "not defensive, {mode:?}"
            );
        }
    }

    #[test]
    fn moved_or_replaced_file_is_detected() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("private/store.db");
        let backend = SqliteBackend::open(&path, Mode::Create, LockWait::Never).unwrap();
        assert!(backend.is_same_database());
        let aside = path.with_extension("aside");
        std::fs::rename(&path, &aside).unwrap();
        assert!(!backend.is_same_database());
        std::fs::copy(&aside, &path).unwrap();
        assert!(!backend.is_same_database(), "a copy is another file");
        std::fs::rename(&aside, &path).unwrap();
        assert!(backend.is_same_database());
    }

    #[test]
    fn relaxed_durability_ends_with_its_transaction() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("private/store.db");
        let backend = SqliteBackend::open(&path, Mode::Create, LockWait::Never).unwrap();
        let synchronous = || pragma_value(&backend, "synchronous");

        let durable = |when: &str| {
            drop(backend.begin(Access::Write).unwrap());
            assert_eq!(synchronous(), 2.into(), "{when}");
        };
        let transaction = backend.begin(Access::WriteRelaxed).unwrap();
        assert_eq!(synchronous(), 1.into());
        transaction.commit().unwrap();
        durable("after a commit");

        drop(backend.begin(Access::WriteRelaxed).unwrap());
        durable("after a rollback");

        let other = SqliteBackend::open(&path, Mode::Write, LockWait::Never).unwrap();
        let lock_holder = other.begin(Access::Write).unwrap();
        assert!(backend.begin(Access::WriteRelaxed).is_err());
        drop(lock_holder);
        durable("after it could not begin");
    }
}

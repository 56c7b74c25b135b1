//! SQLite: a store in one file. All its peculiarities live in this folder.

mod daily_uses;
mod fields;
mod file;
mod outbox;
mod parties;
mod rows;
mod transaction;
mod writes;

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
pub const STEPS: &[Step] = &[
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
    file: (u64, u64),
}

impl SqliteBackend {
    /// Opens the store at `path`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none and `mode` does not make one; [`StoreError::Unsafe`],
    /// [`StoreError::Foreign`] or [`StoreError::Newer`] when it is not to be touched; [`StoreError::Older`] when it
    /// would have to be brought up to date, and can't be written.
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

    fn is_in_place(&self) -> bool {
        file::identity(&self.path).is_ok_and(|now| now == self.file)
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

#[cfg(test)]
mod tests {
    use super::*;

    use rusqlite::types::Value;

    fn in_force(backend: &SqliteBackend, pragma: &str) -> Value {
        backend.connection.query_row(&format!("pragma {pragma}"), [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_settings_that_the_store_rests_on_are_in_force() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("private/store.db");
        for mode in [Mode::Create, Mode::Write, Mode::Read] {
            let backend = SqliteBackend::open(&path, mode, Waiting::Patient).unwrap();
            for (pragma, expected) in [
                ("foreign_keys", 1),
                ("trusted_schema", 0),
                ("cell_size_check", 1),
                ("mmap_size", 0),
                ("query_only", i64::from(mode == Mode::Read)),
            ] {
                assert_eq!(in_force(&backend, pragma), expected.into(), "{pragma}, {mode:?}");
            }
            assert_eq!(in_force(&backend, "journal_mode"), "wal".to_owned().into(), "{mode:?}");
            if mode != Mode::Read {
                assert_eq!(in_force(&backend, "synchronous"), 2.into(), "{mode:?}");
                assert_eq!(in_force(&backend, "secure_delete"), 1.into(), "{mode:?}");
            }
            let plant = "pragma writable_schema = on; update sqlite_schema set sql = 'planted'";
            assert!(backend.connection.execute_batch(plant).is_err(), "not defensive, {mode:?}");
        }
    }

    #[test]
    fn a_file_that_was_taken_away_or_replaced_is_no_longer_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("private/store.db");
        let backend = SqliteBackend::open(&path, Mode::Create, Waiting::Never).unwrap();
        assert!(backend.is_in_place());
        let aside = path.with_extension("aside");
        std::fs::rename(&path, &aside).unwrap();
        assert!(!backend.is_in_place());
        std::fs::copy(&aside, &path).unwrap();
        assert!(!backend.is_in_place(), "a copy is another file");
        std::fs::rename(&aside, &path).unwrap();
        assert!(backend.is_in_place());
    }

    #[test]
    fn only_a_relaxed_transaction_is_relaxed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("private/store.db");
        let backend = SqliteBackend::open(&path, Mode::Create, Waiting::Never).unwrap();
        let synchronous = || in_force(&backend, "synchronous");

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

        let other = SqliteBackend::open(&path, Mode::Write, Waiting::Never).unwrap();
        let holds_the_lock = other.begin(Access::Write).unwrap();
        assert!(backend.begin(Access::WriteRelaxed).is_err());
        drop(holds_the_lock);
        durable("after it could not begin");
    }
}

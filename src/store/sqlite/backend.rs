//! An open SQLite file as the backend of a store.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant as Timer},
};

use rusqlite::Connection;

use super::{
    error::{system_fault, to_store_error},
    open::{self, FileIdentity, OpenFile},
    schema::{self, MIGRATIONS, find_problems},
    transaction::SqliteTransaction,
    upgrade::{Database, ensure_current},
};
use crate::store::{
    error::StoreError,
    port::{
        backend::{Access, Backend, BegunTransaction, SchemaRepair},
        mode::{LockWait, Mode, OnNewStore},
    },
};

/// A store in a SQLite file.
pub struct SqliteBackend {
    connection: Connection,
    path: PathBuf,
    /// The identity of the file that was opened.
    file_identity: FileIdentity,
    is_immutable: bool,
    /// The version of the data when [`Backend::wait_for_change`] last returned.
    seen_version: Cell<Option<i64>>,
}

/// How often the file is checked for changes by other connections.
const POLL_INTERVAL: Duration = Duration::from_millis(3);

impl SqliteBackend {
    /// Opens the store at `path`.
    ///
    /// # Errors
    /// As for [`crate::store::open()`].
    pub fn open(path: &Path, mode: Mode, wait: LockWait) -> Result<Self, StoreError> {
        Ok(open::open(path, mode, wait, &mut |_| Ok(()))?.into())
    }

    /// Opens the store at `path` and creates it if it does not exist. Calls `on_new` for a new one, while it is locked.
    ///
    /// # Errors
    /// As for [`StoreDriver::create`](crate::store::StoreDriver::create).
    pub fn create(
        path: &Path,
        wait: LockWait,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<Self, StoreError> {
        Ok(open::open(path, Mode::Create, wait, on_new)?.into())
    }

    /// Returns the path of the file, with links in its directory resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns a number that changes with each commit of another connection.
    fn data_version(&self) -> Result<i64, StoreError> {
        let mut version =
            self.connection.prepare_cached("pragma data_version").map_err(to_store_error)?;
        version.query_row([], |row| row.get(0)).map_err(to_store_error)
    }
}

impl From<OpenFile> for SqliteBackend {
    fn from(OpenFile { connection, path, identity, is_immutable }: OpenFile) -> Self {
        let seen_version = Cell::new(None);
        Self { connection, path, file_identity: identity, is_immutable, seen_version }
    }
}

impl Backend for SqliteBackend {
    fn begin(&self, access: Access) -> Result<BegunTransaction<'_>, StoreError> {
        let mut transaction = SqliteTransaction::begin(&self.connection, access)?;
        // A newer program may have migrated the store since it was opened, and the head may have other columns now.
        let version = Database(&self.connection).version().map_err(to_store_error)?;
        ensure_current(&self.path, version)?;
        let head = transaction.find_head()?;
        Ok(BegunTransaction { transaction: Box::new(transaction), head })
    }

    /// Asks SQLite every 3 ms for the version of the data, which costs less than a transaction.
    fn wait_for_change(
        &self,
        timeout: Duration,
        is_interrupted: &dyn Fn() -> bool,
    ) -> Result<bool, StoreError> {
        let began = Timer::now();
        loop {
            let version = self.data_version()?;
            if self.seen_version.replace(Some(version)) != Some(version) || !self.is_same_database()
            {
                return Ok(true);
            }
            let left = timeout.saturating_sub(began.elapsed());
            if left.is_zero() || is_interrupted() {
                return Ok(false);
            }
            thread::park_timeout(POLL_INTERVAL.min(left));
        }
    }

    fn is_same_database(&self) -> bool {
        FileIdentity::of(&self.path).is_ok_and(|now| now == self.file_identity)
    }

    fn is_immutable(&self) -> bool {
        self.is_immutable
    }

    fn check_schema(&self) -> Result<Vec<String>, StoreError> {
        let problems = find_problems(&self.connection, MIGRATIONS.len()).map_err(to_store_error)?;
        Ok(problems.iter().map(ToString::to_string).collect())
    }

    fn repair_schema(&self) -> Result<SchemaRepair, StoreError> {
        schema::repair(&self.connection).map_err(to_store_error)
    }

    fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        let issues = schema::structural_problems(&self.connection).map_err(to_store_error)?;
        // A line may be about a page that could not be read.
        match system_fault().filter(|_| !issues.is_empty()) {
            Some(error) => Err(error),
            None => Ok(issues),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use rusqlite::{config::DbConfig, types::Value};

    use crate::{
        domain::instant::Instant,
        store::port::record::{Head, WithMac},
    };

    /// Creates a store with a head, so that it can be opened in every mode.
    fn initialize(path: &Path) {
        let backend = SqliteBackend::open(path, Mode::Create, LockWait::Never).unwrap();
        let mut transaction = backend.begin(Access::Write).unwrap().transaction;
        let head = WithMac { record: Head::initial(Instant::EPOCH), mac: [0; 16] };
        transaction.insert_head(&[0; 16], &head).unwrap();
        transaction.commit(None).unwrap();
    }

    fn pragma_value(backend: &SqliteBackend, pragma: &str) -> Value {
        backend.connection.query_row(&format!("pragma {pragma}"), [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn connection_settings_are_applied() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("private/store.db");
        initialize(&path);
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
            for setting in
                [DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW]
            {
                let is_on = backend.connection.db_config(setting);
                assert!(!is_on.unwrap(), "{setting:?}, {mode:?}");
            }
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
        initialize(&path);
        let backend = SqliteBackend::open(&path, Mode::Write, LockWait::Never).unwrap();
        let synchronous = || pragma_value(&backend, "synchronous");

        let durable = |when: &str| {
            drop(backend.begin(Access::Write).unwrap());
            assert_eq!(synchronous(), 2.into(), "{when}");
        };
        let transaction = backend.begin(Access::WriteRelaxed).unwrap().transaction;
        assert_eq!(synchronous(), 1.into());
        transaction.commit(None).unwrap();
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

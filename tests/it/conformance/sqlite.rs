//! The suite on SQLite.

use std::path::PathBuf;

use gatepass::store::{LockWait, Mode, port::backend::Backend, sqlite::SqliteBackend};
use rusqlite::Connection;

use super::{backend_source::BackendSource, every_case::every_case, every_case::tests};
use crate::support::private_dir::PrivateDir;

every_case!(tests SqliteSource::new);

/// A store in a directory of its own.
pub struct SqliteSource {
    dir: PrivateDir,
}

impl SqliteSource {
    pub fn new() -> Self {
        Self { dir: PrivateDir::new() }
    }

    fn file(&self) -> PathBuf {
        self.dir.join("store.db")
    }

    fn unchecked_connection(&self) -> Connection {
        let connection = Connection::open(self.file()).unwrap();
        connection
            .execute_batch("pragma foreign_keys = off; pragma ignore_check_constraints = on")
            .unwrap();
        connection
    }
}

impl BackendSource for SqliteSource {
    fn another_source(&self) -> Box<dyn BackendSource> {
        Box::new(Self::new())
    }

    fn open(&self) -> Box<dyn Backend> {
        Box::new(SqliteBackend::open(&self.file(), Mode::Create, LockWait::UntilTimeout).unwrap())
    }

    fn open_without_waiting(&self) -> Box<dyn Backend> {
        Box::new(SqliteBackend::open(&self.file(), Mode::Write, LockWait::Never).unwrap())
    }

    fn tamper(&self, statement: &str) {
        let changed = self.unchecked_connection().execute(statement, []).unwrap();
        assert_ne!(changed, 0, "nothing was changed outside gatepass by: {statement}");
    }

    fn blob(&self, bytes: &[u8]) -> String {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("x'{digits}'")
    }

    fn columns(&self, table: &str) -> Vec<String> {
        let owner = self.unchecked_connection();
        let mut statement = owner.prepare("select name from pragma_table_info(?1)").unwrap();
        let names = statement.query_map([table], |row| row.get(0)).unwrap();
        names.collect::<Result<_, _>>().unwrap()
    }
}

//! Where the cases get their backends from.

use gatepass::store::port::backend::Backend;

/// A behaviour of a backend, tested with an empty source.
pub type Case = fn(&dyn BackendSource);

/// A database for one store; empty at first.
pub trait BackendSource: Sync {
    /// Returns another empty source of the same kind.
    fn another_source(&self) -> Box<dyn BackendSource>;

    /// Opens the store; the first call creates its tables.
    fn open(&self) -> Box<dyn Backend>;

    /// Opens the store with a backend that does not wait for locks.
    fn open_without_waiting(&self) -> Box<dyn Backend>;

    /// Runs a statement without any constraints, as someone with access to the database could, and commits it.
    fn tamper(&self, statement: &str);

    /// Returns bytes as a literal of the database's SQL.
    fn blob(&self, bytes: &[u8]) -> String;

    /// Returns the columns of a table.
    fn columns(&self, table: &str) -> Vec<String>;
}

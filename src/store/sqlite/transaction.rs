//! Transactions on SQLite, and how statements run in them.

use std::{iter::once, sync::LazyLock};

use rusqlite::{Connection, OptionalExtension, Params, Row, params_from_iter};

use super::{
    error::to_store_error,
    statements::{SqliteTable, column_list},
};
use crate::{
    domain::seq::AuditSeq,
    store::{
        error::StoreError,
        port::{
            backend::{Access, BackendTransaction, HeadRow},
            batch::{BatchCallback, SCAN_BATCH},
            record::{FoundRow, Head, WithMac},
        },
        table::{Column, HeadColumn, RowValues, TableRow, Value, read_row},
    },
};

/// An open transaction. Dropping it without a commit rolls back.
pub(super) struct SqliteTransaction<'c> {
    connection: &'c Connection,
    access: Access,
    is_open: bool,
}

/// Reads the rows of a table that [`select!`](super::statements::select) selects.
pub(super) fn read<T: TableRow>(row: &Row<'_>) -> Result<WithMac<T>, StoreError> {
    Ok(read_row(row, 0)?)
}

/// Reads the rows of a table that [`select_found!`](super::statements::select_found) selects.
pub(super) fn read_found<T: TableRow>(row: &Row<'_>) -> Result<FoundRow<T>, StoreError> {
    let newest: Option<i64> = row.get(T::Column::ALL.len()).map_err(to_store_error)?;
    Ok(FoundRow { row: read_row(row, 0)?, newest_audit: newest.map(AuditSeq) })
}

impl<'c> SqliteTransaction<'c> {
    /// Begins a transaction.
    pub(super) fn begin(connection: &'c Connection, access: Access) -> Result<Self, StoreError> {
        // Each transaction sets the pragmas, so that none depends on how the previous one ended.
        match access {
            // A server begins many of these, so the statement is parsed only once.
            Access::Read => connection
                .prepare_cached("begin deferred")
                .and_then(|mut begin| begin.execute([]))
                .map(drop),
            Access::Write => connection.execute_batch("pragma synchronous = full; begin immediate"),
            // Recording the uses of a million credentials touches each page once, so a larger cache would not help.
            Access::WriteRelaxed => connection.execute_batch(
                "pragma synchronous = normal; pragma cache_size = -1024; begin immediate",
            ),
        }
        .map_err(to_store_error)?;
        Ok(Self { connection, access, is_open: true })
    }

    /// Takes over a transaction for writing that the connection has begun.
    pub(super) fn begun(connection: &'c Connection) -> Self {
        Self { connection, access: Access::Write, is_open: true }
    }

    /// Returns the head; `None` in a store that was not initialized.
    pub(super) fn find_head(&mut self) -> Result<Option<HeadRow>, StoreError> {
        static STATEMENT: LazyLock<String> = LazyLock::new(|| {
            format!("select key_check, {} from head where id = 1", column_list::<Head>(""))
        });
        self.find(&STATEMENT, [], |row| {
            Ok((row.get(0).map_err(to_store_error)?, read_row(row, 1)?))
        })
    }

    /// Returns the first row of a query; `None` if there is none.
    pub(super) fn find<T>(
        &mut self,
        statement: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let found = statement.query_row(params, |row| Ok(read(row)));
        found.optional().map_err(to_store_error)?.transpose()
    }

    /// Returns the first row of the query for each of `keys`, without the keys that no row has.
    pub(super) fn find_each<T, P: Params>(
        &mut self,
        statement: &str,
        keys: impl IntoIterator<Item = P>,
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        for key in keys {
            found.extend(self.find(statement, key, &read)?);
        }
        Ok(found)
    }

    /// Returns all rows of a query.
    pub(super) fn list<T>(
        &mut self,
        statement: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.list_while(statement, params, read, |_| true)
    }

    /// Returns the rows of a query before the first one that is not `wanted`.
    pub(super) fn list_while<T>(
        &mut self,
        statement: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
        wanted: impl Fn(&T) -> bool,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let mut rows = statement.query(params).map_err(to_store_error)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(to_store_error)? {
            let row = read(row)?;
            if !wanted(&row) {
                break;
            }
            found.push(row);
        }
        Ok(found)
    }

    /// Passes all rows of a query to `each`, in batches, until it returns `Break`.
    pub(super) fn scan<T>(
        &mut self,
        statement: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
        each: &mut BatchCallback<'_, T>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let mut rows = statement.query(params).map_err(to_store_error)?;
        let mut batch = Vec::with_capacity(SCAN_BATCH);
        let scanned = loop {
            match rows.next().map_err(to_store_error) {
                Ok(Some(row)) => match read(row) {
                    Ok(row) => batch.push(row),
                    Err(error) => break Err(error),
                },
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
            if batch.len() == SCAN_BATCH {
                let full = std::mem::replace(&mut batch, Vec::with_capacity(SCAN_BATCH));
                if each(full).is_break() {
                    return Ok(());
                }
            }
        };
        // The rows before an error are passed on, too.
        if !batch.is_empty() && each(batch).is_break() {
            return Ok(());
        }
        scanned
    }

    /// Inserts rows. Returns how many had no other row in their way.
    pub(super) fn insert<T: SqliteTable>(
        &mut self,
        rows: &[WithMac<T>],
    ) -> Result<usize, StoreError> {
        self.write(T::insert(), rows)
    }

    /// Replaces rows. Returns how many of them exist.
    pub(super) fn update<T: SqliteTable>(
        &mut self,
        rows: &[WithMac<T>],
    ) -> Result<usize, StoreError> {
        self.write(T::update(), rows)
    }

    /// Inserts or replaces rows.
    pub(super) fn put<T: SqliteTable>(&mut self, rows: &[WithMac<T>]) -> Result<(), StoreError> {
        self.write(T::put(), rows).map(drop)
    }

    fn write<T: SqliteTable>(
        &mut self,
        statement: &str,
        rows: &[WithMac<T>],
    ) -> Result<usize, StoreError> {
        self.execute_each(statement, rows.iter().map(|row| params_from_iter(RowValues::of(row))))
    }

    /// Runs a statement with each of `params`. Returns the number of changed rows.
    pub(super) fn execute_each<P: Params>(
        &mut self,
        statement: &str,
        params: impl IntoIterator<Item = P>,
    ) -> Result<usize, StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::Inaccessible("the transaction is read-only".to_owned()));
        }
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let mut changed = 0;
        for params in params {
            changed += statement.execute(params).map_err(to_store_error)?;
        }
        Ok(changed)
    }
}

impl BackendTransaction for SqliteTransaction<'_> {
    fn insert_head(&mut self, key_check: &[u8], head: &WithMac<Head>) -> Result<(), StoreError> {
        let values = once(Value::Blob(key_check.into())).chain(RowValues::of(head));
        let places = vec!["?"; HeadColumn::ALL.len()].join(", ");
        let columns = column_list::<Head>("");
        let statement =
            format!("insert into head (id, key_check, {columns}) values (1, ?, {places})");
        self.execute_each(&statement, [params_from_iter(values)]).map(drop)
    }

    fn commit(mut self: Box<Self>, head: Option<&WithMac<Head>>) -> Result<(), StoreError> {
        if let Some(head) = head
            && self.update(std::slice::from_ref(head))? != 1
        {
            return Err(StoreError::integrity("its head is missing"));
        }
        self.connection.execute_batch("commit").map_err(to_store_error)?;
        self.is_open = false;
        Ok(())
    }
}

impl Drop for SqliteTransaction<'_> {
    fn drop(&mut self) {
        if self.is_open {
            // A destructor can't report an error, and a connection that can't roll back does so when it closes.
            let rollback = self.connection.prepare_cached("rollback");
            let _rolled_back = rollback.and_then(|mut rollback| rollback.execute([]));
        }
    }
}

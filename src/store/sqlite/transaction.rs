//! Transactions on SQLite, and the tables of the head, accounts, counters and audit records.

use std::ops::RangeInclusive;

use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::{
    error::to_store_error,
    rows::{self, ACCOUNT_COLUMNS, AUDIT_COLUMNS, COUNTER_COLUMNS, HEAD_COLUMNS},
    statements::{ACCOUNT_STATEMENTS, AUDIT_STATEMENTS, statement},
};
use crate::{
    domain::{
        directory::account::{Account, AccountKey},
        instant::Instant,
        seq::AuditSeq,
    },
    store::{
        error::StoreError,
        port::{
            backend::{Access, AuditTable, BackendTransaction, CounterTable, HeadRow, RowCallback},
            record::{AuditEntry, Counter, Head, WithMac},
        },
    },
};

/// An open transaction. Dropping it without a commit rolls back.
pub(super) struct SqliteTransaction<'c> {
    connection: &'c Connection,
    access: Access,
    is_open: bool,
}

impl<'c> SqliteTransaction<'c> {
    pub(super) fn begin(connection: &'c Connection, access: Access) -> Result<Self, StoreError> {
        // Each transaction sets the pragmas, so that none depends on how the previous one ended.
        let statement = match access {
            Access::Read => {
                // A server begins a thousand of these per second, so the statement is parsed only once.
                let mut begin =
                    connection.prepare_cached("begin deferred").map_err(to_store_error)?;
                begin.execute([]).map_err(to_store_error)?;
                return Ok(Self { connection, access, is_open: true });
            }
            Access::Write => "pragma synchronous = full; begin immediate",
            // Recording the uses of a million credentials touches each page once, so a larger cache would not help.
            Access::WriteRelaxed => {
                "pragma synchronous = normal; pragma cache_size = -1024; begin immediate"
            }
        };
        connection.execute_batch(statement).map_err(to_store_error)?;
        Ok(Self { connection, access, is_open: true })
    }

    /// Returns the first row of a query; `None` if there is none.
    pub(super) fn find<T>(
        &self,
        statement: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        statement.query_row(params, read).optional().map_err(to_store_error)
    }

    /// Returns all rows of a query.
    pub(super) fn list<T>(
        &self,
        statement: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let rows = statement.query_map(params, read).map_err(to_store_error)?;
        rows.collect::<Result<_, _>>().map_err(to_store_error)
    }

    /// Calls `each` with every row of a query until it returns `Break`.
    pub(super) fn scan_rows<T>(
        &self,
        statement: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> Result<WithMac<T>, rusqlite::Error>,
        each: &mut RowCallback<'_, T>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let mut rows = statement.query(params).map_err(to_store_error)?;
        while let Some(row) = rows.next().map_err(to_store_error)? {
            if each(read(row).map_err(to_store_error)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Runs a statement that changes rows. Returns whether it changed exactly one row.
    pub(super) fn execute(&self, statement: &str, params: impl Params) -> Result<bool, StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::Inaccessible("the transaction is read-only".to_owned()));
        }
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        Ok(statement.execute(params).map_err(to_store_error)? == 1)
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

impl BackendTransaction for SqliteTransaction<'_> {
    fn find_head(&self) -> Result<Option<HeadRow>, StoreError> {
        self.find(statement!("select {HEAD_COLUMNS} from head where id = 1"), [], rows::head)
    }

    fn insert_head(&self, key_check: &[u8], head: &WithMac<Head>) -> Result<(), StoreError> {
        let statement = statement!(
            "insert into head (id, {HEAD_COLUMNS}) \
                values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        );
        let WithMac { record: h, mac } = head;
        let params = params![
            key_check,
            h.created_at.unix(),
            h.accounts,
            h.credentials.0,
            h.apps,
            h.districts,
            h.messages.0,
            h.audit_seq.0,
            h.audit_at.unix(),
            &h.audit_link[..],
            h.escrowed_at.map(Instant::unix),
            mac
        ];
        self.execute(statement, params).map(drop)
    }

    fn update_head(&self, head: &WithMac<Head>) -> Result<bool, StoreError> {
        let statement = "update head set created_at = ?1, accounts = ?2, credentials = ?3, apps = ?4, districts = ?5, \
            messages = ?6, audit_seq = ?7, audit_at = ?8, audit_link = ?9, escrowed_at = ?10, mac = ?11 where id = 1";
        let WithMac { record: h, mac } = head;
        let params = params![
            h.created_at.unix(),
            h.accounts,
            h.credentials.0,
            h.apps,
            h.districts,
            h.messages.0,
            h.audit_seq.0,
            h.audit_at.unix(),
            &h.audit_link[..],
            h.escrowed_at.map(Instant::unix),
            mac
        ];
        self.execute(statement, params)
    }

    fn list_accounts(&self) -> Result<Vec<WithMac<Account>>, StoreError> {
        let statement = statement!("select {ACCOUNT_COLUMNS} from account order by key");
        self.list(statement, [], rows::account)
    }

    fn insert_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        self.write_account(&ACCOUNT_STATEMENTS.insert, account)
    }

    fn update_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        self.write_account(&ACCOUNT_STATEMENTS.update, account)
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.connection.execute_batch("commit").map_err(to_store_error)?;
        self.is_open = false;
        Ok(())
    }
}

impl CounterTable for SqliteTransaction<'_> {
    fn list_counters(
        &self,
        keys: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let statement =
            statement!("select {COUNTER_COLUMNS} from tally where bucket between ?1 and ?2");
        self.list(statement, [*keys.start(), *keys.end()], rows::counter)
    }

    fn find_counter(
        &self,
        account: AccountKey,
        key: i64,
    ) -> Result<Option<WithMac<Counter>>, StoreError> {
        let statement =
            statement!("select {COUNTER_COLUMNS} from tally where account = ?1 and bucket = ?2");
        self.find(statement, [account.0, key], rows::counter)
    }

    fn put_counter(&self, counter: &WithMac<Counter>) -> Result<(), StoreError> {
        let statement = statement!(
            "insert into tally ({COUNTER_COLUMNS}) values (?1, ?2, ?3, ?4) \
                on conflict (account, bucket) do update set count = ?3, mac = ?4"
        );
        let WithMac { record: c, mac } = counter;
        self.execute(statement, params![c.account.0, c.key, c.count, mac]).map(drop)
    }
}

impl AuditTable for SqliteTransaction<'_> {
    fn scan_audit(
        &self,
        first: AuditSeq,
        each: &mut RowCallback<'_, AuditEntry>,
    ) -> Result<(), StoreError> {
        let statement =
            statement!("select {AUDIT_COLUMNS} from audit where seq >= ?1 order by seq");
        self.scan_rows(statement, [first.0], rows::audit, each)
    }

    fn insert_audit(&self, entry: &WithMac<AuditEntry>) -> Result<bool, StoreError> {
        self.write_audit(&AUDIT_STATEMENTS.insert, entry)
    }
}

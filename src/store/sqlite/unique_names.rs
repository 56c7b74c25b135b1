//! The table of unique names.

use std::ops::ControlFlow;

use rusqlite::params;

use super::{
    rows::{self, UNIQUE_NAME_COLUMNS},
    statements::statement,
    transaction::SqliteTransaction,
};
use crate::{
    domain::directory::account::AccountKey,
    store::{
        error::StoreError,
        port::{
            backend::{RowCallback, UniqueNameTable},
            record::{Namespace, UniqueName, WithMac},
        },
    },
};

impl UniqueNameTable for SqliteTransaction<'_> {
    fn find_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<WithMac<UniqueName>>, StoreError> {
        let statement = statement!(
            "select {UNIQUE_NAME_COLUMNS} from holding \
                where account = ?1 and register = ?2 and owner_key = ?3"
        );
        self.find(statement, params![account.0, namespace.as_str(), key], rows::unique_name)
    }

    fn unique_name_exists(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError> {
        let statement = "select 1 from holding indexed by holding_name \
            where owner_key = ?1 and register = ?2 and account = ?3";
        let found =
            self.find(statement, params![key, namespace.as_str(), account.0], |_| Ok(()))?;
        Ok(found.is_some())
    }

    fn scan_unique_names_from(
        &self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        each: &mut RowCallback<'_, UniqueName>,
    ) -> Result<(), StoreError> {
        let statement = statement!(
            "select {UNIQUE_NAME_COLUMNS} from holding \
                where account = ?1 and register = ?2 and owner_key >= ?3 order by owner_key"
        );
        let params = params![account.0, namespace.as_str(), start];
        // All names that begin with `start` come first, so the scan ends at the first one that does not.
        self.scan_rows(statement, params, rows::unique_name, &mut |row| {
            if row.record.key.starts_with(start) { each(row) } else { ControlFlow::Break(()) }
        })
    }

    fn scan_unique_names(&self, each: &mut RowCallback<'_, UniqueName>) -> Result<(), StoreError> {
        let statement = statement!(
            "select {UNIQUE_NAME_COLUMNS} from holding order by account, register, owner_key"
        );
        self.scan_rows(statement, [], rows::unique_name, each)
    }

    fn put_unique_name(&self, name: &WithMac<UniqueName>) -> Result<(), StoreError> {
        let statement = statement!(
            "insert into holding ({UNIQUE_NAME_COLUMNS}) values (?1, ?2, ?3, ?4, ?5) \
                on conflict (account, register, owner_key) do update set holder = ?4, mac = ?5"
        );
        let WithMac { record: n, mac } = name;
        let params = params![n.account.0, n.namespace.as_str(), n.key, n.holder, mac];
        self.execute(statement, params).map(drop)
    }

    fn remove_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError> {
        let statement =
            "delete from holding where account = ?1 and register = ?2 and owner_key = ?3";
        self.execute(statement, params![account.0, namespace.as_str(), key])
    }
}

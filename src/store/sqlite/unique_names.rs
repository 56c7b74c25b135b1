//! The table of unique names.

use rusqlite::params;

use super::{
    statements::select,
    transaction::{SqliteTransaction, read},
};
use crate::{
    domain::directory::account::AccountKey,
    store::{
        error::StoreError,
        port::{
            batch::BatchCallback,
            record::{Namespace, UniqueName, UniqueNameKey, WithMac},
            tables::UniqueNameTable,
        },
    },
};

impl UniqueNameTable for SqliteTransaction<'_> {
    /// Two indexes must agree on whether a name exists: if one of them has lost the name, the name could otherwise be
    /// given away again, or seem to belong to another credential.
    fn find_unique_names(
        &mut self,
        keys: &[UniqueNameKey],
    ) -> Result<Vec<WithMac<UniqueName>>, StoreError> {
        let statement =
            select!(UniqueName, "where account = ?1 and register = ?2 and owner_key = ?3");
        let exists = "select 1 from holding indexed by holding_name \
            where owner_key = ?3 and register = ?2 and account = ?1";
        let mut found = Vec::with_capacity(keys.len());
        for UniqueNameKey { account, namespace, key } in keys {
            let params = params![account.0, namespace.as_str(), key];
            let row = self.find(statement, params, read)?;
            if row.is_some() != self.find(exists, params, |_| Ok(()))?.is_some() {
                return Err(StoreError::integrity("an index of names is wrong"));
            }
            found.extend(row);
        }
        Ok(found)
    }

    fn list_unique_names(
        &mut self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        limit: usize,
    ) -> Result<Vec<WithMac<UniqueName>>, StoreError> {
        // All names that begin with `start` come first, so the list ends at the first one that does not.
        let statement = select!(
            UniqueName,
            "where account = ?1 and register = ?2 and owner_key >= ?3 order by owner_key limit ?4"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let params = params![account.0, namespace.as_str(), start, limit];
        self.list_while(statement, params, read, |row: &WithMac<UniqueName>| {
            row.record.key.starts_with(start)
        })
    }

    fn scan_unique_names(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<UniqueName>>,
    ) -> Result<(), StoreError> {
        self.scan(select!(UniqueName, "order by account, register, owner_key"), [], read, each)
    }

    fn put_unique_names(&mut self, names: &[WithMac<UniqueName>]) -> Result<(), StoreError> {
        self.put(names)
    }

    fn remove_unique_names(&mut self, keys: &[UniqueNameKey]) -> Result<usize, StoreError> {
        let statement =
            "delete from holding where account = ?1 and register = ?2 and owner_key = ?3";
        let params = keys.iter().map(|key| (key.account.0, key.namespace.as_str(), &*key.key));
        self.execute_each(statement, params)
    }
}

//! The tables of counters and of audit records.

use std::ops::RangeInclusive;

use super::{
    statements::select,
    transaction::{SqliteTransaction, read},
};
use crate::{
    domain::{directory::account::AccountKey, seq::AuditSeq},
    store::{
        error::StoreError,
        port::{
            batch::BatchCallback,
            record::{AuditEntry, Counter, WithMac},
            tables::{AuditTable, CounterTable},
        },
    },
};

impl CounterTable for SqliteTransaction<'_> {
    fn list_counters(
        &mut self,
        keys: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let statement = select!(Counter, "where bucket between ?1 and ?2");
        self.list(statement, [*keys.start(), *keys.end()], read)
    }

    fn find_counters(
        &mut self,
        keys: &[(AccountKey, i64)],
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let statement = select!(Counter, "where account = ?1 and bucket = ?2");
        self.find_each(statement, keys.iter().map(|(account, key)| [account.0, *key]), read)
    }

    fn put_counters(&mut self, counters: &[WithMac<Counter>]) -> Result<(), StoreError> {
        self.put(counters)
    }
}

impl AuditTable for SqliteTransaction<'_> {
    fn find_audit(&mut self, seq: AuditSeq) -> Result<Option<WithMac<AuditEntry>>, StoreError> {
        self.find(select!(AuditEntry, "where seq = ?1"), [seq.0], read)
    }

    fn scan_audit(
        &mut self,
        first: AuditSeq,
        each: &mut BatchCallback<'_, WithMac<AuditEntry>>,
    ) -> Result<(), StoreError> {
        self.scan(select!(AuditEntry, "where seq >= ?1 order by seq"), [first.0], read, each)
    }

    fn insert_audit(&mut self, entries: &[WithMac<AuditEntry>]) -> Result<usize, StoreError> {
        self.insert(entries)
    }
}

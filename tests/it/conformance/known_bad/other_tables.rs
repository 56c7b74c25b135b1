//! Faults of the tables of names, counters and audit records.

use std::ops::RangeInclusive;

use gatepass::{
    domain::{directory::account::AccountKey, seq::AuditSeq},
    store::{
        StoreError,
        port::{
            batch::BatchCallback,
            record::{AuditEntry, Counter, Namespace, UniqueName, UniqueNameKey, WithMac},
            tables::{AuditTable, CounterTable, UniqueNameTable},
        },
    },
};

use super::{
    backend::{FaultyTransaction, faultless, faulty_scans, scan_faultily, with_shared_faults},
    faults::Fault,
};

impl UniqueNameTable for FaultyTransaction<'_> {
    with_shared_faults! {
        find fn find_unique_names(&[UniqueNameKey]) -> Vec<WithMac<UniqueName>>;
    }

    faulty_scans! {
        fn scan_unique_names(WithMac<UniqueName>);
    }

    fn list_unique_names(
        &mut self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        limit: usize,
    ) -> Result<Vec<WithMac<UniqueName>>, StoreError> {
        let start = if self.has(Fault::IgnoresTheNamePrefix) { "" } else { start };
        self.inner().list_unique_names(account, namespace, start, limit)
    }

    fn put_unique_names(&mut self, names: &[WithMac<UniqueName>]) -> Result<(), StoreError> {
        let mut names = names.to_vec();
        if self.has(Fault::KeepsTheFirstHolder) {
            let keys: Vec<_> = names.iter().map(|name| key_of(&name.record)).collect();
            let held = self.inner().find_unique_names(&keys)?;
            names.retain(|name| {
                !held.iter().any(|held| key_of(&held.record) == key_of(&name.record))
            });
        }
        self.inner().put_unique_names(&names)
    }

    fn remove_unique_names(&mut self, keys: &[UniqueNameKey]) -> Result<usize, StoreError> {
        if self.has(Fault::NeverRemovesHolders) {
            return Ok(self.inner().find_unique_names(keys)?.len());
        }
        self.inner().remove_unique_names(keys)
    }
}

fn key_of(UniqueName { account, namespace, key, .. }: &UniqueName) -> UniqueNameKey {
    UniqueNameKey { account: *account, namespace: *namespace, key: key.clone() }
}

impl CounterTable for FaultyTransaction<'_> {
    faultless! {
        fn put_counters(counters: &[WithMac<Counter>]) -> ();
    }

    with_shared_faults! {
        find fn find_counters(&[(AccountKey, i64)]) -> Vec<WithMac<Counter>>;
    }

    fn list_counters(
        &mut self,
        range: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let open = i64::from(self.has(Fault::ListsCountersBeyondTheRange));
        self.inner().list_counters(*range.start()..=range.end().saturating_add(open))
    }
}

impl AuditTable for FaultyTransaction<'_> {
    fn find_audit(&mut self, seq: AuditSeq) -> Result<Option<WithMac<AuditEntry>>, StoreError> {
        let is_wrong = self.has(Fault::FindsTheNextAuditRecord);
        self.inner().find_audit(if is_wrong { seq.next() } else { seq })
    }

    fn scan_audit(
        &mut self,
        first: AuditSeq,
        each: &mut BatchCallback<'_, WithMac<AuditEntry>>,
    ) -> Result<(), StoreError> {
        let first =
            if self.has(Fault::IgnoresTheFirstAuditNumber) { AuditSeq::FIRST } else { first };
        scan_faultily(self.fault, |pass| self.inner().scan_audit(first, pass), |_| {}, each)
    }

    fn insert_audit(&mut self, entries: &[WithMac<AuditEntry>]) -> Result<usize, StoreError> {
        let mut stored = entries.to_vec();
        if self.has(Fault::TruncatesTexts) {
            stored.iter_mut().for_each(|entry| entry.record.record.subject.truncate(255));
        }
        let count = self.inner().insert_audit(&stored)?;
        self.inserted(entries, count)
    }
}

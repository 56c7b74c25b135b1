//! The repair of what follows from the records: unique names, counters and messages.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::report::RepairReport;
use crate::store::{
    error::StoreError,
    integrity::check::expected_rows,
    port::record::{Counter, UniqueName, UniqueNameKey},
    tx::{ensure::ensure_all_written, transaction::Transaction},
};

impl Transaction<'_> {
    pub(super) fn repair_indexes(&mut self, report: &mut RepairReport) -> Result<(), StoreError> {
        self.remove_damaged_messages(report)?;
        let mut expected = expected_rows(self)?;
        self.repair_names(
            expected.unique_names.drain().map(|((account, namespace, key), holder)| {
                (UniqueNameKey { account, namespace, key }, holder)
            }),
            report,
        )?;
        let mut counters = expected.counters;
        let Self { raw, row_mac, .. } = self;
        let mut wrong = Vec::new();
        for row in raw.list_counters(i64::MIN..=i64::MAX)? {
            let stored = row.record.clone();
            let count = counters.remove(&(stored.account, stored.key)).unwrap_or_default();
            if row_mac.verify(row).is_none() || stored.count != count {
                wrong.push(row_mac.authenticate(Counter { count, ..stored }));
            }
        }
        wrong.extend(
            counters.into_iter().map(|((account, key), count)| {
                row_mac.authenticate(Counter { account, key, count })
            }),
        );
        report.counters = wrong.len();
        raw.put_counters(&wrong)
    }

    fn repair_names(
        &mut self,
        expected: impl Iterator<Item = (UniqueNameKey, i64)>,
        report: &mut RepairReport,
    ) -> Result<(), StoreError> {
        let mut missing: BTreeMap<UniqueNameKey, i64> = expected.collect();
        let Self { raw, row_mac, .. } = self;
        let mut free = Vec::new();
        raw.scan_unique_names(&mut |batch| {
            for row in batch {
                let UniqueName { account, namespace, key, holder } = row.record.clone();
                let name = UniqueNameKey { account, namespace, key };
                let is_authentic = row_mac.verify(row).is_some();
                match missing.get(&name) {
                    Some(expected) if is_authentic && *expected == holder => {
                        missing.remove(&name);
                    }
                    Some(_) => {}
                    None => free.push(name),
                }
            }
            ControlFlow::Continue(())
        })?;
        let held = missing.into_iter().map(|(name, holder)| {
            let UniqueNameKey { account, namespace, key } = name;
            row_mac.authenticate(UniqueName { account, namespace, key, holder })
        });
        let held: Vec<_> = held.collect();
        report.names = free.len() + held.len();
        ensure_all_written(raw.remove_unique_names(&free)?, free.len(), "name")?;
        raw.put_unique_names(&held)
    }

    fn remove_damaged_messages(&mut self, report: &mut RepairReport) -> Result<(), StoreError> {
        let Self { raw, row_mac, .. } = self;
        let mut damaged = Vec::new();
        raw.scan_messages(&mut |batch| {
            for row in batch {
                let verified = row.message.and_then(|message| row_mac.verify(message));
                if verified.is_none_or(|message| message.seq != row.seq) {
                    damaged.push(row.seq);
                }
            }
            ControlFlow::Continue(())
        })?;
        report.messages = damaged.len();
        ensure_all_written(raw.remove_messages(&damaged)?, damaged.len(), "message")
    }
}

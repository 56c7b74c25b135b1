//! What a change has read and will write.

use std::collections::BTreeMap;

use super::row_cache::{ChangedRow, RowCache};
use crate::{
    domain::{
        credential::Credential,
        directory::{district::District, id::ObjectId},
        notice::OutboxMessage,
        seq::{CredentialSeq, DistrictSeq, MessageSeq},
    },
    store::{
        error::StoreError,
        port::{
            backend::BackendTransaction,
            record::{AuditEntry, SecretEntry, UniqueName, UniqueNameKey, WithMac},
        },
        row_mac::{RowMac, Summand, Summed, TableSums},
        tx::ensure::ensure_all_written,
    },
};

/// The number of rows of a table above which they are written, so that a large change does not fill the memory.
const MAX_ROWS: usize = 1_024;

/// The rows that a change has read and will write. New and changed rows are written together, before a query that must
/// see them and with the commit.
#[derive(Default)]
pub(in crate::store::tx) struct PendingChange {
    pub(in crate::store::tx) credentials: RowCache<CredentialSeq, Credential>,
    pub(in crate::store::tx) districts: RowCache<DistrictSeq, District>,
    /// The numbers of the districts that were read or inserted, by ID.
    pub(in crate::store::tx) district_seqs: BTreeMap<ObjectId, DistrictSeq>,
    pub(in crate::store::tx) messages: RowCache<MessageSeq, OutboxMessage>,
    pub(in crate::store::tx) names: BTreeMap<UniqueNameKey, NameState>,
    pub(in crate::store::tx) secrets: Vec<SecretEntry>,
    pub(in crate::store::tx) audit: Vec<AuditEntry>,
}

/// The holder of a unique name: the number of a credential or a district, or `None` if nobody has the name.
#[derive(Clone, Copy)]
pub(in crate::store::tx) struct NameState {
    /// The holder in the database, and what its row adds to the sum of the table.
    pub(in crate::store::tx) stored: Option<(i64, Summand)>,
    /// The holder after the change.
    pub(in crate::store::tx) holder: Option<i64>,
}

impl NameState {
    /// A name that nobody has.
    pub(in crate::store::tx) const FREE: Self = Self { stored: None, holder: None };

    fn is_changed(&self) -> bool {
        self.holder != self.stored.map(|(holder, _)| holder)
    }
}

impl PendingChange {
    /// Returns whether a table has at least [`MAX_ROWS`] rows to write.
    pub(in crate::store::tx) fn is_full(&self) -> bool {
        let Self { credentials, districts, messages, secrets, audit, .. } = self;
        let pending = [
            credentials.pending(),
            districts.pending(),
            messages.pending(),
            secrets.len(),
            // Each change of a name has a record of its own, so this covers the names.
            audit.len(),
        ];
        pending.into_iter().any(|rows| rows >= MAX_ROWS)
    }

    /// Writes all rows, in an order in which each finds the rows that it refers to, and adds the change to the sums of
    /// their tables.
    pub(in crate::store::tx) fn write(
        &mut self,
        raw: &mut dyn BackendTransaction,
        row_mac: &RowMac<'_>,
        sums: &mut TableSums,
    ) -> Result<(), StoreError> {
        let Self { credentials, districts, messages, secrets, audit, .. } = self;
        let mut writer = RowWriter { row_mac, sums };
        let changed = districts.take_changed();
        writer.update("district", changed, |rows| raw.update_districts(rows))?;
        writer.insert("district", districts.take_new(), |rows| raw.insert_districts(rows))?;
        // Changed credentials first: one of them may free the slot of a new one.
        let changed = credentials.take_changed();
        writer.update("credential", changed, |rows| raw.update_credentials(rows))?;
        let new = credentials.take_new();
        writer.insert("credential", new, |rows| raw.insert_credentials(rows))?;
        writer.insert("secret", secrets.drain(..), |rows| raw.insert_secrets(rows))?;
        let changed = messages.take_changed();
        writer.update("message", changed, |rows| raw.update_messages(rows))?;
        writer.insert("message", messages.take_new(), |rows| raw.insert_messages(rows))?;
        let audit: Vec<_> = audit.drain(..).map(|entry| row_mac.authenticate(entry)).collect();
        if !audit.is_empty() {
            ensure_all_written(raw.insert_audit(&audit)?, audit.len(), "audit record")?;
        }
        self.write_names(raw, row_mac, sums)
    }

    fn write_names(
        &mut self,
        raw: &mut dyn BackendTransaction,
        row_mac: &RowMac<'_>,
        sums: &mut TableSums,
    ) -> Result<(), StoreError> {
        let (mut free, mut held) = (Vec::new(), Vec::new());
        let pending = self.names.extract_if(.., |_, state| state.is_changed());
        for (name, NameState { stored, holder }) in pending {
            if let Some((_, replaced)) = stored {
                sums.subtract(UniqueName::TABLE, replaced);
            }
            match holder {
                None => free.push(name),
                Some(holder) => {
                    let UniqueNameKey { account, namespace, key } = name;
                    let name = UniqueName { account, namespace, key, holder };
                    let (row, summand) = row_mac.authenticate_summed(name);
                    sums.add(UniqueName::TABLE, summand);
                    held.push(row);
                }
            }
        }
        if !free.is_empty() {
            ensure_all_written(raw.remove_unique_names(&free)?, free.len(), "name")?;
        }
        if !held.is_empty() {
            raw.put_unique_names(&held)?;
        }
        Ok(())
    }
}

/// Writes the rows of a change and adds it to the sums of their tables. `what` names a row in errors.
struct RowWriter<'w, 'k> {
    row_mac: &'w RowMac<'k>,
    sums: &'w mut TableSums,
}

impl RowWriter<'_, '_> {
    fn insert<T: Summed>(
        &mut self,
        what: &str,
        records: impl Iterator<Item = T>,
        write: impl FnOnce(&[WithMac<T>]) -> Result<usize, StoreError>,
    ) -> Result<(), StoreError> {
        let rows = records.map(|record| {
            let (row, summand) = self.row_mac.authenticate_summed(record);
            self.sums.add(T::TABLE, summand);
            row
        });
        let rows: Vec<_> = rows.collect();
        match rows.is_empty() {
            true => Ok(()),
            false => ensure_all_written(write(&rows)?, rows.len(), what),
        }
    }

    fn update<T: Summed>(
        &mut self,
        what: &str,
        changed: impl Iterator<Item = ChangedRow<T>>,
        write: impl FnOnce(&[WithMac<T>]) -> Result<usize, StoreError>,
    ) -> Result<(), StoreError> {
        let changed: Vec<_> = changed.collect();
        for row in &changed {
            self.sums.subtract(T::TABLE, row.replaced);
        }
        self.insert(what, changed.into_iter().map(|changed| changed.row), write)
    }
}

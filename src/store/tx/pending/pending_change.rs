//! What a change has read and will write.

use std::collections::BTreeMap;

use super::row_cache::RowCache;
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
        row_mac::{MacFields, RowMac},
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
    /// The holder in the database.
    pub(in crate::store::tx) stored: Option<i64>,
    /// The holder after the change.
    pub(in crate::store::tx) holder: Option<i64>,
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

    /// Writes all rows, in an order in which each finds the rows that it refers to.
    pub(in crate::store::tx) fn write(
        &mut self,
        raw: &mut dyn BackendTransaction,
        row_mac: &RowMac<'_>,
    ) -> Result<(), StoreError> {
        let Self { credentials, districts, messages, secrets, audit, .. } = self;
        let changed = districts.take_changed();
        write_rows(row_mac, "district", changed, |rows| raw.update_districts(rows))?;
        write_rows(row_mac, "district", districts.take_new(), |rows| raw.insert_districts(rows))?;
        // Changed credentials first: one of them may free the slot of a new one.
        let changed = credentials.take_changed();
        write_rows(row_mac, "credential", changed, |rows| raw.update_credentials(rows))?;
        let new = credentials.take_new();
        write_rows(row_mac, "credential", new, |rows| raw.insert_credentials(rows))?;
        write_rows(row_mac, "secret", secrets.drain(..), |rows| raw.insert_secrets(rows))?;
        let changed = messages.take_changed();
        write_rows(row_mac, "message", changed, |rows| raw.update_messages(rows))?;
        write_rows(row_mac, "message", messages.take_new(), |rows| raw.insert_messages(rows))?;
        write_rows(row_mac, "audit record", audit.drain(..), |rows| raw.insert_audit(rows))?;
        self.write_names(raw, row_mac)
    }

    fn write_names(
        &mut self,
        raw: &mut dyn BackendTransaction,
        row_mac: &RowMac<'_>,
    ) -> Result<(), StoreError> {
        let (mut free, mut held) = (Vec::new(), Vec::new());
        let pending = self.names.extract_if(.., |_, state| state.holder != state.stored);
        for (name, state) in pending {
            match state.holder {
                None => free.push(name),
                Some(holder) => {
                    let UniqueNameKey { account, namespace, key } = name;
                    let name = UniqueName { account, namespace, key, holder };
                    held.push(row_mac.authenticate(name));
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

/// Adds MACs to records and writes them, if there are any. `what` names one of them in the error.
fn write_rows<T: MacFields>(
    row_mac: &RowMac<'_>,
    what: &str,
    records: impl Iterator<Item = T>,
    write: impl FnOnce(&[WithMac<T>]) -> Result<usize, StoreError>,
) -> Result<(), StoreError> {
    let rows: Vec<_> = records.map(|record| row_mac.authenticate(record)).collect();
    match rows.is_empty() {
        true => Ok(()),
        false => ensure_all_written(write(&rows)?, rows.len(), what),
    }
}

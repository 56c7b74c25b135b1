//! An open transaction: its state and its commit.

use std::{collections::BTreeMap, sync::Arc};

use zeroize::Zeroizing;

use super::{commit_doubt::resolve_commit, ensure::verify_summed, pending::PendingChange};
use crate::{
    domain::{
        credential::secret::Digest,
        directory::{
            account::{Account, AccountKey},
            app::App,
            id::ObjectId,
        },
        instant::Instant,
    },
    keys::Keys,
    store::{
        error::StoreError,
        history::History,
        port::{
            backend::{Access, Backend, BackendTransaction},
            record::{Checkpoint, CounterKey, Head, WithMac},
        },
        row_mac::{RowMac, Summed, SummedTable, TableSums, unmasked},
    },
};

/// What a transaction uses of its store.
pub(super) struct OpenedStore<'s> {
    pub(super) backend: &'s dyn Backend,
    pub(super) keys: &'s Keys,
    pub(super) history: &'s History,
}

/// An open transaction. Everything that it returns is verified; dropping it rolls back.
///
/// A change is collected and written in batches: before a query that must see it, and with the commit.
pub struct Transaction<'s> {
    pub(super) backend: &'s dyn Backend,
    pub(super) keys: &'s Keys,
    history: &'s History,
    pub(in crate::store) raw: Box<dyn BackendTransaction + 's>,
    pub(in crate::store) row_mac: RowMac<'s>,
    access: Access,
    /// The head of the newest commit, with the changes of this transaction.
    pub(in crate::store) head: Head,
    /// The end of the audit log when the transaction began.
    begun_at: Checkpoint,
    pub(super) pending: PendingChange,
    /// What the change, as far as it was written, adds to the sums of the tables.
    pub(super) sum_change: TableSums,
    /// Whether sums are not compared, because the store is being repaired.
    pub(in crate::store) ignores_sums: bool,
    /// Whether a part of the change could not be written. A caller may have ignored the error of the query that wrote
    /// it.
    is_broken: bool,
    /// Changes of counters that the commit will write.
    pub(super) counter_deltas: BTreeMap<(AccountKey, CounterKey), i64>,
    /// All accounts; `None` until they are read and after each change of one.
    pub(in crate::store) accounts: Option<Vec<Account>>,
    /// All apps; `None` until they are read and after each change of one.
    pub(in crate::store) apps: Option<Arc<[App]>>,
}

impl<'s> Transaction<'s> {
    pub(super) fn new(
        OpenedStore { backend, keys, history }: OpenedStore<'s>,
        raw: Box<dyn BackendTransaction + 's>,
        access: Access,
        head: Head,
    ) -> Self {
        Self {
            backend,
            keys,
            history,
            raw,
            row_mac: RowMac::new(keys),
            access,
            begun_at: Checkpoint { seq: head.audit_seq, link: head.audit_link },
            head,
            pending: PendingChange::default(),
            sum_change: TableSums::default(),
            ignores_sums: false,
            is_broken: false,
            counter_deltas: BTreeMap::new(),
            accounts: None,
            apps: None,
        }
    }

    /// Returns the head that the newest commit left, with the changes of this transaction.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Returns the keyed digest of a secret.
    pub fn digest(&self, secret: &[u8]) -> Digest {
        self.keys.digest(secret)
    }

    /// Returns the key that signs messages to an app, in one of its generations.
    pub fn signing_key(&self, app: ObjectId, generation: u32) -> Zeroizing<[u8; 32]> {
        self.keys.webhook.signing_key(app, generation)
    }

    /// Records when the key was copied for escrow.
    pub fn set_escrowed(&mut self, at: Instant) {
        self.head.escrowed_at = Some(at);
    }

    /// Returns whether rows that were read are kept, because the transaction may change them.
    pub(super) fn keeps_rows(&self) -> bool {
        self.access != Access::Read
    }

    /// Writes the collected change, so that a query sees it.
    pub(in crate::store) fn flush(&mut self) -> Result<(), StoreError> {
        match self.access {
            Access::Read => Ok(()),
            _ => {
                let written =
                    self.pending.write(&mut *self.raw, &self.row_mac, &mut self.sum_change);
                self.is_broken |= written.is_err();
                written
            }
        }
    }

    /// Writes the collected change if it has become large.
    pub(super) fn flush_if_full(&mut self) -> Result<(), StoreError> {
        if self.pending.is_full() { self.flush() } else { Ok(()) }
    }

    /// Checks the sum of a table whose rows were all read. `sums` has the sum of these rows. During a migration there is
    /// nothing to compare it with.
    ///
    /// # Errors
    /// An integrity error if rows are missing, were added or are older ones.
    pub(in crate::store) fn ensure_sum(
        &self,
        table: SummedTable,
        sums: &TableSums,
    ) -> Result<(), StoreError> {
        match self.ignores_sums || self.has_sum(table, sums) {
            true => Ok(()),
            false => Err(StoreError::integrity(format!(
                "{} were removed, added or replaced by older ones outside gatepass",
                table.rows()
            ))),
        }
    }

    /// Returns whether a table has this sum, or no sum yet.
    pub(in crate::store) fn has_sum(&self, table: SummedTable, sums: &TableSums) -> bool {
        let expected = |stored| {
            unmasked(stored, &self.keys.sum, table).wrapping_add(self.sum_change.of(table))
        };
        self.head.sums.as_ref().is_none_or(|stored| expected(stored) == sums.of(table))
    }

    /// Verifies all rows of a table, and its sum. `what` names a row in the error.
    pub(super) fn verify_table<T: Summed>(
        &self,
        rows: Vec<WithMac<T>>,
        what: &str,
    ) -> Result<Vec<T>, StoreError> {
        let (mut records, mut sums) = (Vec::with_capacity(rows.len()), TableSums::default());
        for row in rows {
            let (record, summand) = verify_summed(&self.row_mac, row, what)?;
            sums.add(T::TABLE, summand);
            records.push(record);
        }
        self.ensure_sum(T::TABLE, &sums)?;
        Ok(records)
    }

    /// Adds the MAC to a record that is inserted, and the record to the sum of its table.
    pub(super) fn authenticate_new<T: Summed>(&mut self, new: T) -> WithMac<T> {
        let (row, summand) = self.row_mac.authenticate_summed(new);
        self.sum_change.add(T::TABLE, summand);
        row
    }

    /// Adds the MAC to a record that replaces another one, and the difference to the sum of their table.
    pub(super) fn authenticate_changed<T: Summed>(&mut self, before: &T, after: T) -> WithMac<T> {
        self.sum_change.subtract(T::TABLE, self.row_mac.summand(before));
        self.authenticate_new(after)
    }

    /// Replaces the sums of all tables. Only a repair may do this.
    pub(in crate::store) fn replace_sums(&mut self, sums: &TableSums) {
        self.head.sums = Some(sums.masked(&self.keys.sum));
        self.sum_change = TableSums::default();
    }

    /// Makes all changes of the transaction permanent.
    ///
    /// # Errors
    /// - [`StoreError::CommitUnknown`] if nobody knows whether the commit succeeded.
    /// - After any other error, nothing has changed.
    pub fn commit(mut self) -> Result<(), StoreError> {
        self.flush()?;
        self.flush_counters()?;
        if self.is_broken {
            return Err(StoreError::integrity("a part of the change could not be written"));
        }
        if let Some(stored) = self.head.sums.as_mut().filter(|_| !self.sum_change.is_zero()) {
            *stored = self.sum_change.added_to(stored, &self.keys.sum);
        }
        let Self { backend, keys, history, raw, row_mac, access, head, begun_at, .. } = self;
        let created_at = head.created_at;
        let change = Checkpoint { seq: head.audit_seq, link: head.audit_link };
        match raw.commit(Some(&row_mac.authenticate(head))) {
            Err(StoreError::CommitUnknown(_)) => {
                let change = Some(change).filter(|change| *change != begun_at);
                resolve_commit(backend, &row_mac, change)
            }
            committed => {
                committed?;
                // A power failure may undo a relaxed commit.
                if access == Access::Write && change != begun_at {
                    history.set(keys, created_at, change);
                }
                Ok(())
            }
        }
    }
}

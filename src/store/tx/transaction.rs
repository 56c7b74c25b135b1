//! An open transaction: its state and its commit.

use std::{collections::BTreeMap, sync::Arc};

use zeroize::Zeroizing;

use super::{commit_doubt::resolve_commit, pending::PendingChange};
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
            record::{Checkpoint, CounterKey, Head},
        },
        row_mac::RowMac,
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
    /// Whether a part of the change could not be written. A caller may have ignored the error of the query that wrote
    /// it.
    is_broken: bool,
    /// Changes of counters that the commit will write.
    pub(super) counter_deltas: BTreeMap<(AccountKey, CounterKey), i64>,
    /// All accounts; `None` until they are read and after each change of one.
    pub(super) accounts: Option<Vec<Account>>,
    /// All apps; `None` until they are read and after each change of one.
    pub(super) apps: Option<Arc<[App]>>,
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
    pub(super) fn flush(&mut self) -> Result<(), StoreError> {
        match self.access {
            Access::Read => Ok(()),
            _ => {
                let written = self.pending.write(&mut *self.raw, &self.row_mac);
                self.is_broken |= written.is_err();
                written
            }
        }
    }

    /// Writes the collected change if it has become large.
    pub(super) fn flush_if_full(&mut self) -> Result<(), StoreError> {
        if self.pending.is_full() { self.flush() } else { Ok(()) }
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

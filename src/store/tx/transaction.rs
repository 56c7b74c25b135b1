//! An open transaction: its state and its commit.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use zeroize::Zeroizing;

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
        port::{
            backend::BackendTransaction,
            record::{CounterKey, Head},
        },
        row_mac::RowMac,
    },
};

/// An open transaction. Everything that it returns is verified; dropping it rolls back.
pub struct Transaction<'s> {
    pub(in crate::store) raw: Box<dyn BackendTransaction + 's>,
    pub(in crate::store) row_mac: RowMac<'s>,
    pub(super) keys: &'s Keys,
    /// The head of the newest commit, with the changes of this transaction.
    pub(in crate::store) head: Head,
    /// Changes of counters that the commit will write.
    pub(super) counter_deltas: BTreeMap<(AccountKey, CounterKey), i64>,
    /// All accounts; `None` until they are read and after each change of one.
    pub(super) accounts: RefCell<Option<Vec<Account>>>,
    /// All apps; `None` until they are read and after each change of one.
    pub(super) apps: RefCell<Option<Arc<[App]>>>,
}

impl<'s> Transaction<'s> {
    pub(super) fn new(
        raw: Box<dyn BackendTransaction + 's>,
        row_mac: RowMac<'s>,
        keys: &'s Keys,
        head: Head,
    ) -> Self {
        Self {
            raw,
            row_mac,
            keys,
            head,
            counter_deltas: BTreeMap::new(),
            accounts: RefCell::default(),
            apps: RefCell::default(),
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

    /// Makes all changes of the transaction permanent.
    ///
    /// # Errors
    /// If the commit failed; then nothing has changed.
    pub fn commit(mut self) -> Result<(), StoreError> {
        self.flush_counters()?;
        let head = self.row_mac.authenticate(self.head.clone());
        if !self.raw.update_head(&head)? {
            return Err(StoreError::integrity("its head is missing"));
        }
        self.raw.commit()
    }
}

//! The rows of one table that a change has read or will write.

use std::{collections::BTreeMap, mem};

use crate::store::{error::StoreError, row_mac::Summand};

/// Rows by key. Reads find a row here before they query the database, so that a change reads each row once and sees
/// what it will write. New and changed rows stay here until they are written together.
pub(in crate::store::tx) struct RowCache<K, T> {
    /// As in the database.
    read: BTreeMap<K, StoredRow<T>>,
    /// Not in the database yet.
    new: BTreeMap<K, T>,
    /// In the database with other fields.
    changed: BTreeMap<K, ChangedRow<T>>,
}

/// A row as it is in the database, and what it adds to the sum of its table.
struct StoredRow<T> {
    row: T,
    summand: Summand,
}

/// A row that is to replace the one in the database.
pub(in crate::store::tx) struct ChangedRow<T> {
    pub(in crate::store::tx) row: T,
    /// What the row in the database adds to the sum of its table.
    pub(in crate::store::tx) replaced: Summand,
}

impl<K, T> Default for RowCache<K, T> {
    fn default() -> Self {
        Self { read: BTreeMap::new(), new: BTreeMap::new(), changed: BTreeMap::new() }
    }
}

impl<K: Ord, T> RowCache<K, T> {
    /// Returns the row with this key; `None` if it was not read or written before.
    pub(in crate::store::tx) fn get(&self, key: &K) -> Option<&T> {
        self.new
            .get(key)
            .or_else(|| self.changed.get(key).map(|changed| &changed.row))
            .or_else(|| self.read.get(key).map(|read| &read.row))
    }

    /// Keeps a row that was read from the database, unless a newer one is to be written.
    pub(in crate::store::tx) fn keep(&mut self, key: K, row: T, summand: Summand) {
        if self.get(&key).is_none() {
            self.read.insert(key, StoredRow { row, summand });
        }
    }

    /// Inserts a row.
    pub(in crate::store::tx) fn insert(&mut self, key: K, row: T) {
        self.new.insert(key, row);
    }

    /// Replaces a row that was read or written before.
    ///
    /// # Errors
    /// An integrity error if it was not.
    pub(in crate::store::tx) fn update(&mut self, key: K, row: T) -> Result<(), StoreError> {
        if let Some(new) = self.new.get_mut(&key) {
            *new = row;
            return Ok(());
        }
        let changed = self.changed.get(&key).map(|changed| changed.replaced);
        let replaced = changed.or_else(|| self.read.remove(&key).map(|read| read.summand));
        let replaced = replaced
            .ok_or_else(|| StoreError::integrity("a row was to be changed that was not read"))?;
        self.changed.insert(key, ChangedRow { row, replaced });
        Ok(())
    }

    /// Forgets a row that was removed from the database.
    pub(in crate::store::tx) fn forget(&mut self, key: &K) {
        self.read.remove(key);
    }

    /// Returns how many rows are to be written.
    pub(in crate::store::tx) fn pending(&self) -> usize {
        self.new.len() + self.changed.len()
    }

    /// Takes the new rows.
    pub(in crate::store::tx) fn take_new(&mut self) -> impl Iterator<Item = T> + use<K, T> {
        mem::take(&mut self.new).into_values()
    }

    /// Takes the changed rows.
    pub(in crate::store::tx) fn take_changed(
        &mut self,
    ) -> impl Iterator<Item = ChangedRow<T>> + use<K, T> {
        mem::take(&mut self.changed).into_values()
    }
}

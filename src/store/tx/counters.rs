//! Counters of credentials and messages. A transaction collects their changes and writes them with its commit.

use std::{collections::BTreeMap, ops::RangeInclusive};

use super::{ensure::verify_row, transaction::Transaction};
use crate::{
    domain::{credential::Credential, directory::account::AccountKey, seq::AppSeq},
    store::{
        error::StoreError,
        port::record::{Counter, CounterKey},
    },
};

impl Transaction<'_> {
    /// Returns the number of used slots of an account, including the changes of this transaction.
    ///
    /// # Errors
    /// If the counter does not verify, or the index of slots contains another number of them.
    pub fn count_used_slots(&mut self, account: AccountKey) -> Result<i64, StoreError> {
        Ok(self.list_used_slots(account)?.len() as i64)
    }

    /// Returns the lowest free slot of slots 1 to `cap`; `None` if all of them are used.
    ///
    /// # Errors
    /// As for [`Transaction::count_used_slots`].
    pub fn free_slot(&mut self, account: AccountKey, cap: u8) -> Result<Option<u8>, StoreError> {
        let taken = self.list_used_slots(account)?;
        Ok((1..=cap).find(|slot| taken.binary_search(slot).is_err()))
    }

    /// Returns the used slots, ascending. The counter says how many there must be; without a counter, none.
    fn list_used_slots(&mut self, account: AccountKey) -> Result<Vec<u8>, StoreError> {
        self.flush()?;
        let slots = self.raw.list_slots(account)?;
        let count = self.counter_with_pending(account, CounterKey::Slots)?;
        if slots.len() as i64 != count || !slots.is_sorted() {
            return Err(StoreError::integrity("the index of slots is wrong"));
        }
        Ok(slots)
    }

    /// Returns a counter, including the changes of this transaction. A counter that was never written is 0.
    pub(super) fn counter_with_pending(
        &mut self,
        account: AccountKey,
        key: CounterKey,
    ) -> Result<i64, StoreError> {
        let pending = self.counter_deltas.get(&(account, key)).copied().unwrap_or_default();
        let stored = self.stored_counters(&[(account, key.number())])?;
        Ok(stored.get(&(account, key.number())).copied().unwrap_or_default() + pending)
    }

    /// Returns counters without the changes of this transaction. A counter that was never written is left out.
    fn stored_counters(
        &mut self,
        keys: &[(AccountKey, i64)],
    ) -> Result<BTreeMap<(AccountKey, i64), i64>, StoreError> {
        let rows = self.raw.find_counters(keys)?;
        let counters = rows.into_iter().map(|row| verify_row(&self.row_mac, row, "a counter"));
        let counts = counters
            .map(|counter| counter.map(|Counter { account, key, count }| ((account, key), count)));
        counts.collect()
    }

    /// Returns the sum of the counters of all accounts with these key numbers, including the changes of this
    /// transaction.
    pub(super) fn sum_counters(&mut self, keys: RangeInclusive<i64>) -> Result<i64, StoreError> {
        let pending =
            self.counter_deltas.iter().filter(|((_, key), _)| keys.contains(&key.number()));
        let mut sum: i64 = pending.map(|(_, delta)| delta).sum();
        for row in self.raw.list_counters(keys)? {
            sum += verify_row(&self.row_mac, row, "a counter")?.count;
        }
        Ok(sum)
    }

    /// Adds `delta` to a counter when the transaction commits.
    pub(super) fn add_to_counter(&mut self, account: AccountKey, key: CounterKey, delta: i64) {
        *self.counter_deltas.entry((account, key)).or_default() += delta;
    }

    /// Moves a credential from the counters that it had before to those that it has now. `before` is `None` if it is
    /// new.
    pub(super) fn update_counters(
        &mut self,
        before: Option<&Credential>,
        after: &Credential,
    ) -> Result<(), StoreError> {
        let app = self.app_seq_of_token(after)?;
        if let Some(before) = before {
            self.count_credential(before, app, -1);
        }
        self.count_credential(after, app, 1);
        Ok(())
    }

    fn count_credential(&mut self, credential: &Credential, app: Option<AppSeq>, delta: i64) {
        for key in CounterKey::of_credential(credential, app) {
            self.add_to_counter(credential.account, key, delta);
        }
    }

    /// Writes the collected changes of counters.
    pub(in crate::store) fn flush_counters(&mut self) -> Result<(), StoreError> {
        let mut deltas = std::mem::take(&mut self.counter_deltas);
        deltas.retain(|_, delta| *delta != 0);
        if deltas.is_empty() {
            return Ok(());
        }
        let keys: Vec<_> = deltas.keys().map(|(account, key)| (*account, key.number())).collect();
        let stored = self.stored_counters(&keys)?;
        let counters =
            keys.into_iter().zip(deltas.into_values()).map(|((account, key), delta)| match stored
                .get(&(account, key))
            {
                None => self.authenticate_new(Counter { account, key, count: delta }),
                Some(&count) => {
                    let before = Counter { account, key, count };
                    self.authenticate_changed(&before, Counter { count: count + delta, ..before })
                }
            });
        let counters: Vec<_> = counters.collect();
        self.raw.put_counters(&counters)
    }
}

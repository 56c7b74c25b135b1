//! Counters of credentials and messages. A transaction collects their changes and writes them with its commit.

use std::ops::RangeInclusive;

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
    pub fn count_used_slots(&self, account: AccountKey) -> Result<i64, StoreError> {
        Ok(self.list_used_slots(account)?.len() as i64)
    }

    /// Returns the lowest free slot of slots 1 to `cap`; `None` if all of them are used.
    ///
    /// # Errors
    /// As for [`Transaction::count_used_slots`].
    pub fn free_slot(&self, account: AccountKey, cap: u8) -> Result<Option<u8>, StoreError> {
        let taken = self.list_used_slots(account)?;
        Ok((1..=cap).find(|slot| taken.binary_search(slot).is_err()))
    }

    /// Returns the used slots, ascending. The counter says how many there must be; without a counter, none.
    fn list_used_slots(&self, account: AccountKey) -> Result<Vec<u8>, StoreError> {
        let slots = self.raw.list_slots(account)?;
        let count = self.counter_with_pending(account, CounterKey::Slots)?;
        if slots.len() as i64 != count || !slots.is_sorted() {
            return Err(StoreError::integrity("the index of slots is wrong"));
        }
        Ok(slots)
    }

    /// Returns a counter, including the changes of this transaction. A counter that was never written is 0.
    pub(super) fn counter_with_pending(
        &self,
        account: AccountKey,
        key: CounterKey,
    ) -> Result<i64, StoreError> {
        let pending = self.counter_deltas.get(&(account, key)).copied().unwrap_or_default();
        Ok(self.stored_counter(account, key)? + pending)
    }

    /// Returns a counter without the changes of this transaction.
    fn stored_counter(&self, account: AccountKey, key: CounterKey) -> Result<i64, StoreError> {
        let Some(row) = self.raw.find_counter(account, key.number())? else {
            return Ok(0);
        };
        let counter: Counter = verify_row(&self.row_mac, row, "a counter")?;
        Ok(counter.count)
    }

    /// Returns the sum of the counters of all accounts with these key numbers, including the changes of this
    /// transaction.
    pub(super) fn sum_counters(&self, keys: RangeInclusive<i64>) -> Result<i64, StoreError> {
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
    pub(super) fn flush_counters(&mut self) -> Result<(), StoreError> {
        for ((account, key), delta) in std::mem::take(&mut self.counter_deltas) {
            if delta != 0 {
                let count = self.stored_counter(account, key)? + delta;
                let counter = Counter { account, key: key.number(), count };
                self.raw.put_counter(&self.row_mac.authenticate(counter))?;
            }
        }
        Ok(())
    }
}

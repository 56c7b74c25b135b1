//! The door, for uses. They are sealed like everything else, but no change of a credential: they have no audit
//! record, and nothing is decided by them.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::transaction::Transaction;
use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        usage::{DailyUse, LastUse, RETENTION_DAYS},
    },
    store::{
        StoreError,
        port::record::{Namespace, WithMac},
        row_mac::RowMac,
    },
};

impl Transaction<'_> {
    /// The last use of the credential with this number; `None` when it was never used.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_last_use(&self, seq: i64) -> Result<Option<LastUse>, StoreError> {
        let row = self.raw.find_last_use(seq)?;
        row.map(|row| verify_last_use(&self.row_mac, row, seq)).transpose()
    }

    /// Whether any credential was ever used.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn has_last_uses(&self) -> Result<bool, StoreError> {
        self.raw.has_last_uses()
    }

    /// Adds uses to those of the same credential, which must exist. Its last use never goes back.
    ///
    /// # Errors
    /// When those before do not verify, or the store can't be written.
    pub fn record_last_use(&mut self, used: LastUse) -> Result<(), StoreError> {
        let all = match self.find_last_use(used.credential)? {
            Some(before) => before.merge(used),
            None => used,
        };
        self.raw.put_last_use(&self.row_mac.authenticate(all))
    }

    /// The numbers of all legacy keys that a gate may have seen: those that are listed, and those whose place they took.
    /// One that does not verify is left out, with those before it: no gate lets it pass, and it must not keep the uses
    /// of others from being noted.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn list_legacy_key_seqs(&self) -> Result<BTreeSet<i64>, StoreError> {
        let mut numbers = BTreeSet::new();
        for account in self.accounts()? {
            let register = Namespace::Credentials(CredentialKind::Legacy);
            for row in self.raw.list_unique_names(account.key, register, "", usize::MAX >> 1)? {
                let holding =
                    self.row_mac.verify(row).filter(|holding| holding.account == account.key);
                let mut next = holding.map(|holding| holding.holder);
                while let Some(key) =
                    next.map(|seq| self.find_valid_legacy_key(seq)).transpose()?.flatten()
                {
                    numbers.insert(key.seq);
                    next = key.previous;
                }
            }
        }
        Ok(numbers)
    }

    /// The legacy key with this number, if it verifies.
    fn find_valid_legacy_key(&self, seq: i64) -> Result<Option<Credential>, StoreError> {
        match self.get_credential(seq) {
            Ok(key) => Ok(Some(key).filter(|key| key.kind() == CredentialKind::Legacy)),
            Err(StoreError::Integrity(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// How often a credential was used on each of these days (counted from the epoch), in their order; nothing of a day
    /// without uses.
    ///
    /// # Errors
    /// When one does not verify, or is that of another credential or another day.
    pub fn list_daily_usage(
        &self,
        seq: i64,
        days: RangeInclusive<i64>,
    ) -> Result<Vec<DailyUse>, StoreError> {
        let mut found: Vec<DailyUse> = Vec::new();
        for row in self.raw.list_daily_usage(seq, days.clone())? {
            let wrong = tampered_day(&row.record);
            let is_next = found.last().is_none_or(|last| last.day < row.record.day);
            let is_right =
                is_next && row.record.credential == seq && days.contains(&row.record.day);
            let opened = self.row_mac.verify(row).filter(|_| is_right);
            found.push(opened.ok_or_else(|| StoreError::integrity(wrong))?);
        }
        Ok(found)
    }

    /// Adds uses to those of the same credential, which must exist, on the same day. With the first of a day goes what
    /// is too old to be kept.
    ///
    /// # Errors
    /// When those before do not verify, or the store can't be written.
    pub fn record_daily_use(&mut self, mut used: DailyUse) -> Result<(), StoreError> {
        match self.list_daily_usage(used.credential, used.day..=used.day)?.first() {
            Some(before) => used.count = used.count.saturating_add(before.count),
            None => self.raw.remove_daily_usage(used.credential, used.day - RETENTION_DAYS + 1)?,
        }
        self.raw.put_daily_use(&self.row_mac.authenticate(used))
    }
}

/// That the uses of a day were altered.
pub(in crate::store) fn tampered_day(DailyUse { credential, day, .. }: &DailyUse) -> String {
    format!("the uses of credential number {credential} on day {day} were altered")
}

/// A last use, if its seal is right and it is that of the credential with this number.
pub(in crate::store) fn verify_last_use(
    row_mac: &RowMac<'_>,
    row: WithMac<LastUse>,
    seq: i64,
) -> Result<LastUse, StoreError> {
    let last_use = row_mac.verify(row).filter(|last_use| last_use.credential == seq);
    last_use.ok_or_else(|| {
        StoreError::integrity(format!("the last use of credential number {seq} was altered"))
    })
}

//! Usage: the last use of each credential, and the uses of legacy keys per day. Rows carry MACs like every row. A use
//! does not change the credential, so it has no audit record, and no decision depends on it.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use super::transaction::Transaction;
use crate::{
    domain::{
        instant::Day,
        seq::CredentialSeq,
        usage::{DailyUse, LastUse, RETENTION_DAYS},
    },
    store::{error::StoreError, row_mac::Summed},
};

impl Transaction<'_> {
    /// Returns the last use of the credential with this number; `None` if it was never used.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_last_use(&mut self, seq: CredentialSeq) -> Result<Option<LastUse>, StoreError> {
        Ok(self.find_last_uses(&[seq])?.remove(&seq))
    }

    /// Returns the last uses of the credentials with these numbers, without those that were never used.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn find_last_uses(
        &mut self,
        seqs: &[CredentialSeq],
    ) -> Result<BTreeMap<CredentialSeq, LastUse>, StoreError> {
        let requested: BTreeSet<_> = seqs.iter().collect();
        let rows = self.raw.find_last_uses(seqs)?;
        let verified = rows.into_iter().map(|row| {
            let seq = row.record.credential;
            let last_use = self.row_mac.verify(row).filter(|_| requested.contains(&seq));
            last_use.map(|last_use| (seq, last_use)).ok_or_else(|| tampered_last_use(seq))
        });
        verified.collect()
    }

    /// Returns whether any credential was ever used.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn has_last_uses(&mut self) -> Result<bool, StoreError> {
        self.raw.has_last_uses()
    }

    /// Adds uses of credentials, which must exist. Keeps the later of the recorded and the new last use of each.
    ///
    /// # Errors
    /// If a recorded last use does not verify, or the store can't be written.
    pub fn record_last_uses(&mut self, used: &[LastUse]) -> Result<(), StoreError> {
        self.flush()?;
        let seqs = distinct(used.iter().map(|used| used.credential));
        let mut recorded = self.find_last_uses(&seqs)?;
        for replaced in recorded.values() {
            self.sum_change.subtract(LastUse::TABLE, self.row_mac.summand(replaced));
        }
        for used in used.iter().cloned() {
            let merged = match recorded.remove(&used.credential) {
                Some(recorded) => recorded.merge(used),
                None => used,
            };
            recorded.insert(merged.credential, merged);
        }
        let rows: Vec<_> =
            recorded.into_values().map(|merged| self.authenticate_new(merged)).collect();
        self.raw.put_last_uses(&rows)
    }

    /// Lists the uses of a credential on these days, by day. A day without uses is left out.
    ///
    /// # Errors
    /// If a row does not verify, or belongs to another credential or day.
    pub fn list_daily_usage(
        &mut self,
        seq: CredentialSeq,
        days: RangeInclusive<Day>,
    ) -> Result<Vec<DailyUse>, StoreError> {
        self.list_daily_usage_of(&[seq], days)
    }

    /// Lists the uses of credentials on these days, by credential and day. A day without uses is left out.
    ///
    /// # Errors
    /// If a row does not verify, or belongs to another credential or day.
    pub fn list_daily_usage_of(
        &mut self,
        seqs: &[CredentialSeq],
        days: RangeInclusive<Day>,
    ) -> Result<Vec<DailyUse>, StoreError> {
        let requested: BTreeSet<_> = seqs.iter().collect();
        let mut found: Vec<DailyUse> = Vec::new();
        for row in self.raw.list_daily_usage(seqs, days.clone())? {
            let DailyUse { credential, day, .. } = row.record;
            let tampered = tampered_day(&row.record);
            let is_next =
                found.last().is_none_or(|last| (last.credential, last.day) < (credential, day));
            let is_requested = is_next && requested.contains(&credential) && days.contains(&day);
            let verified = self.row_mac.verify(row).filter(|_| is_requested);
            found.push(verified.ok_or_else(|| StoreError::integrity(tampered))?);
        }
        Ok(found)
    }

    /// Adds uses of credentials, which must exist, on days. Also removes the rows of these credentials that are past
    /// the retention period.
    ///
    /// # Errors
    /// If recorded uses do not verify, or the store can't be written.
    pub fn record_daily_uses(&mut self, used: &[DailyUse]) -> Result<(), StoreError> {
        let days = used.iter().map(|used| used.day);
        let Some((first, last)) = days.clone().min().zip(days.max()) else { return Ok(()) };
        self.flush()?;
        let seqs = distinct(used.iter().map(|used| used.credential));
        let recorded = self.list_daily_usage_of(&seqs, first..=last)?;
        let recorded = recorded.into_iter().map(|one| ((one.credential, one.day), one));
        let (recorded, mut rows): (BTreeMap<_, _>, _) = (recorded.collect(), BTreeMap::new());
        for used in used {
            let key = (used.credential, used.day);
            let row = rows.entry(key).or_insert_with(|| {
                recorded.get(&key).copied().unwrap_or(DailyUse { count: 0, ..*used })
            });
            row.count = row.count.saturating_add(used.count);
        }
        for replaced in recorded.iter().filter(|(key, _)| rows.contains_key(key)) {
            self.sum_change.subtract(DailyUse::TABLE, self.row_mac.summand(replaced.1));
        }
        let rows: Vec<_> = rows.into_values().map(|row| self.authenticate_new(row)).collect();
        let oldest = Day(first.0 - RETENTION_DAYS + 1);
        for removed in self.raw.put_daily_uses(&rows, oldest)? {
            // Without a valid MAC, the sum is wrong already.
            if let Some((_, summand)) = self.row_mac.verify_summed(removed) {
                self.sum_change.subtract(DailyUse::TABLE, summand);
            }
        }
        Ok(())
    }
}

/// Returns each number once: several reports may be about the same credential.
fn distinct(seqs: impl Iterator<Item = CredentialSeq>) -> Vec<CredentialSeq> {
    seqs.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the text of the error for a tampered row of daily uses.
pub(in crate::store) fn tampered_day(DailyUse { credential, day, .. }: &DailyUse) -> String {
    format!("the uses of credential number {credential} on day {day} were changed outside gatepass")
}

/// Returns the error for a tampered last use.
pub(super) fn tampered_last_use(seq: CredentialSeq) -> StoreError {
    StoreError::integrity(format!(
        "the last use of credential number {seq} was changed outside gatepass"
    ))
}

//! Usage: the last use of each credential, and the uses of legacy keys per day. Rows carry MACs like every row. A use
//! does not change the credential, so it has no audit record, and no decision depends on it.

use std::ops::RangeInclusive;

use super::transaction::Transaction;
use crate::{
    domain::{
        instant::Day,
        seq::CredentialSeq,
        usage::{DailyUse, LastUse, RETENTION_DAYS},
    },
    store::{error::StoreError, port::record::WithMac, row_mac::RowMac},
};

impl Transaction<'_> {
    /// Returns the last use of the credential with this number; `None` if it was never used.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_last_use(&self, seq: CredentialSeq) -> Result<Option<LastUse>, StoreError> {
        let row = self.raw.find_last_use(seq)?;
        row.map(|row| verify_last_use(&self.row_mac, row, seq)).transpose()
    }

    /// Returns whether any credential was ever used.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn has_last_uses(&self) -> Result<bool, StoreError> {
        self.raw.has_last_uses()
    }

    /// Adds uses of a credential, which must exist. Keeps the later of the recorded and the new last use.
    ///
    /// # Errors
    /// If the recorded last use does not verify, or the store can't be written.
    pub fn record_last_use(&mut self, used: LastUse) -> Result<(), StoreError> {
        let merged = match self.find_last_use(used.credential)? {
            Some(recorded) => recorded.merge(used),
            None => used,
        };
        self.raw.put_last_use(&self.row_mac.authenticate(merged))
    }

    /// Lists the uses of a credential on these days (UTC), by day. A day without uses is left out.
    ///
    /// # Errors
    /// If a row does not verify, or belongs to another credential or day.
    pub fn list_daily_usage(
        &self,
        seq: CredentialSeq,
        days: RangeInclusive<Day>,
    ) -> Result<Vec<DailyUse>, StoreError> {
        let mut found: Vec<DailyUse> = Vec::new();
        for row in self.raw.list_daily_usage(seq, days.clone())? {
            let tampered = tampered_day(&row.record);
            let is_next = found.last().is_none_or(|last| last.day < row.record.day);
            let is_requested =
                is_next && row.record.credential == seq && days.contains(&row.record.day);
            let verified = self.row_mac.verify(row).filter(|_| is_requested);
            found.push(verified.ok_or_else(|| StoreError::integrity(tampered))?);
        }
        Ok(found)
    }

    /// Adds uses of a credential, which must exist, on one day. The first use on a day also removes the rows of the
    /// credential that are past the retention period.
    ///
    /// # Errors
    /// If the recorded uses do not verify, or the store can't be written.
    pub fn record_daily_use(&mut self, mut used: DailyUse) -> Result<(), StoreError> {
        match self.list_daily_usage(used.credential, used.day..=used.day)?.first() {
            Some(recorded) => used.count = used.count.saturating_add(recorded.count),
            None => {
                self.raw.remove_daily_usage(used.credential, used.day.plus(1 - RETENTION_DAYS))?
            }
        }
        self.raw.put_daily_use(&self.row_mac.authenticate(used))
    }
}

/// Returns the text of the error for a tampered row of daily uses.
pub(in crate::store) fn tampered_day(DailyUse { credential, day, .. }: &DailyUse) -> String {
    format!("the uses of credential number {credential} on day {day} were changed outside gatepass")
}

/// Returns a last use; an integrity error if its MAC is wrong or it belongs to another credential than this one.
pub(super) fn verify_last_use(
    row_mac: &RowMac<'_>,
    row: WithMac<LastUse>,
    seq: CredentialSeq,
) -> Result<LastUse, StoreError> {
    let last_use = row_mac.verify(row).filter(|last_use| last_use.credential == seq);
    last_use.ok_or_else(|| {
        StoreError::integrity(format!(
            "the last use of credential number {seq} was changed outside gatepass"
        ))
    })
}

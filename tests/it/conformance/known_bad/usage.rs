//! Faults of the tables of last uses and daily usage.

use std::ops::RangeInclusive;

use gatepass::{
    domain::{
        instant::Day,
        seq::CredentialSeq,
        usage::{DailyUse, LastUse},
    },
    store::{
        StoreError,
        port::{batch::BatchCallback, record::WithMac, tables::UsageTable},
    },
};

use super::{
    backend::{FaultyTransaction, faulty_scans, scan_faultily},
    faults::Fault,
};

impl UsageTable for FaultyTransaction<'_> {
    faulty_scans! {
        fn scan_last_uses(WithMac<LastUse>);
        fn scan_daily_usage(WithMac<DailyUse>);
    }

    fn find_last_uses(
        &mut self,
        credentials: &[CredentialSeq],
    ) -> Result<Vec<WithMac<LastUse>>, StoreError> {
        if self.has(Fault::FindsAnotherCredentialsLastUse) {
            let others: Vec<_> = credentials.iter().map(|seq| seq.next()).collect();
            return self.inner().find_last_uses(&others);
        }
        let credentials = self.keys(credentials);
        self.inner().find_last_uses(credentials)
    }

    fn has_last_uses(&mut self) -> Result<bool, StoreError> {
        Ok(self.inner().has_last_uses()? && !self.has(Fault::DeniesHavingLastUses))
    }

    fn put_last_uses(&mut self, last_uses: &[WithMac<LastUse>]) -> Result<(), StoreError> {
        let mut rows = last_uses.to_vec();
        if self.has(Fault::KeepsTheFirstLastUse) {
            let seqs: Vec<_> = rows.iter().map(|row| row.record.credential).collect();
            let stored = self.inner().find_last_uses(&seqs)?;
            rows.retain(|row| {
                !stored.iter().any(|stored| stored.record.credential == row.record.credential)
            });
        }
        self.inner().put_last_uses(&rows)
    }

    fn list_daily_usage(
        &mut self,
        credentials: &[CredentialSeq],
        days: RangeInclusive<Day>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        let open = i64::from(self.has(Fault::IncludesTheDayBefore));
        let days = days.start().plus(-open)..=*days.end();
        let credentials = self.keys(credentials);
        self.inner().list_daily_usage(credentials, days)
    }

    fn put_daily_uses(
        &mut self,
        daily_uses: &[WithMac<DailyUse>],
        oldest: Day,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        let (mut rows, mut oldest) = (daily_uses.to_vec(), oldest);
        match self.fault {
            Fault::KeepsOldDays => oldest = Day(i64::MIN),
            Fault::RemovesOneDayTooMany => oldest = oldest.plus(1),
            Fault::KeepsTheFirstDailyCount => {
                let mut stored = Vec::new();
                for row in &rows {
                    let DailyUse { credential, day, .. } = row.record;
                    stored.extend(self.inner().list_daily_usage(&[credential], day..=day)?);
                }
                let key = |row: &WithMac<DailyUse>| (row.record.credential, row.record.day);
                rows.retain(|row| !stored.iter().any(|stored| key(stored) == key(row)));
            }
            _ => {}
        }
        let mut removed = self.inner().put_daily_uses(&rows, oldest)?;
        if self.has(Fault::HidesRemovedDays) {
            removed.clear();
        }
        Ok(removed)
    }
}

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
        port::{
            backend::{RowCallback, UsageTable},
            record::WithMac,
        },
    },
};

use super::{backend::FaultyTransaction, faults::Fault};

impl UsageTable for FaultyTransaction<'_> {
    fn scan_last_uses(&self, each: &mut RowCallback<'_, LastUse>) -> Result<(), StoreError> {
        self.inner().scan_last_uses(each)
    }

    fn find_last_use(
        &self,
        credential: CredentialSeq,
    ) -> Result<Option<WithMac<LastUse>>, StoreError> {
        let is_wrong = self.has(Fault::FindsAnotherCredentialsLastUse);
        self.inner().find_last_use(if is_wrong { credential.next() } else { credential })
    }

    fn has_last_uses(&self) -> Result<bool, StoreError> {
        Ok(self.inner().has_last_uses()? && !self.has(Fault::DeniesHavingLastUses))
    }

    fn put_last_use(&self, last_use: &WithMac<LastUse>) -> Result<(), StoreError> {
        let exists = self.inner().find_last_use(last_use.record.credential)?.is_some();
        if exists && self.has(Fault::KeepsTheFirstLastUse) {
            return Ok(());
        }
        self.inner().put_last_use(last_use)
    }

    fn scan_daily_usage(&self, each: &mut RowCallback<'_, DailyUse>) -> Result<(), StoreError> {
        self.inner().scan_daily_usage(each)
    }

    fn list_daily_usage(
        &self,
        credential: CredentialSeq,
        days: RangeInclusive<Day>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        let open = i64::from(self.has(Fault::IncludesTheDayBefore));
        let days = days.start().plus(-open)..=*days.end();
        self.inner().list_daily_usage(credential, days)
    }

    fn put_daily_use(&self, daily_use: &WithMac<DailyUse>) -> Result<(), StoreError> {
        let DailyUse { credential, day, .. } = daily_use.record;
        let exists = !self.inner().list_daily_usage(credential, day..=day)?.is_empty();
        if exists && self.has(Fault::KeepsTheFirstDailyCount) {
            return Ok(());
        }
        self.inner().put_daily_use(daily_use)
    }

    fn remove_daily_usage(&self, credential: CredentialSeq, day: Day) -> Result<(), StoreError> {
        match self.fault {
            Fault::KeepsOldDays => Ok(()),
            Fault::RemovesOneDayTooMany => self.inner().remove_daily_usage(credential, day.plus(1)),
            _ => self.inner().remove_daily_usage(credential, day),
        }
    }
}

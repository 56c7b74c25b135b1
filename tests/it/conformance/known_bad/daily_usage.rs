//! Faulty backends, as far as uses by day are concerned.

use std::ops::RangeInclusive;

use gatepass::{
    domain::usage::DailyUse,
    store::{
        StoreError,
        port::{
            backend::{RowCallback, UsageTable},
            record::WithMac,
        },
    },
};

use super::{Fault, FaultyTransaction};

impl UsageTable for FaultyTransaction<'_> {
    fn scan_daily_usage(&self, each: &mut RowCallback<'_, DailyUse>) -> Result<(), StoreError> {
        self.inner().scan_daily_usage(each)
    }

    fn list_daily_usage(
        &self,
        credential: i64,
        days: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        let open = i64::from(self.has(Fault::IncludesTheDayBefore));
        let days = days.start().saturating_sub(open)..=*days.end();
        self.inner().list_daily_usage(credential, days)
    }

    fn put_daily_use(&self, daily_use: &WithMac<DailyUse>) -> Result<(), StoreError> {
        let DailyUse { credential, day, .. } = daily_use.record;
        let is_there = !self.inner().list_daily_usage(credential, day..=day)?.is_empty();
        if is_there && self.has(Fault::KeepsTheFirstDailyCount) {
            return Ok(());
        }
        self.inner().put_daily_use(daily_use)
    }

    fn remove_daily_usage(&self, credential: i64, day: i64) -> Result<(), StoreError> {
        match self.fault {
            Fault::KeepsOldDays => Ok(()),
            Fault::RemovesOneDayTooMany => self.inner().remove_daily_usage(credential, day + 1),
            _ => self.inner().remove_daily_usage(credential, day),
        }
    }
}

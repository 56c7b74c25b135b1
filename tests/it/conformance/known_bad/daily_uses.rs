//! Faulty backends, as far as uses by day are concerned.

use std::ops::RangeInclusive;

use gatepass::{
    domain::last_use::DailyUse,
    store::{
        StoreError,
        backend::{DailyUses, Each},
        record::Sealed,
    },
};

use super::{Fault, FaultyTransaction};

impl DailyUses for FaultyTransaction<'_> {
    fn scan_daily_uses(&self, each: &mut Each<'_, DailyUse>) -> Result<(), StoreError> {
        self.inner().scan_daily_uses(each)
    }

    fn list_daily_uses(
        &self,
        credential: i64,
        days: RangeInclusive<i64>,
    ) -> Result<Vec<Sealed<DailyUse>>, StoreError> {
        let open = i64::from(self.is(Fault::ShowsTheDayBefore));
        let days = days.start().saturating_sub(open)..=*days.end();
        self.inner().list_daily_uses(credential, days)
    }

    fn put_daily_use(&self, daily_use: &Sealed<DailyUse>) -> Result<(), StoreError> {
        let DailyUse { credential, day, .. } = daily_use.record;
        let is_there = !self.inner().list_daily_uses(credential, day..=day)?.is_empty();
        if is_there && self.is(Fault::KeepsTheFirstCountOfADay) {
            return Ok(());
        }
        self.inner().put_daily_use(daily_use)
    }

    fn remove_daily_uses(&self, credential: i64, day: i64) -> Result<(), StoreError> {
        match self.fault {
            Fault::KeepsOldDays => Ok(()),
            Fault::RemovesTheDayItself => self.inner().remove_daily_uses(credential, day + 1),
            _ => self.inner().remove_daily_uses(credential, day),
        }
    }
}

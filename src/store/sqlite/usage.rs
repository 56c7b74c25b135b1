//! The tables of last uses and of uses per day.

use std::ops::RangeInclusive;

use super::{
    statements::select,
    transaction::{SqliteTransaction, read},
};
use crate::{
    domain::{
        instant::Day,
        seq::CredentialSeq,
        usage::{DailyUse, LastUse},
    },
    store::{
        error::StoreError,
        port::{batch::BatchCallback, record::WithMac, tables::UsageTable},
    },
};

impl UsageTable for SqliteTransaction<'_> {
    fn find_last_uses(
        &mut self,
        credentials: &[CredentialSeq],
    ) -> Result<Vec<WithMac<LastUse>>, StoreError> {
        let statement = select!(LastUse, "where credential = ?1");
        self.find_each(statement, credentials.iter().map(|seq| [seq.0]), read)
    }

    fn has_last_uses(&mut self) -> Result<bool, StoreError> {
        Ok(self.find("select 1 from last_use limit 1", [], |_| Ok(()))?.is_some())
    }

    fn scan_last_uses(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<LastUse>>,
    ) -> Result<(), StoreError> {
        self.scan(select!(LastUse, "order by credential"), [], read, each)
    }

    fn put_last_uses(&mut self, last_uses: &[WithMac<LastUse>]) -> Result<(), StoreError> {
        self.put(last_uses)
    }

    fn list_daily_usage(
        &mut self,
        credentials: &[CredentialSeq],
        days: RangeInclusive<Day>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        let statement =
            select!(DailyUse, "where credential = ?1 and day between ?2 and ?3 order by day");
        let mut seqs = credentials.to_vec();
        seqs.sort_unstable();
        let mut found = Vec::new();
        for seq in seqs {
            found.append(&mut self.list(statement, [seq.0, days.start().0, days.end().0], read)?);
        }
        Ok(found)
    }

    fn scan_daily_usage(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<DailyUse>>,
    ) -> Result<(), StoreError> {
        self.scan(select!(DailyUse, "order by credential, day"), [], read, each)
    }

    fn put_daily_uses(
        &mut self,
        daily_uses: &[WithMac<DailyUse>],
        oldest: Day,
    ) -> Result<(), StoreError> {
        self.put(daily_uses)?;
        let statement = "delete from daily_use where credential = ?1 and day < ?2";
        let params = daily_uses.iter().map(|row| [row.record.credential.0, oldest.0]);
        self.execute_each(statement, params).map(drop)
    }
}

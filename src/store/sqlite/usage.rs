//! The tables of last uses and of uses per day.

use std::{ops::RangeInclusive, sync::LazyLock};

use super::{
    statements::{column_list, select},
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
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        self.put(daily_uses)?;
        static STATEMENT: LazyLock<String> = LazyLock::new(|| {
            let columns = column_list::<DailyUse>("");
            format!("delete from daily_use where credential = ?1 and day < ?2 returning {columns}")
        });
        let mut removed = Vec::new();
        for row in daily_uses {
            let params = [row.record.credential.0, oldest.0];
            removed.append(&mut self.list(&STATEMENT, params, read)?);
        }
        Ok(removed)
    }
}

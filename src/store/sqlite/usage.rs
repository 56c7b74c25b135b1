//! Uses by day in SQLite.

use std::ops::RangeInclusive;

use rusqlite::params;

use super::{rows, transaction::SqliteTransaction};
use crate::{
    domain::usage::DailyUse,
    store::{
        StoreError,
        port::{
            backend::{RowCallback, UsageTable},
            record::WithMac,
        },
    },
};

impl UsageTable for SqliteTransaction<'_> {
    fn list_daily_usage(
        &self,
        credential: i64,
        days: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        let statement = "select credential, day, count, mac from daily_use \
            where credential = ?1 and day between ?2 and ?3 order by day";
        self.list(statement, [credential, *days.start(), *days.end()], rows::daily_use)
    }

    fn scan_daily_usage(&self, each: &mut RowCallback<'_, DailyUse>) -> Result<(), StoreError> {
        let statement =
            "select credential, day, count, mac from daily_use order by credential, day";
        self.scan_rows(statement, [], rows::daily_use, each)
    }

    fn put_daily_use(&self, daily_use: &WithMac<DailyUse>) -> Result<(), StoreError> {
        let statement = "insert into daily_use (credential, day, count, mac) values (?1, ?2, ?3, ?4) \
            on conflict (credential, day) do update set count = ?3, mac = ?4";
        let WithMac { record: u, mac } = daily_use;
        self.execute(statement, params![u.credential, u.day, u.count.cast_signed(), mac]).map(drop)
    }

    fn remove_daily_usage(&self, credential: i64, day: i64) -> Result<(), StoreError> {
        let statement = "delete from daily_use where credential = ?1 and day < ?2";
        self.execute(statement, [credential, day]).map(drop)
    }
}

//! The tables of last uses and of uses per day.

use std::ops::RangeInclusive;

use rusqlite::params;

use super::{
    rows::{self, DAILY_USE_COLUMNS, LAST_USE_COLUMNS},
    statements::statement,
    transaction::SqliteTransaction,
};
use crate::{
    domain::{
        instant::Day,
        seq::CredentialSeq,
        usage::{DailyUse, LastUse},
    },
    store::{
        error::StoreError,
        port::{
            backend::{RowCallback, UsageTable},
            record::WithMac,
        },
    },
};

impl UsageTable for SqliteTransaction<'_> {
    fn find_last_use(
        &self,
        credential: CredentialSeq,
    ) -> Result<Option<WithMac<LastUse>>, StoreError> {
        let statement = statement!("select {LAST_USE_COLUMNS} from last_use where credential = ?1");
        self.find(statement, [credential.0], rows::last_use)
    }

    fn has_last_uses(&self) -> Result<bool, StoreError> {
        Ok(self.find("select 1 from last_use limit 1", [], |_| Ok(()))?.is_some())
    }

    fn scan_last_uses(&self, each: &mut RowCallback<'_, LastUse>) -> Result<(), StoreError> {
        let statement = statement!("select {LAST_USE_COLUMNS} from last_use order by credential");
        self.scan_rows(statement, [], rows::last_use, each)
    }

    fn put_last_use(&self, last_use: &WithMac<LastUse>) -> Result<(), StoreError> {
        let statement = statement!(
            "insert into last_use ({LAST_USE_COLUMNS}) values (?1, ?2, ?3, ?4, ?5) \
                on conflict (credential) do update set at = ?2, peer = ?3, count = ?4, mac = ?5"
        );
        let WithMac { record: u, mac } = last_use;
        let params = params![u.credential.0, u.at.unix(), u.peer, u.count.cast_signed(), mac];
        self.execute(statement, params).map(drop)
    }

    fn list_daily_usage(
        &self,
        credential: CredentialSeq,
        days: RangeInclusive<Day>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError> {
        let statement = statement!(
            "select {DAILY_USE_COLUMNS} from daily_use \
                where credential = ?1 and day between ?2 and ?3 order by day"
        );
        self.list(statement, [credential.0, days.start().0, days.end().0], rows::daily_use)
    }

    fn scan_daily_usage(&self, each: &mut RowCallback<'_, DailyUse>) -> Result<(), StoreError> {
        let statement =
            statement!("select {DAILY_USE_COLUMNS} from daily_use order by credential, day");
        self.scan_rows(statement, [], rows::daily_use, each)
    }

    fn put_daily_use(&self, daily_use: &WithMac<DailyUse>) -> Result<(), StoreError> {
        let statement = statement!(
            "insert into daily_use ({DAILY_USE_COLUMNS}) values (?1, ?2, ?3, ?4) \
                on conflict (credential, day) do update set count = ?3, mac = ?4"
        );
        let WithMac { record: u, mac } = daily_use;
        self.execute(statement, params![u.credential.0, u.day.0, u.count.cast_signed(), mac])
            .map(drop)
    }

    fn remove_daily_usage(&self, credential: CredentialSeq, day: Day) -> Result<(), StoreError> {
        let statement = "delete from daily_use where credential = ?1 and day < ?2";
        self.execute(statement, [credential.0, day.0]).map(drop)
    }
}

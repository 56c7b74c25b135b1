//! The tables of last uses and of uses per day.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::domain::{
    instant::Day,
    seq::CredentialSeq,
    usage::{DailyUse, LastUse},
};

columns! {
    /// The columns of a last use.
    "last_use" LastUseColumn {
        Credential = "credential",
        At = "at",
        Peer = "peer",
        Count = "count",
        Mac = "mac",
    }
}

columns! {
    /// The columns of the uses on a day.
    "daily_use" DailyUseColumn {
        Credential = "credential",
        Day = "day",
        Count = "count",
        Mac = "mac",
    }
}

impl TableRow for LastUse {
    type Column = LastUseColumn;
    const KEY: &'static [LastUseColumn] = &[LastUseColumn::Credential];
    const MAC: LastUseColumn = LastUseColumn::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, LastUseColumn>) {
        values.int(LastUseColumn::Credential, self.credential.0);
        values.instant(LastUseColumn::At, self.at);
        values.text(LastUseColumn::Peer, &self.peer);
        values.int(LastUseColumn::Count, self.count.cast_signed());
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, LastUseColumn>) -> Result<Self, InvalidValue> {
        Ok(Self {
            credential: CredentialSeq(row.int(LastUseColumn::Credential)?),
            at: row.instant(LastUseColumn::At)?,
            peer: row.string(LastUseColumn::Peer)?,
            count: row.int(LastUseColumn::Count)?,
        })
    }
}

impl TableRow for DailyUse {
    type Column = DailyUseColumn;
    const KEY: &'static [DailyUseColumn] = &[DailyUseColumn::Credential, DailyUseColumn::Day];
    const MAC: DailyUseColumn = DailyUseColumn::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, DailyUseColumn>) {
        values.int(DailyUseColumn::Credential, self.credential.0);
        values.int(DailyUseColumn::Day, self.day.0);
        values.int(DailyUseColumn::Count, self.count.cast_signed());
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, DailyUseColumn>) -> Result<Self, InvalidValue> {
        Ok(Self {
            credential: CredentialSeq(row.int(DailyUseColumn::Credential)?),
            day: Day(row.int(DailyUseColumn::Day)?),
            count: row.int(DailyUseColumn::Count)?,
        })
    }
}

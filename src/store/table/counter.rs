//! The table of counters.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::{domain::directory::account::AccountKey, store::port::record::Counter};

columns! {
    /// The columns of a counter.
    "tally" CounterColumn {
        Account = "account",
        Key = "bucket",
        Count = "count",
        Mac = "mac",
    }
}

type C = CounterColumn;

impl TableRow for Counter {
    type Column = C;
    const KEY: &'static [C] = &[C::Account, C::Key];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.int(C::Account, self.account.0);
        values.int(C::Key, self.key);
        values.int(C::Count, self.count);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        Ok(Self {
            account: AccountKey(row.int(C::Account)?),
            key: row.int(C::Key)?,
            count: row.int(C::Count)?,
        })
    }
}

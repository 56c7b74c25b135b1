//! The table of unique names.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::{
    domain::directory::account::AccountKey,
    store::port::record::{Namespace, UniqueName},
};

columns! {
    /// The columns of a unique name.
    "holding" UniqueNameColumn {
        Account = "account",
        Namespace = "register",
        Key = "owner_key",
        Holder = "holder",
        Mac = "mac",
    }
}

type C = UniqueNameColumn;

impl TableRow for UniqueName {
    type Column = C;
    const KEY: &'static [C] = &[C::Account, C::Namespace, C::Key];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.int(C::Account, self.account.0);
        values.text(C::Namespace, self.namespace.as_str());
        values.text(C::Key, &self.key);
        values.int(C::Holder, self.holder);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        Ok(Self {
            account: AccountKey(row.int(C::Account)?),
            namespace: row.parsed(C::Namespace, Namespace::parse)?,
            key: row.string(C::Key)?,
            holder: row.int(C::Holder)?,
        })
    }
}

//! The table of digests.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::{
    domain::{credential::secret::Digest, seq::CredentialSeq},
    store::port::record::SecretEntry,
};

columns! {
    /// The columns of the entry of a digest.
    "secret" SecretColumn {
        Digest = "digest",
        Credential = "credential",
        Mac = "mac",
    }
}

type C = SecretColumn;

impl TableRow for SecretEntry {
    type Column = C;
    const KEY: &'static [C] = &[C::Digest];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.blob(C::Digest, &self.digest.0);
        values.int(C::Credential, self.credential.0);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        Ok(Self {
            digest: Digest(row.bytes(C::Digest)?),
            credential: CredentialSeq(row.int(C::Credential)?),
        })
    }
}

//! The table of districts.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::domain::{
    directory::{
        account::AccountKey,
        district::{District, ExternalId},
        name::Name,
    },
    seq::{AuditSeq, DistrictSeq},
};

columns! {
    /// The columns of a district.
    "district" DistrictColumn {
        Seq = "seq",
        Id = "id",
        Account = "account",
        Name = "name",
        ExternalId = "external_id",
        CreatedAt = "created_at",
        CreatedBy = "created_by",
        RemovedAt = "removed_at",
        RemovedBy = "removed_by",
        AuditSeq = "audit_seq",
        Mac = "mac",
    }
}

type C = DistrictColumn;

const REMOVAL: [C; 2] = [C::RemovedAt, C::RemovedBy];

impl TableRow for District {
    type Column = C;
    const KEY: &'static [C] = &[C::Seq];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.int(C::Seq, self.seq.0);
        values.text(C::Id, self.id.as_str());
        values.int(C::Account, self.account.0);
        values.text(C::Name, self.name.as_str());
        values.optional_text(C::ExternalId, self.external_id.as_ref().map(ExternalId::as_str));
        values.instant(C::CreatedAt, self.created_at);
        values.text(C::CreatedBy, &self.created_by);
        values.deletion(REMOVAL, self.removed.as_ref());
        values.int(C::AuditSeq, self.audit_seq.0);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        Ok(Self {
            seq: DistrictSeq(row.int(C::Seq)?),
            id: row.object_id(C::Id)?,
            account: AccountKey(row.int(C::Account)?),
            name: Name::from_stored(row.string(C::Name)?),
            external_id: row.optional_string(C::ExternalId)?.map(ExternalId::from_stored),
            created_at: row.instant(C::CreatedAt)?,
            created_by: row.string(C::CreatedBy)?,
            removed: row.deletion(REMOVAL)?,
            audit_seq: AuditSeq(row.int(C::AuditSeq)?),
        })
    }
}

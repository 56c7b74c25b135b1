//! The table of the head. It has one row.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::{
    domain::seq::{AuditSeq, CredentialSeq, MessageSeq},
    store::port::record::{Head, MaskedSums},
};

columns! {
    /// The columns of the head, except for its constant key and the check value of the store's key.
    "head" HeadColumn {
        CreatedAt = "created_at",
        Accounts = "accounts",
        Credentials = "credentials",
        Apps = "apps",
        Districts = "districts",
        Messages = "messages",
        AuditSeq = "audit_seq",
        AuditAt = "audit_at",
        AuditLink = "audit_link",
        EscrowedAt = "escrowed_at",
        Sums = "sums",
        Mac = "mac",
    }
}

type C = HeadColumn;

impl TableRow for Head {
    type Column = C;
    const KEY: &'static [C] = &[];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.instant(C::CreatedAt, self.created_at);
        values.int(C::Accounts, self.accounts);
        values.int(C::Credentials, self.credentials.0);
        values.int(C::Apps, self.apps);
        values.int(C::Districts, self.districts);
        values.int(C::Messages, self.messages.0);
        values.int(C::AuditSeq, self.audit_seq.0);
        values.instant(C::AuditAt, self.audit_at);
        values.blob(C::AuditLink, &self.audit_link);
        values.optional_instant(C::EscrowedAt, self.escrowed_at);
        if let Some(sums) = &self.sums {
            values.blob(C::Sums, sums.to_bytes().to_vec());
        }
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        Ok(Self {
            created_at: row.instant(C::CreatedAt)?,
            accounts: row.int(C::Accounts)?,
            credentials: CredentialSeq(row.int(C::Credentials)?),
            apps: row.int(C::Apps)?,
            districts: row.int(C::Districts)?,
            messages: MessageSeq(row.int(C::Messages)?),
            audit_seq: AuditSeq(row.int(C::AuditSeq)?),
            audit_at: row.instant(C::AuditAt)?,
            audit_link: row.bytes(C::AuditLink)?,
            escrowed_at: row.optional_instant(C::EscrowedAt)?,
            sums: row.optional_bytes(C::Sums)?.as_ref().map(MaskedSums::from_bytes),
        })
    }
}

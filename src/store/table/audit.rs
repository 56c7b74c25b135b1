//! The table of audit records.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::{
    domain::{
        actor::{Actor, Principal, Process},
        audit::{Action, AuditRecord},
        seq::AuditSeq,
    },
    store::port::record::AuditEntry,
};

columns! {
    /// The columns of an audit record.
    "audit" AuditColumn {
        Seq = "seq",
        At = "at",
        Uid = "uid",
        LoginUid = "login_uid",
        User = "user",
        SudoUser = "sudo_user",
        Host = "host",
        Version = "version",
        Action = "action",
        Subject = "subject",
        Name = "name",
        Before = "before",
        After = "after",
        ActorKind = "actor_kind",
        ActorName = "actor",
        ActorAddress = "actor_address",
        Link = "link",
        Mac = "mac",
    }
}

type C = AuditColumn;

impl TableRow for AuditEntry {
    type Column = C;
    const KEY: &'static [C] = &[C::Seq];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        let Self { record, link } = self;
        let Actor { process, principal } = &record.actor;
        values.int(C::Seq, record.seq.0);
        values.instant(C::At, record.at);
        values.int(C::Uid, process.uid);
        values.optional_int(C::LoginUid, process.login_uid);
        values.text(C::User, &process.user);
        values.optional_text(C::SudoUser, process.sudo_user.as_deref());
        values.text(C::Host, &process.host);
        values.text(C::Version, &record.version);
        values.text(C::Action, record.action.as_str());
        values.text(C::Subject, &record.subject);
        values.optional_text(C::Name, record.name.as_deref());
        values.optional_text(C::Before, record.before.as_deref());
        values.optional_text(C::After, record.after.as_deref());
        if let Some((kind, name, address)) = principal.fields() {
            values.text(C::ActorKind, kind);
            values.text(C::ActorName, name);
            values.optional_text(C::ActorAddress, address);
        }
        values.blob(C::Link, link);
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        let record = AuditRecord {
            seq: AuditSeq(row.int(C::Seq)?),
            at: row.instant(C::At)?,
            actor: Actor { process: process(row)?, principal: principal(row)? },
            version: row.string(C::Version)?,
            action: row.parsed(C::Action, Action::parse)?,
            subject: row.string(C::Subject)?,
            name: row.optional_string(C::Name)?,
            before: row.optional_string(C::Before)?,
            after: row.optional_string(C::After)?,
        };
        Ok(Self { record, link: row.bytes(C::Link)? })
    }
}

fn process<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Process, InvalidValue> {
    Ok(Process {
        uid: row.int(C::Uid)?,
        login_uid: row.optional_int(C::LoginUid)?,
        user: row.string(C::User)?,
        sudo_user: row.optional_string(C::SudoUser)?,
        host: row.string(C::Host)?,
    })
}

fn principal<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Principal, InvalidValue> {
    let kind = row.optional_text(C::ActorKind)?;
    let name = row.optional_string(C::ActorName)?;
    let address = row.optional_string(C::ActorAddress)?;
    row.valid(C::ActorKind, Principal::from_stored(kind.as_deref(), name, address))
}

//! Rows: how records lie in the tables. What can't be read as a record was altered.

use rusqlite::{Row, types::FromSqlError};

use crate::{
    domain::{
        account::{Account, AccountId, AccountKey, Region},
        actor::Actor,
        audit::{Action, Record},
        credential::{
            Credential, Deletion, Kind, Owner, Retiring, Revocation, RevocationReason, Secrets,
        },
        id::CredentialId,
        instant::Instant,
        last_use::LastUse,
        lifetime::{Expiry, Lifetime},
        name::{Email, Name, Note},
        secret::Digest,
    },
    store::backend::HeadRow,
    store::record::{AuditEntry, Head, Holding, Sealed, SecretEntry, Tally},
};

type Read<T> = Result<T, rusqlite::Error>;

/// The columns of a credential, in the order in which they are read and written.
pub(super) const CREDENTIAL: &str = "seq, id, account, kind, owner, slot, note, previous, created_at, created_by, \
    lifetime, expires_at, generation, digest, made_at, delivered_at, retiring, retiring_until, retiring_until_used, \
    introspect, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, audit_seq, mac";

pub(super) fn credential(row: &Row<'_>) -> Read<Sealed<Credential>> {
    let text = |column| row.get::<_, String>(column);
    let expiry = Expiry::from_option(optional_instant(row, 11)?);
    let retiring = match optional_digest(row, 16)? {
        Some(digest) => {
            Some(Retiring { digest, until: instant(row, 17)?, until_used: row.get(18)? })
        }
        None => None,
    };
    let owner = match kind(row, 3)? {
        Kind::Account => Owner::Partner(Name::trusted(text(4)?)),
        Kind::User => Owner::User(Email::trusted(text(4)?)),
    };
    let revoked = match optional_instant(row, 20)? {
        Some(at) => Some(Revocation { at, by: text(21)?, reason: revocation_reason(row, 22)? }),
        None => None,
    };
    let deleted = match optional_instant(row, 23)? {
        Some(at) => Some(Deletion { at, by: text(24)? }),
        None => None,
    };
    let record = Credential {
        seq: row.get(0)?,
        id: CredentialId(blob(row, 1)?),
        account: AccountKey(row.get(2)?),
        owner,
        slot: row.get(5)?,
        note: row.get::<_, Option<String>>(6)?.map(Note::trusted),
        previous: row.get(7)?,
        created_at: instant(row, 8)?,
        created_by: text(9)?,
        lifetime: lifetime(row, 10, expiry)?,
        expiry,
        secrets: Secrets {
            generation: row.get(12)?,
            current: optional_digest(row, 13)?,
            made_at: instant(row, 14)?,
            delivered_at: optional_instant(row, 15)?,
            retiring,
        },
        introspect: row.get(19)?,
        revoked,
        deleted,
        audit_seq: row.get(25)?,
    };
    Ok(Sealed { record, mac: blob(row, 26)? })
}

/// How a lifetime lies in its column. The end of an explicit one is the expiry.
pub(super) fn lifetime_text(lifetime: Lifetime) -> String {
    match lifetime {
        Lifetime::Days(days) => format!("{days}d"),
        Lifetime::Until(_) => "until".to_owned(),
        Lifetime::Infinite => "infinite".to_owned(),
        Lifetime::Forever => "forever".to_owned(),
    }
}

fn lifetime(row: &Row<'_>, column: usize, expiry: Expiry) -> Read<Lifetime> {
    let text = row.get_ref(column)?.as_str()?;
    let read = match (text, expiry) {
        ("until", Expiry::At(end)) => Some(Lifetime::Until(end)),
        ("infinite", _) => Some(Lifetime::Infinite),
        ("forever", _) => Some(Lifetime::Forever),
        _ => text.strip_suffix('d').and_then(|days| Lifetime::parse_days(days).ok()),
    };
    known(read, column)
}

pub(super) fn head(row: &Row<'_>) -> Read<HeadRow> {
    let record = Head {
        created_at: instant(row, 1)?,
        accounts: row.get(2)?,
        credentials: row.get(3)?,
        audit_seq: row.get(4)?,
        audit_at: instant(row, 5)?,
        audit_link: blob(row, 6)?,
        escrowed_at: optional_instant(row, 7)?,
    };
    Ok((row.get(0)?, Sealed { record, mac: blob(row, 8)? }))
}

pub(super) fn account(row: &Row<'_>) -> Read<Sealed<Account>> {
    let record = Account {
        key: AccountKey(row.get(0)?),
        id: known(AccountId::parse(row.get_ref(1)?.as_str()?).ok(), 1)?,
        name: Name::trusted(row.get(2)?),
        region: known(Region::parse(row.get_ref(3)?.as_str()?), 3)?,
        require_user_passcode: row.get(4)?,
        created_at: instant(row, 5)?,
        audit_seq: row.get(6)?,
    };
    Ok(Sealed { record, mac: blob(row, 7)? })
}

pub(super) fn secret(row: &Row<'_>) -> Read<Sealed<SecretEntry>> {
    let record = SecretEntry { digest: Digest(blob(row, 0)?), credential: row.get(1)? };
    Ok(Sealed { record, mac: blob(row, 2)? })
}

pub(super) fn last_use(row: &Row<'_>) -> Read<Sealed<LastUse>> {
    let record = LastUse {
        credential: row.get(0)?,
        at: instant(row, 1)?,
        peer: row.get(2)?,
        count: known(u64::try_from(row.get::<_, i64>(3)?).ok(), 3)?,
    };
    Ok(Sealed { record, mac: blob(row, 4)? })
}

pub(super) fn holding(row: &Row<'_>) -> Read<Sealed<Holding>> {
    let record = Holding {
        account: AccountKey(row.get(0)?),
        kind: kind(row, 1)?,
        key: row.get(2)?,
        credential: row.get(3)?,
    };
    Ok(Sealed { record, mac: blob(row, 4)? })
}

pub(super) fn tally(row: &Row<'_>) -> Read<Sealed<Tally>> {
    let record =
        Tally { account: AccountKey(row.get(0)?), bucket: row.get(1)?, count: row.get(2)? };
    Ok(Sealed { record, mac: blob(row, 3)? })
}

pub(super) fn audit(row: &Row<'_>) -> Read<Sealed<AuditEntry>> {
    let record = Record {
        seq: row.get(0)?,
        at: instant(row, 1)?,
        actor: Actor {
            uid: row.get(2)?,
            login_uid: row.get(3)?,
            user: row.get(4)?,
            sudo_user: row.get(5)?,
            host: row.get(6)?,
        },
        version: row.get(7)?,
        action: known(Action::parse(row.get_ref(8)?.as_str()?), 8)?,
        subject: row.get(9)?,
        name: row.get(10)?,
        before: row.get(11)?,
        after: row.get(12)?,
    };
    Ok(Sealed { record: AuditEntry { record, link: blob(row, 13)? }, mac: blob(row, 14)? })
}

fn instant(row: &Row<'_>, column: usize) -> Read<Instant> {
    written(row.get(column)?, column)
}

fn optional_instant(row: &Row<'_>, column: usize) -> Read<Option<Instant>> {
    row.get::<_, Option<i64>>(column)?.map(|seconds| written(seconds, column)).transpose()
}

fn written(seconds: i64, column: usize) -> Read<Instant> {
    // An instant outside what can be written was not written by us: clamping it would hide that.
    known(Some(Instant::from_unix(seconds)).filter(|instant| instant.unix() == seconds), column)
}

fn kind(row: &Row<'_>, column: usize) -> Read<Kind> {
    known(Kind::parse(row.get_ref(column)?.as_str()?), column)
}

fn revocation_reason(row: &Row<'_>, column: usize) -> Read<Option<RevocationReason>> {
    match row.get_ref(column)?.as_str_or_null()? {
        Some(text) => known(RevocationReason::parse(text), column).map(Some),
        None => Ok(None),
    }
}

fn blob<const N: usize>(row: &Row<'_>, column: usize) -> Read<[u8; N]> {
    known(row.get_ref(column)?.as_blob()?.try_into().ok(), column)
}

fn optional_digest(row: &Row<'_>, column: usize) -> Read<Option<Digest>> {
    match row.get_ref(column)?.as_blob_or_null()? {
        Some(bytes) => known(bytes.try_into().ok().map(Digest), column).map(Some),
        None => Ok(None),
    }
}

fn known<T>(value: Option<T>, column: usize) -> Read<T> {
    value.ok_or_else(|| {
        let why = FromSqlError::InvalidType;
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Null,
            Box::new(why),
        )
    })
}

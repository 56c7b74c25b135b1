//! Rows: how records lie in the tables. What can't be read as a record was altered.

use rusqlite::{Row, types::FromSqlError};

use crate::{
    domain::{
        account::{Account, AccountId, AccountKey, Region},
        actor::Actor,
        app::{App, Webhook},
        audit::{Action, Record},
        credential::{Credential, Deletion, Kind, Retiring, Revocation, RevocationReason, Secrets},
        district::{District, ExternalId},
        id::{ClientId, CredentialId, ObjectId},
        instant::Instant,
        last_use::{DailyUse, LastUse},
        legacy::LegacyPolicy,
        lifetime::{Expiry, Lifetime},
        limit::Limit,
        name::{Email, Name, Note},
        owner::{Owner, Pair},
        scope::Scopes,
        secret::Digest,
        webhook::WebhookUrl,
    },
    store::backend::HeadRow,
    store::record::{AuditEntry, Head, Holding, Register, Sealed, SecretEntry, Tally},
};

type Read<T> = Result<T, rusqlite::Error>;

/// The columns of a credential, in the order in which they are read and written.
pub(super) const CREDENTIAL: &str = "seq, id, account, kind, owner, slot, note, previous, created_at, created_by, \
    lifetime, expires_at, generation, digest, made_at, delivered_at, retiring, retiring_until, retiring_until_used, \
    introspect, scopes, rate_limit, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, audit_seq, mac";

pub(super) fn credential(row: &Row<'_>) -> Read<Sealed<Credential>> {
    let text = |column| row.get::<_, String>(column);
    let expiry = Expiry::from_option(optional_instant(row, 11)?);
    let kind = kind(row, 3)?;
    let owner = match kind {
        Kind::Account => Owner::Partner(Name::trusted(text(4)?)),
        Kind::User => Owner::User(Email::trusted(text(4)?)),
        Kind::Token => Owner::Pair(known(Pair::parse(row.get_ref(4)?.as_str()?), 4)?),
        Kind::Legacy => Owner::App(object_id(row, 4)?),
    };
    let revoked = match optional_instant(row, 22)? {
        Some(at) => Some(Revocation { at, by: text(23)?, reason: revocation_reason(row, 24)? }),
        None => None,
    };
    let record = Credential {
        seq: row.get(0)?,
        id: CredentialId { class: kind.class(), bytes: blob(row, 1)? },
        account: AccountKey(row.get(2)?),
        owner,
        slot: row.get(5)?,
        note: row.get::<_, Option<String>>(6)?.map(Note::trusted),
        previous: row.get(7)?,
        created_at: instant(row, 8)?,
        created_by: text(9)?,
        lifetime: lifetime(row, 10, expiry)?,
        expiry,
        secrets: secrets(row, 12)?,
        introspect: row.get(19)?,
        scopes: Scopes::trusted(text(20)?),
        limit: row.get::<_, Option<u32>>(21)?.map(|number| limit(number, 21)).transpose()?,
        revoked,
        deleted: deletion(row, 25)?,
        audit_seq: row.get(27)?,
    };
    Ok(Sealed { record, mac: blob(row, 28)? })
}

/// What is known of secrets, in seven columns from `first` on.
fn secrets(row: &Row<'_>, first: usize) -> Read<Secrets> {
    let retiring = match optional_digest(row, first + 4)? {
        Some(digest) => Some(Retiring {
            digest,
            until: instant(row, first + 5)?,
            until_used: row.get(first + 6)?,
        }),
        None => None,
    };
    Ok(Secrets {
        generation: row.get(first)?,
        current: optional_digest(row, first + 1)?,
        made_at: instant(row, first + 2)?,
        delivered_at: optional_instant(row, first + 3)?,
        retiring,
    })
}

/// When and by whom something was ended, in two columns.
fn deletion(row: &Row<'_>, first: usize) -> Read<Option<Deletion>> {
    match optional_instant(row, first)? {
        Some(at) => Ok(Some(Deletion { at, by: row.get(first + 1)? })),
        None => Ok(None),
    }
}

/// The columns of an app, in the order in which they are read and written.
pub(super) const APP: &str = "seq, id, client_id, account, name, name_key, generation, digest, made_at, \
    delivered_at, retiring, retiring_until, retiring_until_used, rate_limit, webhook_url, webhook_generation, \
    created_at, created_by, removed_at, removed_by, audit_seq, mac";

pub(super) fn app(row: &Row<'_>) -> Read<Sealed<App>> {
    let name = Name::trusted(row.get(4)?);
    let webhook = match row.get::<_, Option<String>>(14)? {
        Some(url) => Some(Webhook { url: WebhookUrl::trusted(url), generation: row.get(15)? }),
        None => None,
    };
    // The folded name stands beside the name for the sake of an index: no seal covers it.
    known(Some(()).filter(|()| row.get::<_, String>(5).is_ok_and(|key| key == name.key())), 5)?;
    let record = App {
        seq: row.get(0)?,
        id: object_id(row, 1)?,
        client_id: known(ClientId::parse(row.get_ref(2)?.as_str()?), 2)?,
        account: AccountKey(row.get(3)?),
        name,
        secrets: secrets(row, 6)?,
        limit: limit(row.get(13)?, 13)?,
        webhook,
        created_at: instant(row, 16)?,
        created_by: row.get(17)?,
        removed: deletion(row, 18)?,
        audit_seq: row.get(20)?,
    };
    Ok(Sealed { record, mac: blob(row, 21)? })
}

/// The columns of a district, in the order in which they are read and written.
pub(super) const DISTRICT: &str = "seq, id, account, name, external_id, created_at, created_by, removed_at, removed_by, audit_seq, mac";

pub(super) fn district(row: &Row<'_>) -> Read<Sealed<District>> {
    let record = District {
        seq: row.get(0)?,
        id: object_id(row, 1)?,
        account: AccountKey(row.get(2)?),
        name: Name::trusted(row.get(3)?),
        external_id: row.get::<_, Option<String>>(4)?.map(ExternalId::trusted),
        created_at: instant(row, 5)?,
        created_by: row.get(6)?,
        removed: deletion(row, 7)?,
        audit_seq: row.get(9)?,
    };
    Ok(Sealed { record, mac: blob(row, 10)? })
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
        apps: row.get(4)?,
        districts: row.get(5)?,
        messages: row.get(6)?,
        audit_seq: row.get(7)?,
        audit_at: instant(row, 8)?,
        audit_link: blob(row, 9)?,
        escrowed_at: optional_instant(row, 10)?,
    };
    Ok((row.get(0)?, Sealed { record, mac: blob(row, 11)? }))
}

/// The columns of an account, in the order in which they are read and written.
pub(super) const ACCOUNT: &str = "key, id, name, region, require_user_passcode, legacy_announced_at, \
    legacy_limited_at, legacy_limit, legacy_sunset_at, legacy_link, created_at, audit_seq, mac";

pub(super) fn account(row: &Row<'_>) -> Read<Sealed<Account>> {
    let record = Account {
        key: AccountKey(row.get(0)?),
        id: known(AccountId::parse(row.get_ref(1)?.as_str()?).ok(), 1)?,
        name: Name::trusted(row.get(2)?),
        region: known(Region::parse(row.get_ref(3)?.as_str()?), 3)?,
        require_user_passcode: row.get(4)?,
        legacy: legacy_policy(row, 5)?,
        created_at: instant(row, 10)?,
        audit_seq: row.get(11)?,
    };
    Ok(Sealed { record, mac: blob(row, 12)? })
}

/// The policy for legacy keys, in five columns.
fn legacy_policy(row: &Row<'_>, first: usize) -> Read<Option<LegacyPolicy>> {
    let Some(announced_at) = optional_instant(row, first)? else { return Ok(None) };
    Ok(Some(LegacyPolicy {
        announced_at,
        limited_at: instant(row, first + 1)?,
        limit: limit(row.get(first + 2)?, first + 2)?,
        sunset_at: instant(row, first + 3)?,
        link: row.get(first + 4)?,
    }))
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

pub(super) fn daily_use(row: &Row<'_>) -> Read<Sealed<DailyUse>> {
    let record = DailyUse {
        credential: row.get(0)?,
        day: row.get(1)?,
        count: known(u64::try_from(row.get::<_, i64>(2)?).ok(), 2)?,
    };
    Ok(Sealed { record, mac: blob(row, 3)? })
}

pub(super) fn holding(row: &Row<'_>) -> Read<Sealed<Holding>> {
    let record = Holding {
        account: AccountKey(row.get(0)?),
        register: known(Register::parse(row.get_ref(1)?.as_str()?), 1)?,
        key: row.get(2)?,
        holder: row.get(3)?,
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

pub(super) fn instant(row: &Row<'_>, column: usize) -> Read<Instant> {
    written(row.get(column)?, column)
}

pub(super) fn optional_instant(row: &Row<'_>, column: usize) -> Read<Option<Instant>> {
    row.get::<_, Option<i64>>(column)?.map(|seconds| written(seconds, column)).transpose()
}

fn written(seconds: i64, column: usize) -> Read<Instant> {
    // An instant outside what can be written was not written by us: clamping it would hide that.
    known(Some(Instant::from_unix(seconds)).filter(|instant| instant.unix() == seconds), column)
}

fn kind(row: &Row<'_>, column: usize) -> Read<Kind> {
    known(Kind::parse(row.get_ref(column)?.as_str()?), column)
}

fn object_id(row: &Row<'_>, column: usize) -> Read<ObjectId> {
    known(ObjectId::parse(row.get_ref(column)?.as_str()?), column)
}

fn limit(number: u32, column: usize) -> Read<Limit> {
    known(Limit::new(number), column)
}

fn revocation_reason(row: &Row<'_>, column: usize) -> Read<Option<RevocationReason>> {
    match row.get_ref(column)?.as_str_or_null()? {
        Some(text) => known(RevocationReason::parse(text), column).map(Some),
        None => Ok(None),
    }
}

pub(super) fn blob<const N: usize>(row: &Row<'_>, column: usize) -> Read<[u8; N]> {
    known(row.get_ref(column)?.as_blob()?.try_into().ok(), column)
}

fn optional_digest(row: &Row<'_>, column: usize) -> Read<Option<Digest>> {
    match row.get_ref(column)?.as_blob_or_null()? {
        Some(bytes) => known(bytes.try_into().ok().map(Digest), column).map(Some),
        None => Ok(None),
    }
}

pub(super) fn known<T>(value: Option<T>, column: usize) -> Read<T> {
    value.ok_or_else(|| {
        let why = FromSqlError::InvalidType;
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Null,
            Box::new(why),
        )
    })
}

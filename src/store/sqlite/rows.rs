//! Reading records from rows. A row that can't be read as a record was tampered with.

use rusqlite::{Row, types::FromSqlError};

use crate::{
    domain::{
        actor::{Actor, Principal, Process},
        audit::{Action, AuditRecord},
        credential::{
            Credential, CredentialKind, Deletion, Retiring, Revocation, RevocationReason, Secrets,
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::Scopes,
            secret::Digest,
            subject::{AppDistrict, Subject},
        },
        directory::{
            account::{Account, AccountId, AccountKey, Region},
            app::{App, Webhook},
            district::{District, ExternalId},
            id::{ClientId, CredentialId, ObjectId},
            name::{Email, Name, Note},
        },
        instant::{Day, Instant},
        legacy::LegacyPolicy,
        notice::WebhookUrl,
        seq::{AppSeq, AuditSeq, CredentialSeq, DistrictSeq, MessageSeq},
        usage::{DailyUse, LastUse},
    },
    store::port::{
        backend::HeadRow,
        record::{AuditEntry, Counter, Head, Namespace, SecretEntry, UniqueName, WithMac},
    },
};

type RowResult<T> = Result<T, rusqlite::Error>;

/// The columns of a credential, in the order in which they are read and written.
pub(super) const CREDENTIAL_COLUMNS: &str = "seq, id, account, kind, owner, slot, note, previous, created_at, created_by, \
    lifetime, expires_at, generation, digest, made_at, delivered_at, retiring, retiring_until, retiring_until_used, \
    introspect, scopes, rate_limit, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, audit_seq, mac";

pub(super) fn credential(row: &Row<'_>) -> RowResult<WithMac<Credential>> {
    let text = |column| row.get::<_, String>(column);
    let expiry = Expiry::from_option(optional_instant(row, 11)?);
    let kind = kind(row, 3)?;
    let subject = match kind {
        CredentialKind::Account => Subject::Partner(Name::from_stored(text(4)?)),
        CredentialKind::User => Subject::User(Email::from_stored(text(4)?)),
        CredentialKind::Token => {
            Subject::AppDistrict(or_invalid(AppDistrict::parse(row.get_ref(4)?.as_str()?), 4)?)
        }
        CredentialKind::Legacy => Subject::App(object_id(row, 4)?),
    };
    let revoked = match optional_instant(row, 22)? {
        Some(at) => Some(Revocation { at, by: text(23)?, reason: revocation_reason(row, 24)? }),
        None => None,
    };
    let record = Credential {
        seq: CredentialSeq(row.get(0)?),
        id: CredentialId { prefix: kind.id_prefix(), bytes: blob(row, 1)? },
        account: AccountKey(row.get(2)?),
        subject,
        slot: row.get(5)?,
        note: row.get::<_, Option<String>>(6)?.map(Note::from_stored),
        previous: row.get::<_, Option<i64>>(7)?.map(CredentialSeq),
        created_at: instant(row, 8)?,
        created_by: text(9)?,
        lifetime: lifetime(row, 10, expiry)?,
        expiry,
        secrets: secrets(row, 12)?,
        introspect: row.get(19)?,
        scopes: Scopes::from_stored(text(20)?),
        limit: row.get::<_, Option<u32>>(21)?.map(|number| limit(number, 21)).transpose()?,
        revoked,
        deleted: deletion(row, 25)?,
        audit_seq: AuditSeq(row.get(27)?),
    };
    Ok(WithMac { record, mac: blob(row, 28)? })
}

/// Reads the secrets of a credential or an app from seven columns, beginning with `first`.
fn secrets(row: &Row<'_>, first: usize) -> RowResult<Secrets> {
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
        created_at: instant(row, first + 2)?,
        delivered_at: optional_instant(row, first + 3)?,
        retiring,
    })
}

/// Reads when and by whom something was removed from two columns, beginning with `first`.
fn deletion(row: &Row<'_>, first: usize) -> RowResult<Option<Deletion>> {
    match optional_instant(row, first)? {
        Some(at) => Ok(Some(Deletion { at, by: row.get(first + 1)? })),
        None => Ok(None),
    }
}

/// The columns of an app, in the order in which they are read and written.
pub(super) const APP_COLUMNS: &str = "seq, id, client_id, account, name, name_key, generation, digest, made_at, \
    delivered_at, retiring, retiring_until, retiring_until_used, rate_limit, webhook_url, webhook_generation, \
    created_at, created_by, removed_at, removed_by, audit_seq, mac";

pub(super) fn app(row: &Row<'_>) -> RowResult<WithMac<App>> {
    let name = Name::from_stored(row.get(4)?);
    let webhook = match row.get::<_, Option<String>>(14)? {
        Some(url) => Some(Webhook { url: WebhookUrl::from_stored(url), generation: row.get(15)? }),
        None => None,
    };
    // An index needs the folded name, but no MAC covers it.
    or_invalid(
        Some(()).filter(|()| row.get::<_, String>(5).is_ok_and(|key| key == name.folded())),
        5,
    )?;
    let record = App {
        seq: AppSeq(row.get(0)?),
        id: object_id(row, 1)?,
        client_id: or_invalid(ClientId::parse(row.get_ref(2)?.as_str()?), 2)?,
        account: AccountKey(row.get(3)?),
        name,
        secrets: secrets(row, 6)?,
        limit: limit(row.get(13)?, 13)?,
        webhook,
        created_at: instant(row, 16)?,
        created_by: row.get(17)?,
        removed: deletion(row, 18)?,
        audit_seq: AuditSeq(row.get(20)?),
    };
    Ok(WithMac { record, mac: blob(row, 21)? })
}

/// The columns of a district, in the order in which they are read and written.
pub(super) const DISTRICT_COLUMNS: &str = "seq, id, account, name, external_id, created_at, created_by, removed_at, removed_by, audit_seq, mac";

pub(super) fn district(row: &Row<'_>) -> RowResult<WithMac<District>> {
    let record = District {
        seq: DistrictSeq(row.get(0)?),
        id: object_id(row, 1)?,
        account: AccountKey(row.get(2)?),
        name: Name::from_stored(row.get(3)?),
        external_id: row.get::<_, Option<String>>(4)?.map(ExternalId::from_stored),
        created_at: instant(row, 5)?,
        created_by: row.get(6)?,
        removed: deletion(row, 7)?,
        audit_seq: AuditSeq(row.get(9)?),
    };
    Ok(WithMac { record, mac: blob(row, 10)? })
}

/// Returns the text that is stored for a lifetime. The time of `Until` is stored as the expiry.
pub(super) fn lifetime_text(lifetime: Lifetime) -> String {
    match lifetime {
        Lifetime::Days(days) => format!("{days}d"),
        Lifetime::Until(_) => "until".to_owned(),
        Lifetime::Infinite => "infinite".to_owned(),
        Lifetime::Forever => "forever".to_owned(),
    }
}

fn lifetime(row: &Row<'_>, column: usize, expiry: Expiry) -> RowResult<Lifetime> {
    let text = row.get_ref(column)?.as_str()?;
    let read = match (text, expiry) {
        ("until", Expiry::At(end)) => Some(Lifetime::Until(end)),
        ("infinite", _) => Some(Lifetime::Infinite),
        ("forever", _) => Some(Lifetime::Forever),
        _ => text.strip_suffix('d').and_then(|days| Lifetime::parse_days(days).ok()),
    };
    or_invalid(read, column)
}

/// The columns of the head except for its ID, in the order in which they are read and inserted.
pub(super) const HEAD_COLUMNS: &str = "key_check, created_at, accounts, credentials, apps, districts, messages, \
    audit_seq, audit_at, audit_link, escrowed_at, mac";

pub(super) fn head(row: &Row<'_>) -> RowResult<HeadRow> {
    let record = Head {
        created_at: instant(row, 1)?,
        accounts: row.get(2)?,
        credentials: CredentialSeq(row.get(3)?),
        apps: row.get(4)?,
        districts: row.get(5)?,
        messages: MessageSeq(row.get(6)?),
        audit_seq: AuditSeq(row.get(7)?),
        audit_at: instant(row, 8)?,
        audit_link: blob(row, 9)?,
        escrowed_at: optional_instant(row, 10)?,
    };
    Ok((row.get(0)?, WithMac { record, mac: blob(row, 11)? }))
}

/// The columns of an account, in the order in which they are read and written.
pub(super) const ACCOUNT_COLUMNS: &str = "key, id, name, region, require_user_passcode, legacy_announced_at, \
    legacy_limited_at, legacy_limit, legacy_sunset_at, legacy_link, created_at, audit_seq, mac";

pub(super) fn account(row: &Row<'_>) -> RowResult<WithMac<Account>> {
    let record = Account {
        key: AccountKey(row.get(0)?),
        id: or_invalid(AccountId::parse(row.get_ref(1)?.as_str()?).ok(), 1)?,
        name: Name::from_stored(row.get(2)?),
        region: or_invalid(Region::parse(row.get_ref(3)?.as_str()?), 3)?,
        require_user_passcode: row.get(4)?,
        legacy: legacy_policy(row, 5)?,
        created_at: instant(row, 10)?,
        audit_seq: AuditSeq(row.get(11)?),
    };
    Ok(WithMac { record, mac: blob(row, 12)? })
}

/// Reads the policy for legacy keys from five columns, beginning with `first`.
fn legacy_policy(row: &Row<'_>, first: usize) -> RowResult<Option<LegacyPolicy>> {
    let Some(announced_at) = optional_instant(row, first)? else { return Ok(None) };
    Ok(Some(LegacyPolicy {
        announced_at,
        limited_at: instant(row, first + 1)?,
        limit: limit(row.get(first + 2)?, first + 2)?,
        sunset_at: instant(row, first + 3)?,
        link: row.get(first + 4)?,
    }))
}

/// The columns of a digest, in the order in which they are read and written.
pub(super) const SECRET_COLUMNS: &str = "digest, credential, mac";

pub(super) fn secret(row: &Row<'_>) -> RowResult<WithMac<SecretEntry>> {
    let record =
        SecretEntry { digest: Digest(blob(row, 0)?), credential: CredentialSeq(row.get(1)?) };
    Ok(WithMac { record, mac: blob(row, 2)? })
}

/// The columns of a last use, in the order in which they are read and written.
pub(super) const LAST_USE_COLUMNS: &str = "credential, at, peer, count, mac";

pub(super) fn last_use(row: &Row<'_>) -> RowResult<WithMac<LastUse>> {
    let record = LastUse {
        credential: CredentialSeq(row.get(0)?),
        at: instant(row, 1)?,
        peer: row.get(2)?,
        count: or_invalid(u64::try_from(row.get::<_, i64>(3)?).ok(), 3)?,
    };
    Ok(WithMac { record, mac: blob(row, 4)? })
}

/// The columns of the uses on a day, in the order in which they are read and written.
pub(super) const DAILY_USE_COLUMNS: &str = "credential, day, count, mac";

pub(super) fn daily_use(row: &Row<'_>) -> RowResult<WithMac<DailyUse>> {
    let record = DailyUse {
        credential: CredentialSeq(row.get(0)?),
        day: Day(row.get(1)?),
        count: or_invalid(u64::try_from(row.get::<_, i64>(2)?).ok(), 2)?,
    };
    Ok(WithMac { record, mac: blob(row, 3)? })
}

/// The columns of a unique name, in the order in which they are read and written.
pub(super) const UNIQUE_NAME_COLUMNS: &str = "account, register, owner_key, holder, mac";

pub(super) fn unique_name(row: &Row<'_>) -> RowResult<WithMac<UniqueName>> {
    let record = UniqueName {
        account: AccountKey(row.get(0)?),
        namespace: or_invalid(Namespace::parse(row.get_ref(1)?.as_str()?), 1)?,
        key: row.get(2)?,
        holder: row.get(3)?,
    };
    Ok(WithMac { record, mac: blob(row, 4)? })
}

/// The columns of a counter, in the order in which they are read and written.
pub(super) const COUNTER_COLUMNS: &str = "account, bucket, count, mac";

pub(super) fn counter(row: &Row<'_>) -> RowResult<WithMac<Counter>> {
    let record = Counter { account: AccountKey(row.get(0)?), key: row.get(1)?, count: row.get(2)? };
    Ok(WithMac { record, mac: blob(row, 3)? })
}

/// The columns of an audit record, in the order in which they are read and written.
pub(super) const AUDIT_COLUMNS: &str = "seq, at, uid, login_uid, user, sudo_user, host, version, action, subject, \
    name, before, after, actor_kind, actor, actor_address, link, mac";

pub(super) fn audit(row: &Row<'_>) -> RowResult<WithMac<AuditEntry>> {
    let record = AuditRecord {
        seq: AuditSeq(row.get(0)?),
        at: instant(row, 1)?,
        actor: Actor { process: process(row)?, principal: principal(row)? },
        version: row.get(7)?,
        action: or_invalid(Action::parse(row.get_ref(8)?.as_str()?), 8)?,
        subject: row.get(9)?,
        name: row.get(10)?,
        before: row.get(11)?,
        after: row.get(12)?,
    };
    Ok(WithMac { record: AuditEntry { record, link: blob(row, 16)? }, mac: blob(row, 17)? })
}

fn process(row: &Row<'_>) -> RowResult<Process> {
    Ok(Process {
        uid: row.get(2)?,
        login_uid: row.get(3)?,
        user: row.get(4)?,
        sudo_user: row.get(5)?,
        host: row.get(6)?,
    })
}

fn principal(row: &Row<'_>) -> RowResult<Principal> {
    let kind = row.get_ref(13)?.as_str_or_null()?;
    or_invalid(Principal::from_stored(kind, row.get(14)?, row.get(15)?), 13)
}

pub(super) fn instant(row: &Row<'_>, column: usize) -> RowResult<Instant> {
    checked_instant(row.get(column)?, column)
}

pub(super) fn optional_instant(row: &Row<'_>, column: usize) -> RowResult<Option<Instant>> {
    row.get::<_, Option<i64>>(column)?.map(|seconds| checked_instant(seconds, column)).transpose()
}

fn checked_instant(seconds: i64, column: usize) -> RowResult<Instant> {
    // An instant out of range was not written by gatepass. Clamping it would hide that.
    or_invalid(
        Some(Instant::from_unix(seconds)).filter(|instant| instant.unix() == seconds),
        column,
    )
}

fn kind(row: &Row<'_>, column: usize) -> RowResult<CredentialKind> {
    or_invalid(CredentialKind::parse(row.get_ref(column)?.as_str()?), column)
}

fn object_id(row: &Row<'_>, column: usize) -> RowResult<ObjectId> {
    or_invalid(ObjectId::parse(row.get_ref(column)?.as_str()?), column)
}

fn limit(number: u32, column: usize) -> RowResult<RateLimit> {
    or_invalid(RateLimit::new(number), column)
}

fn revocation_reason(row: &Row<'_>, column: usize) -> RowResult<Option<RevocationReason>> {
    match row.get_ref(column)?.as_str_or_null()? {
        Some(text) => or_invalid(RevocationReason::parse(text), column).map(Some),
        None => Ok(None),
    }
}

pub(super) fn blob<const N: usize>(row: &Row<'_>, column: usize) -> RowResult<[u8; N]> {
    or_invalid(row.get_ref(column)?.as_blob()?.try_into().ok(), column)
}

fn optional_digest(row: &Row<'_>, column: usize) -> RowResult<Option<Digest>> {
    match row.get_ref(column)?.as_blob_or_null()? {
        Some(bytes) => or_invalid(bytes.try_into().ok().map(Digest), column).map(Some),
        None => Ok(None),
    }
}

/// Returns a value that was read from a column; an error if it could not be.
pub(super) fn or_invalid<T>(value: Option<T>, column: usize) -> RowResult<T> {
    value.ok_or_else(|| {
        let cause = Box::new(FromSqlError::InvalidType);
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Null, cause)
    })
}

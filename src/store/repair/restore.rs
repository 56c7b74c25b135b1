//! How a damaged record is repaired, with what its newest audit record says.

use serde_json::Value;

use crate::domain::{
    audit::{AuditRecord, account_fields, district_fields},
    credential::{
        Credential, Deletion, Revocation, RevocationReason, Secrets, rate_limit::RateLimit,
    },
    directory::{
        account::{Account, AccountId, Region},
        app::App,
        district::{District, ExternalId},
        name::Name,
    },
    instant::Instant,
    legacy::LegacyPolicy,
};

/// Returns an account as its newest record left it; `None` if the record does not have all of its fields.
pub(super) fn restored_account(row: &Account, newest: &AuditRecord) -> Option<Account> {
    let text = newest.after.as_deref()?;
    let fields: Value = serde_json::from_str(text).ok()?;
    let restored = Account {
        id: AccountId::parse(&newest.subject).ok()?,
        name: Name::from_stored(string(&fields, "name")?),
        region: Region::parse(fields["region"].as_str()?)?,
        require_user_passcode: fields["require_user_passcode"].as_bool()?,
        legacy: fields.get("legacy").map_or(Some(None), |policy| legacy(policy).map(Some))?,
        created_at: instant(&fields, "created_at")?,
        removed: removal(&fields, row.removed.as_ref(), newest),
        audit_seq: newest.seq,
        ..row.clone()
    };
    (account_fields(&restored) == text).then_some(restored)
}

/// Returns a district as its newest record left it; `None` if the record does not have all of its fields.
pub(super) fn restored_district(
    row: &District,
    account: &AccountId,
    newest: &AuditRecord,
) -> Option<District> {
    let text = newest.after.as_deref()?;
    let fields: Value = serde_json::from_str(text).ok()?;
    let restored = District {
        name: Name::from_stored(string(&fields, "name")?),
        external_id: string(&fields, "external_id").map(ExternalId::from_stored),
        created_at: instant(&fields, "created_at")?,
        removed: removal(&fields, row.removed.as_ref(), newest),
        audit_seq: newest.seq,
        ..row.clone()
    };
    (district_fields(&restored, account) == text).then_some(restored)
}

/// Returns an app without its client secret and its webhook, which the audit log does not have.
pub(super) fn repaired_app(row: &App, newest: &AuditRecord, secrets: Secrets) -> Option<App> {
    let fields: Value = serde_json::from_str(newest.after.as_deref()?).ok()?;
    let limit = fields["limit"].as_u64().and_then(|limit| RateLimit::new(limit.try_into().ok()?));
    Some(App {
        name: Name::from_stored(string(&fields, "name")?),
        limit: limit?,
        removed: removal(&fields, row.removed.as_ref(), newest),
        webhook: None,
        secrets,
        ..row.clone()
    })
}

/// Returns a credential that is deleted if it was, according to its newest record, and revoked otherwise. It has no valid
/// secret in either case.
pub(super) fn repaired_credential(
    row: &Credential,
    newest: Option<&AuditRecord>,
    secrets: Secrets,
    repair: &Deletion,
) -> Credential {
    let fields = newest.and_then(|newest| serde_json::from_str(newest.after.as_deref()?).ok());
    let fields: Value = fields.unwrap_or_default();
    let mut repaired = Credential { secrets, ..row.clone() };
    if instant(&fields, "deleted_at").is_some() {
        repaired.slot = None;
        repaired.deleted = Some(repair.clone());
        return repaired;
    }
    let Deletion { at, by } = repair.clone();
    repaired.revoked = Some(Revocation { at, by, reason: Some(RevocationReason::Tampered) });
    repaired
}

/// Returns secrets of which none is valid. `count` is the number that were created.
pub(super) fn no_valid_secret(created_at: Instant, count: u32) -> Secrets {
    Secrets { generation: count, ..Secrets::awaiting_pickup(created_at) }
}

fn string(fields: &Value, name: &str) -> Option<String> {
    fields[name].as_str().map(str::to_owned)
}

fn instant(fields: &Value, name: &str) -> Option<Instant> {
    fields[name].as_i64().map(Instant::from_unix)
}

/// Returns the removal that the fields have. They do not say who removed the object: the row may, and otherwise the newest
/// record does.
fn removal(fields: &Value, row: Option<&Deletion>, newest: &AuditRecord) -> Option<Deletion> {
    let at = instant(fields, "removed_at")?;
    let known = row.filter(|removal| removal.at == at).cloned();
    Some(known.unwrap_or_else(|| Deletion { at, by: newest.actor.to_string() }))
}

fn legacy(policy: &Value) -> Option<LegacyPolicy> {
    Some(LegacyPolicy {
        announced_at: instant(policy, "announced_at")?,
        limited_at: instant(policy, "limited_at")?,
        limit: RateLimit::new(policy["limit"].as_u64()?.try_into().ok()?)?,
        sunset_at: instant(policy, "sunset_at")?,
        link: string(policy, "link"),
    })
}

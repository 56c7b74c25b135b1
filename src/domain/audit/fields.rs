//! The public fields that audit records keep of an object before and after a change.

use serde::Serialize;

use crate::domain::{
    credential::{Credential, rate_limit::RateLimit},
    directory::{
        account::{Account, AccountId},
        app::App,
        district::{District, ExternalId},
    },
    instant::Instant,
};

/// Returns the fields of a credential as JSON: no secret, no digest and no key.
pub fn credential_fields(credential: &Credential, account: &AccountId) -> String {
    let secrets = &credential.secrets;
    let kind = credential.kind().as_str();
    to_json(&CredentialFields {
        id: &credential.id.to_string(),
        account: account.as_str(),
        kind,
        owner: credential.subject.as_str(),
        note: credential.note.as_ref().map(|note| note.as_str()),
        slot: credential.slot,
        created_at: credential.created_at.unix(),
        lifetime: &credential.lifetime.to_string(),
        expires_at: credential.expiry.instant().map(Instant::unix),
        generation: secrets.generation,
        withdrawn: secrets.is_withdrawn(),
        retiring_until: secrets.retiring.map(|retiring| retiring.until.unix()),
        retiring_until_used: secrets.retiring.is_some_and(|retiring| retiring.until_used),
        revoked_at: credential.revoked.as_ref().map(|revoked| revoked.at.unix()),
        revocation_reason: credential
            .revoked
            .as_ref()
            .and_then(|revoked| revoked.reason)
            .map(|reason| reason.as_str()),
        deleted_at: credential.deleted.as_ref().map(|deleted| deleted.at.unix()),
        introspect: credential.introspect,
        scopes: credential.scopes.as_str(),
        limit: credential.limit.map(RateLimit::per_minute),
        undelivered_reset_at: secrets.undelivered.map(|new| new.created_at.unix()),
    })
}

/// Returns the fields of an account as JSON.
pub fn account_fields(account: &Account) -> String {
    to_json(&AccountFields {
        id: account.id.as_str(),
        name: account.name.as_str(),
        region: account.region.as_str(),
        require_user_passcode: account.require_user_passcode,
        created_at: account.created_at.unix(),
        removed_at: account.removed.as_ref().map(|removed| removed.at.unix()),
        legacy: account.legacy.as_ref().map(|policy| PolicyFields {
            announced_at: policy.announced_at.unix(),
            limited_at: policy.limited_at.unix(),
            limit: policy.limit.per_minute(),
            sunset_at: policy.sunset_at.unix(),
            link: policy.link.as_deref(),
        }),
    })
}

/// Returns the fields of an app as JSON.
pub fn app_fields(app: &App, account: &AccountId) -> String {
    to_json(&AppFields {
        id: app.id.as_str(),
        client_id: app.client_id.as_str(),
        account: account.as_str(),
        name: app.name.as_str(),
        generation: app.secrets.generation,
        withdrawn: app.secrets.is_withdrawn(),
        retiring_until: app.secrets.retiring.map(|retiring| retiring.until.unix()),
        limit: app.limit.per_minute(),
        webhook: app.webhook.as_ref().map(|webhook| webhook.url.origin()),
        webhook_generation: app.webhook.as_ref().map(|webhook| webhook.generation),
        created_at: app.created_at.unix(),
        removed_at: app.removed.as_ref().map(|removed| removed.at.unix()),
        undelivered_reset_at: app.secrets.undelivered.map(|new| new.created_at.unix()),
    })
}

/// Returns the fields of a district as JSON.
pub fn district_fields(district: &District, account: &AccountId) -> String {
    to_json(&DistrictFields {
        id: district.id.as_str(),
        account: account.as_str(),
        name: district.name.as_str(),
        external_id: district.external_id.as_ref().map(ExternalId::as_str),
        created_at: district.created_at.unix(),
        removed_at: district.removed.as_ref().map(|removed| removed.at.unix()),
    })
}

#[derive(Serialize)]
struct CredentialFields<'a> {
    id: &'a str,
    account: &'a str,
    kind: &'a str,
    owner: &'a str,
    note: Option<&'a str>,
    slot: Option<u8>,
    created_at: i64,
    lifetime: &'a str,
    expires_at: Option<i64>,
    generation: u32,
    withdrawn: bool,
    retiring_until: Option<i64>,
    retiring_until_used: bool,
    revoked_at: Option<i64>,
    revocation_reason: Option<&'a str>,
    deleted_at: Option<i64>,
    /// Omitted unless set, so that records from before this field existed stay byte for byte the same.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    introspect: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    scopes: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undelivered_reset_at: Option<i64>,
}

#[derive(Serialize)]
struct AccountFields<'a> {
    id: &'a str,
    name: &'a str,
    region: &'a str,
    require_user_passcode: bool,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legacy: Option<PolicyFields<'a>>,
}

#[derive(Serialize)]
struct PolicyFields<'a> {
    announced_at: i64,
    limited_at: i64,
    limit: u32,
    sunset_at: i64,
    link: Option<&'a str>,
}

#[derive(Serialize)]
struct AppFields<'a> {
    id: &'a str,
    client_id: &'a str,
    account: &'a str,
    name: &'a str,
    generation: u32,
    withdrawn: bool,
    retiring_until: Option<i64>,
    limit: u32,
    webhook: Option<&'a str>,
    webhook_generation: Option<u32>,
    created_at: i64,
    removed_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undelivered_reset_at: Option<i64>,
}

#[derive(Serialize)]
struct DistrictFields<'a> {
    id: &'a str,
    account: &'a str,
    name: &'a str,
    external_id: Option<&'a str>,
    created_at: i64,
    removed_at: Option<i64>,
}

fn to_json(fields: &impl Serialize) -> String {
    // Structs of numbers and strings always serialize.
    serde_json::to_string(fields).unwrap_or_default()
}

//! The audit log: what was changed, by whom, and how it looked before and after.

use serde::Serialize;

use super::{
    account::{Account, AccountId},
    actor::Actor,
    credential::Credential,
    instant::Instant,
};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// An account was added.
    AccountAdd,
    /// An account was changed.
    AccountEdit,
    /// A credential was made.
    Create,
    /// Its name, note or lifetime was changed.
    Edit,
    /// It was given a new secret.
    Reset,
    /// It was ended and stays listed.
    Revoke,
    /// It was ended and left the list.
    Delete,
    /// A new secret that could not be shown was taken back.
    Withdraw,
    /// The old secret of a reset was ended, because the new one was used.
    OverlapEnd,
    /// The master key was copied for escrow.
    KeyExport,
    /// A clock behind the last record was accepted.
    ClockAccept,
}

impl Action {
    const ALL: [Self; 11] = [
        Self::AccountAdd,
        Self::AccountEdit,
        Self::Create,
        Self::Edit,
        Self::Reset,
        Self::Revoke,
        Self::Delete,
        Self::Withdraw,
        Self::OverlapEnd,
        Self::KeyExport,
        Self::ClockAccept,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountAdd => "account-add",
            Self::AccountEdit => "account-edit",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Reset => "reset",
            Self::Revoke => "revoke",
            Self::Delete => "delete",
            Self::Withdraw => "withdraw",
            Self::OverlapEnd => "overlap-end",
            Self::KeyExport => "key-export",
            Self::ClockAccept => "clock-accept",
        }
    }

    /// Reads the word for an action.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

/// One change. Records are numbered without gaps from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// By whom.
    pub actor: Actor,
    /// The version of gatepass that wrote it.
    pub version: String,
    /// What was done.
    pub action: Action,
    /// The id of what it was done to; `store` for the store itself.
    pub subject: String,
    /// Its name or address at the time.
    pub name: Option<String>,
    /// Its public fields before, as a JSON object; nothing for what was new.
    pub before: Option<String>,
    /// Its public fields after, as a JSON object.
    pub after: Option<String>,
}

/// The subject of records that concern no credential and no account.
pub const STORE_SUBJECT: &str = "store";

/// A place in the chain of records: each one's link is SHA-256 over the link before and the record.
pub type Link = [u8; 32];

/// The link before the first record.
pub const GENESIS: Link = [0; 32];

/// The public fields of a credential as the audit log keeps them: no secret, no digest, no key.
pub fn credential_fields(credential: &Credential, account: &AccountId) -> String {
    let secrets = &credential.secrets;
    let kind = credential.kind().as_str();
    to_json(&CredentialFields {
        id: &credential.id.to_string(),
        account: account.as_str(),
        kind,
        owner: credential.owner.as_str(),
        note: credential.note.as_ref().map(|note| note.as_str()),
        slot: credential.slot,
        created_at: credential.created_at.unix(),
        lifetime: &credential.lifetime.to_string(),
        expires_at: credential.expiry.instant().map(Instant::unix),
        generation: secrets.generation,
        withdrawn: secrets.current.is_none(),
        retiring_until: secrets.retiring.map(|retiring| retiring.until.unix()),
        retiring_until_used: secrets.retiring.is_some_and(|retiring| retiring.until_used),
        revoked_at: credential.revoked.as_ref().map(|revoked| revoked.at.unix()),
        revocation_reason: credential
            .revoked
            .as_ref()
            .and_then(|revoked| revoked.reason)
            .map(|why| why.as_str()),
        deleted_at: credential.deleted.as_ref().map(|deleted| deleted.at.unix()),
        introspect: credential.introspect,
    })
}

/// The public fields of an account as the audit log keeps them.
pub fn account_fields(account: &Account) -> String {
    to_json(&AccountFields {
        id: account.id.as_str(),
        name: account.name.as_str(),
        region: account.region.as_str(),
        require_user_passcode: account.require_user_passcode,
        created_at: account.created_at.unix(),
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
    /// Absent unless set: the records of stores that did not know it yet stay as they are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    introspect: bool,
}

#[derive(Serialize)]
struct AccountFields<'a> {
    id: &'a str,
    name: &'a str,
    region: &'a str,
    require_user_passcode: bool,
    created_at: i64,
}

fn to_json(fields: &impl Serialize) -> String {
    // Plain structs of numbers and strings have no way to fail.
    serde_json::to_string(fields).unwrap_or_default()
}

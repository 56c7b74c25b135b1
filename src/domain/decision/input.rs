//! The input of the decision about an intact record.

use super::{
    context::CredentialContext,
    lookup::KnownSecret,
    role::{SecretRole, secret_role},
};
use crate::domain::{
    credential::{CredentialKind, lifetime::Expiry, secret::Digest},
    directory::{
        account::{AccountId, Region},
        id::ObjectId,
    },
    instant::Instant,
};

/// The facts that a decision about an intact record depends on. It is small enough for the gate to keep one per
/// credential in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionInput<'a> {
    /// The account of the credential.
    pub account: AccountId,
    /// The region of the account.
    pub region: Region,
    /// Whether the account refuses account passcodes.
    pub require_user_passcode: bool,
    /// Whether the account refuses legacy keys by now.
    pub legacy_sunset_has_passed: bool,
    /// The kind of the credential.
    pub kind: CredentialKind,
    /// The app of a token or a legacy key.
    pub app: Option<ObjectId>,
    /// The district of a token.
    pub district: Option<ObjectId>,
    /// The scopes of a token, separated by spaces.
    pub scopes: &'a str,
    /// Whether the credential is deleted.
    pub is_deleted: bool,
    /// Whether the credential is revoked.
    pub is_revoked: bool,
    /// Whether its app was removed, which revokes the app's credentials.
    pub is_orphaned: bool,
    /// Which secret of the credential was presented.
    pub role: SecretRole,
    /// When the credential expires.
    pub expiry: Expiry,
}

impl<'a> DecisionInput<'a> {
    /// Collects the facts about a known secret at `now`.
    pub fn from_known(known: &'a KnownSecret, now: Instant) -> Self {
        let KnownSecret { credential, account, app, digest } = known;
        Self::new(CredentialContext { credential, account, app: app.as_ref() }, digest, now)
    }

    /// Collects the facts about a credential whose secret has this digest, at `now`.
    pub fn new(context: CredentialContext<'a>, digest: &Digest, now: Instant) -> Self {
        let CredentialContext { credential, account, .. } = context;
        Self {
            account: account.id,
            region: account.region,
            require_user_passcode: account.require_user_passcode,
            legacy_sunset_has_passed: account.legacy_sunset_has_passed(now),
            kind: credential.kind(),
            app: credential.subject.app(),
            district: credential.subject.district(),
            scopes: credential.scopes.as_str(),
            is_deleted: credential.deleted.is_some(),
            is_revoked: credential.revoked.is_some(),
            is_orphaned: context.is_orphaned(),
            role: secret_role(credential, digest, now),
            expiry: credential.expiry,
        }
    }
}

//! Input

use super::{
    lookup::KnownSecret,
    role::{SecretRole, secret_role},
};
use crate::domain::{
    credential::{CredentialKind, lifetime::Expiry},
    directory::{
        account::{AccountId, Region},
        id::ObjectId,
    },
    instant::Instant,
};

/// What a verdict about an intact record rests on, and nothing else: small enough to be kept in memory for all of
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionInput<'a> {
    /// The account that the credential belongs to.
    pub account: AccountId,
    /// Where that account's API runs.
    pub region: Region,
    /// Whether that account refuses account passcodes.
    pub require_user_passcode: bool,
    /// Whether that account's legacy keys have ended.
    pub legacy_sunset_has_passed: bool,
    /// The kind of the credential.
    pub kind: CredentialKind,
    /// The app of a token or a legacy key.
    pub app: Option<ObjectId>,
    /// The district of a token.
    pub district: Option<ObjectId>,
    /// The scopes of a token, with spaces between them.
    pub scopes: &'a str,
    /// Whether it was deleted.
    pub is_deleted: bool,
    /// Whether it was revoked.
    pub is_revoked: bool,
    /// Whether its app is not there any more, which revokes all that is good for it.
    pub is_orphaned: bool,
    /// Which of its secrets was presented.
    pub role: SecretRole,
    /// When it ends.
    pub expiry: Expiry,
}

impl<'a> DecisionInput<'a> {
    /// How a known secret stands at `now`.
    pub fn from_known(known: &'a KnownSecret, now: Instant) -> Self {
        let KnownSecret { credential, account, app, digest } = known;
        let has_no_app = app.as_ref().is_none_or(|app| app.removed.is_some());
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
            is_orphaned: credential.subject.app().is_some() && has_no_app,
            role: secret_role(credential, digest, now),
            expiry: credential.expiry,
        }
    }
}

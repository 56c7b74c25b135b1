//! The decision: one pure function answers every verification.

use subtle::ConstantTimeEq;

use super::{
    credential::{Credential, CredentialKind, lifetime::Expiry, scope::covers, secret::Digest},
    directory::{
        account::{Account, AccountId, Region},
        app::App,
        id::ObjectId,
    },
    instant::Instant,
};

/// What is asked of a presented secret, beside whether it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The account that the caller named, if they named one.
    pub account: Option<AccountId>,
    /// The region of the API that was called, if the gate has one.
    pub region: Option<Region>,
    /// The district whose data is asked for, if there is one. A text that is no district's id demands one that nobody
    /// has.
    pub district: Option<Box<str>>,
    /// The app that is demanded, likewise.
    pub app: Option<Box<str>>,
    /// The scopes that are demanded, with spaces between them.
    pub scopes: Option<Box<str>>,
}

/// What the store knows of a presented secret.
#[derive(Clone, Debug)]
pub enum SecretLookup {
    /// Nothing.
    Unknown,
    /// A record that does not verify: a refusal, whatever it says.
    Tampered,
    /// An intact record.
    Known(Box<KnownSecret>),
}

/// A credential that has, or had, the presented secret.
#[derive(Clone, Debug)]
pub struct KnownSecret {
    /// The record.
    pub credential: Credential,
    /// Its account.
    pub account: Account,
    /// The app of a token or a legacy key.
    pub app: Option<App>,
    /// The digest under which it was found.
    pub digest: Digest,
}

/// Which of a credential's secrets was presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretRole {
    /// The current one.
    Current,
    /// The one before, during the overlap of a reset.
    Retiring,
    /// One that a reset replaced.
    Replaced,
}

impl SecretRole {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Retiring => "retiring",
            Self::Replaced => "replaced",
        }
    }
}

/// Why a request passes or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It passes.
    Allowed,
    /// No secret was presented.
    Missing,
    /// More than one was presented.
    Duplicate,
    /// A secret stands in the address, where logs keep it.
    InQuery,
    /// What was presented is no secret.
    Malformed,
    /// The Account ID that must come with a passcode is missing.
    AccountMissing,
    /// What was given as Account ID is none.
    AccountMalformed,
    /// Nobody has this secret.
    Unknown,
    /// The record does not verify.
    Tampered,
    /// The secret belongs to another account.
    WrongAccount,
    /// The credential was deleted.
    Deleted,
    /// The credential was revoked.
    Revoked,
    /// A reset replaced the secret.
    Replaced,
    /// The credential has expired.
    Expired,
    /// The account demands user passcodes.
    UserPasscodeRequired,
    /// The day has passed from which on legacy keys are refused.
    LegacySunset,
    /// The account's API runs in another region.
    WrongRegion,
    /// It belongs to another app, or to none.
    WrongApp,
    /// It is not good for the district that is demanded.
    WrongDistrict,
    /// It lacks the scope that is demanded.
    ScopeMissing,
}

impl Reason {
    /// Every reason, in the order of the enumeration.
    pub const ALL: [Self; 20] = [
        Self::Allowed,
        Self::Missing,
        Self::Duplicate,
        Self::InQuery,
        Self::Malformed,
        Self::AccountMissing,
        Self::AccountMalformed,
        Self::Unknown,
        Self::Tampered,
        Self::WrongAccount,
        Self::Deleted,
        Self::Revoked,
        Self::Replaced,
        Self::Expired,
        Self::UserPasscodeRequired,
        Self::LegacySunset,
        Self::WrongRegion,
        Self::WrongApp,
        Self::WrongDistrict,
        Self::ScopeMissing,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Missing => "missing",
            Self::Duplicate => "duplicate",
            Self::InQuery => "in_query",
            Self::Malformed => "malformed",
            Self::AccountMissing => "account_missing",
            Self::AccountMalformed => "account_malformed",
            Self::Unknown => "unknown",
            Self::Tampered => "tampered",
            Self::WrongAccount => "wrong_account",
            Self::Deleted => "deleted",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
            Self::Expired => "expired",
            Self::UserPasscodeRequired => "user_passcode_required",
            Self::LegacySunset => "legacy_sunset",
            Self::WrongRegion => "wrong_region",
            Self::WrongApp => "wrong_app",
            Self::WrongDistrict => "wrong_district",
            Self::ScopeMissing => "scope_missing",
        }
    }
}

/// The answer of a verification.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Why it passes or does not.
    pub reason: Reason,
    /// Whose secret it was; told to admins, and outside only as far as the reason allows.
    pub known: Option<Box<KnownSecret>>,
}

impl Decision {
    /// A refusal that needed no look at the store.
    pub fn refused(reason: Reason) -> Self {
        Self { reason, known: None }
    }

    /// Whether the request passes.
    pub fn is_allowed(&self) -> bool {
        self.reason == Reason::Allowed
    }
}

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

/// Decides about a well-formed secret, as [`judge`] does for one that is known.
pub fn decide(requirements: &Requirements, found: SecretLookup, now: Instant) -> Decision {
    match found {
        SecretLookup::Unknown => Decision::refused(Reason::Unknown),
        SecretLookup::Tampered => Decision::refused(Reason::Tampered),
        SecretLookup::Known(known) => {
            let reason = evaluate(requirements, &DecisionInput::from_known(&known, now), now);
            Decision { reason, known: Some(known) }
        }
    }
}

/// Judges an intact record, in the order that `product.md` of the design gives: the named account's, not deleted,
/// revoked, replaced or expired, within the account's policy, for the app and the district and with the scopes that are
/// demanded.
pub fn evaluate(requirements: &Requirements, input: &DecisionInput<'_>, now: Instant) -> Reason {
    if requirements.account.is_some_and(|named| named != input.account) {
        return Reason::WrongAccount;
    }
    if input.is_deleted {
        return Reason::Deleted;
    }
    if input.is_revoked || input.is_orphaned {
        return Reason::Revoked;
    }
    if input.role == SecretRole::Replaced {
        return Reason::Replaced;
    }
    if input.expiry.has_passed(now) {
        return Reason::Expired;
    }
    if input.require_user_passcode && input.kind == CredentialKind::Account {
        return Reason::UserPasscodeRequired;
    }
    if input.legacy_sunset_has_passed && input.kind == CredentialKind::Legacy {
        return Reason::LegacySunset;
    }
    if requirements.region.is_some_and(|region| region != input.region) {
        return Reason::WrongRegion;
    }
    check_token_requirements(requirements, input)
}

/// A passcode is good for no app and no district and has no scopes: what demands one is meant for tokens. A legacy key
/// is good for all that is shared with its app, as it always was: that is why it has to go.
fn check_token_requirements(requirements: &Requirements, input: &DecisionInput<'_>) -> Reason {
    let is_other = |demanded: &Option<Box<str>>, own: Option<ObjectId>| {
        let is_own = |demanded: &str| own.as_ref().is_some_and(|own| own.as_str() == demanded);
        demanded.as_deref().is_some_and(|demanded| !is_own(demanded))
    };
    if is_other(&requirements.app, input.app) {
        return Reason::WrongApp;
    }
    if input.kind == CredentialKind::Legacy {
        return Reason::Allowed;
    }
    if is_other(&requirements.district, input.district) {
        return Reason::WrongDistrict;
    }
    if requirements.scopes.as_deref().is_some_and(|demanded| !covers(input.scopes, demanded)) {
        return Reason::ScopeMissing;
    }
    Reason::Allowed
}

/// Which secret of `credential` has this digest at `now`; digests are compared in constant time.
pub fn secret_role(credential: &Credential, digest: &Digest, now: Instant) -> SecretRole {
    let same = |other: &Digest| bool::from(other.0.ct_eq(&digest.0));
    if credential.secrets.current.as_ref().is_some_and(same) {
        SecretRole::Current
    } else if credential.retiring(now).is_some_and(|retiring| same(&retiring.digest)) {
        SecretRole::Retiring
    } else {
        SecretRole::Replaced
    }
}

#[cfg(test)]
mod tests;

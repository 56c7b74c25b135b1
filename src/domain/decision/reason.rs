//! Reasons of decisions.

/// Why a request is allowed or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The request is allowed.
    Allowed,
    /// The request contains no secret.
    Missing,
    /// The request contains more than one secret.
    Duplicate,
    /// The URL contains a secret, which logs would keep.
    InQuery,
    /// The presented text is not a secret.
    Malformed,
    /// A passcode came without the required Account ID.
    AccountMissing,
    /// The given Account ID has the wrong form.
    AccountMalformed,
    /// The secret is unknown.
    Unknown,
    /// The record fails verification.
    Tampered,
    /// The credential belongs to another account.
    WrongAccount,
    /// The credential is deleted.
    Deleted,
    /// The credential is revoked.
    Revoked,
    /// A reset replaced the secret.
    Replaced,
    /// The credential has expired.
    Expired,
    /// The account requires user passcodes.
    UserPasscodeRequired,
    /// The sunset of legacy keys has passed.
    LegacySunset,
    /// The API of the account runs in another region.
    WrongRegion,
    /// The credential belongs to another app, or to none.
    WrongApp,
    /// The credential is not valid for the required district.
    WrongDistrict,
    /// The credential lacks a required scope.
    ScopeMissing,
}

impl Reason {
    /// All reasons, in the order of the enum.
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

    /// Returns the word that JSON, logs and metrics use.
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

//! Reason

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

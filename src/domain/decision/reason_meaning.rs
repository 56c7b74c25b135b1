//! What each reason means, for the reference in the documents.

use super::reason::Reason;

impl Reason {
    /// Returns the meaning in a few words, as in docs/gate.md.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Allowed => "the request may pass",
            Self::Missing => "no secret was presented",
            Self::Duplicate => {
                "more than one secret was presented, or X_CleverTap_Passcode was used"
            }
            Self::InQuery => "the URL contains a secret, where logs would keep it",
            Self::Malformed => "not a gatepass secret, for example because of a typo",
            Self::AccountMissing => "X-CleverTap-Passcode without an Account ID",
            Self::AccountMalformed => "the Account ID is invalid",
            Self::Unknown => "no credential has this secret",
            Self::Tampered => "the record fails its integrity check",
            Self::WrongAccount => "the secret belongs to another account",
            Self::Deleted => "the credential was deleted",
            Self::Revoked => "the credential was revoked",
            Self::Replaced => "a reset replaced the secret",
            Self::Expired => "the credential has expired",
            Self::UserPasscodeRequired => "the account accepts user passcodes only",
            Self::LegacySunset => "the sunset of legacy keys has passed",
            Self::WrongRegion => "the account is not in this gate's --region",
            Self::WrongApp => "the proxy requires another app",
            Self::WrongDistrict => "the proxy requires another district",
            Self::ScopeMissing => "the proxy requires a scope that the token does not have",
        }
    }
}

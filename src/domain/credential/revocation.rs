//! Revocation and deletion.

use crate::domain::instant::Instant;

/// That and why a credential was revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// When.
    pub at: Instant,
    /// By whom, in short.
    pub by: String,
    /// Why, if it was said.
    pub reason: Option<RevocationReason>,
}

/// Why a credential was revoked, in the words of RFC 5280, section 5.3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationReason {
    /// Somebody else may know the secret.
    KeyCompromise,
    /// Another credential took its place.
    Superseded,
    /// Nobody needs it any more.
    NoLongerNeeded,
    /// Its owner may no longer have it.
    PrivilegeWithdrawn,
    /// Its secret could not be shown; only gatepass itself gives this reason.
    NotDelivered,
}

impl RevocationReason {
    /// What an admin may say.
    pub const SELECTABLE: [Self; 4] =
        [Self::KeyCompromise, Self::Superseded, Self::NoLongerNeeded, Self::PrivilegeWithdrawn];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyCompromise => "key-compromise",
            Self::Superseded => "superseded",
            Self::NoLongerNeeded => "no-longer-needed",
            Self::PrivilegeWithdrawn => "privilege-withdrawn",
            Self::NotDelivered => "not-delivered",
        }
    }

    /// Reads the word for any reason, `not-delivered` included.
    pub fn parse(text: &str) -> Option<Self> {
        let all = Self::SELECTABLE.into_iter().chain([Self::NotDelivered]);
        all.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// That a credential was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// When.
    pub at: Instant,
    /// By whom, in short.
    pub by: String,
}

//! How an admin ends a credential: revocation keeps it listed, deletion removes it from the list.

use crate::domain::instant::Instant;

/// The revocation of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// When it was revoked.
    pub at: Instant,
    /// The short form of the actor who revoked it.
    pub by: String,
    /// The reason. `None` if the admin gave none.
    pub reason: Option<RevocationReason>,
}

/// Why a credential was revoked, in the words of RFC 5280, section 5.3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationReason {
    /// The secret may be known to others.
    KeyCompromise,
    /// Another credential replaces it.
    Superseded,
    /// It is no longer needed.
    NoLongerNeeded,
    /// Its holder is no longer authorized.
    PrivilegeWithdrawn,
    /// Its secret could not be shown. Only gatepass itself gives this reason.
    NotDelivered,
    /// Its record was changed outside gatepass. Only a repair of the store gives this reason.
    Tampered,
}

impl RevocationReason {
    /// The reasons that an admin can give.
    pub const SELECTABLE: [Self; 4] =
        [Self::KeyCompromise, Self::Superseded, Self::NoLongerNeeded, Self::PrivilegeWithdrawn];

    /// Returns the word that stores, flags and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyCompromise => "key-compromise",
            Self::Superseded => "superseded",
            Self::NoLongerNeeded => "no-longer-needed",
            Self::PrivilegeWithdrawn => "privilege-withdrawn",
            Self::NotDelivered => "not-delivered",
            Self::Tampered => "tampered",
        }
    }

    /// Parses the word that [`Self::as_str`] returns, also for the reasons that only gatepass gives.
    pub fn parse(text: &str) -> Option<Self> {
        let all = Self::SELECTABLE.into_iter().chain([Self::NotDelivered, Self::Tampered]);
        all.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// The deletion of a credential, or the removal of an app or a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// When it was deleted.
    pub at: Instant,
    /// The short form of the actor who deleted it.
    pub by: String,
}

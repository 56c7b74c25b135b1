//! Role

use subtle::ConstantTimeEq;

use crate::domain::{
    credential::{Credential, secret::Digest},
    instant::Instant,
};

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

//! Which secret of a credential was presented.

use subtle::ConstantTimeEq;

use crate::domain::{
    credential::{Credential, secret::Digest},
    instant::Instant,
};

/// The role of a presented secret within its credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretRole {
    /// The current secret.
    Current,
    /// The new secret of a reset that was not delivered.
    Undelivered,
    /// The previous secret, during an overlap.
    Retiring,
    /// A secret that a reset replaced.
    Replaced,
}

impl SecretRole {
    /// Returns the word that JSON and logs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Undelivered => "undelivered",
            Self::Retiring => "retiring",
            Self::Replaced => "replaced",
        }
    }
}

/// Returns the role of the secret with this digest at `now`. Digests are compared in constant time.
pub fn secret_role(credential: &Credential, digest: &Digest, now: Instant) -> SecretRole {
    let same = |other: &Digest| bool::from(other.0.ct_eq(&digest.0));
    if credential.secrets.current.as_ref().is_some_and(same) {
        SecretRole::Current
    } else if credential.secrets.undelivered.is_some_and(|new| same(&new.digest)) {
        SecretRole::Undelivered
    } else if credential.retiring(now).is_some_and(|retiring| same(&retiring.digest)) {
        SecretRole::Retiring
    } else {
        SecretRole::Replaced
    }
}

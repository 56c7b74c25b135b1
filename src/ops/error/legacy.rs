//! Errors about legacy keys and the policy for them.

use crate::domain::{
    credential::{CredentialKind, State},
    directory::id::CredentialId,
    instant::Instant,
    legacy::STRONG_KEY_BITS,
};

/// Why a legacy key was not imported, or a policy not set.
#[derive(Debug, thiserror::Error)]
pub enum LegacyError {
    /// The key can be guessed.
    #[error(
        "this legacy key is too weak: it has at most {bits} bits of entropy, and {STRONG_KEY_BITS} are required"
    )]
    Weak {
        /// The upper bound of the key's entropy, in bits.
        bits: u32,
    },
    /// The app already has a legacy key.
    #[error("app {app} already has the legacy key {id}, which is {}", state.as_str())]
    AlreadyHasKey {
        /// The app's name.
        app: String,
        /// The id of its legacy key.
        id: CredentialId,
        /// The state of that key.
        state: State,
    },
    /// Another credential has this secret.
    #[error("this secret already belongs to {id}, a {} that is {}", kind.noun(), state.as_str())]
    SecretInUse {
        /// The id of that credential.
        id: CredentialId,
        /// Its kind.
        kind: CredentialKind,
        /// Its state.
        state: State,
    },
    /// The account has no policy yet, and the first one must be complete.
    #[error("the first legacy key policy must be complete; missing: {}", missing.join(", "))]
    IncompletePolicy {
        /// The flags that are missing.
        missing: Vec<&'static str>,
    },
    /// The limit would begin before it is announced.
    #[error("the limit would start at {limited_at}, before the announcement at {announced_at}")]
    LimitBeforeAnnouncement {
        /// When deprecation would be announced.
        announced_at: Instant,
        /// When the limit would begin.
        limited_at: Instant,
    },
    /// The sunset would come before the limit begins.
    #[error("the sunset would be at {sunset_at}, before the limit starts at {limited_at}")]
    SunsetBeforeLimit {
        /// When the limit would begin.
        limited_at: Instant,
        /// When the keys would stop working.
        sunset_at: Instant,
    },
}

//! Decides about a secret that the store was searched for.

use super::{
    evaluate::evaluate,
    input::DecisionInput,
    lookup::{KnownSecret, SecretLookup},
    reason::Reason,
    requirements::Requirements,
};
use crate::domain::instant::Instant;

/// The result of a verification.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Why the request is allowed or refused.
    pub reason: Reason,
    /// The credential and its account, if the secret is known. Admins see it; for others the reason limits what they
    /// see.
    pub known: Option<Box<KnownSecret>>,
}

impl Decision {
    /// A refusal without a known credential.
    pub fn refused(reason: Reason) -> Self {
        Self { reason, known: None }
    }

    /// Whether the request is allowed.
    pub fn is_allowed(&self) -> bool {
        self.reason == Reason::Allowed
    }
}

/// Decides about a well-formed secret. Known secrets are decided by [`evaluate`].
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

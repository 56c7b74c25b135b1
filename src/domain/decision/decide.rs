//! Decide

use super::{
    evaluate::evaluate,
    input::DecisionInput,
    lookup::{KnownSecret, SecretLookup},
    reason::Reason,
    requirements::Requirements,
};
use crate::domain::instant::Instant;

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

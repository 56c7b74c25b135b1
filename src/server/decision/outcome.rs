//! Outcomes of requests.

use super::caller_identity::CallerIdentity;
use crate::{domain::decision::Reason, server::unavailable::Unavailable};

/// What the gate concluded about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateOutcome {
    /// It was decided, for this reason.
    Decided(Reason),
    /// It would pass, but it exceeds the rate limit.
    RateLimited,
    /// It could not be decided.
    Undecided(Unavailable),
}

impl GateOutcome {
    /// Returns its name in the log and in responses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decided(reason) => reason.as_str(),
            Self::RateLimited => "rate_limited",
            Self::Undecided(Unavailable::StoreUnreachable) => "unavailable",
            Self::Undecided(Unavailable::Overloaded) => "too_many",
        }
    }
}

/// An outcome and the credential that it is about.
pub struct GateDecision {
    /// The outcome.
    pub outcome: GateOutcome,
    /// The credential whose secret was presented; `None` if there is none, or it could not be looked up.
    pub identity: Option<CallerIdentity>,
}

impl GateDecision {
    /// A rejection without a known credential.
    pub fn refused(reason: Reason) -> Self {
        Self { outcome: GateOutcome::Decided(reason), identity: None }
    }

    /// A request that could not be decided.
    pub fn undecided(cause: Unavailable) -> Self {
        Self { outcome: GateOutcome::Undecided(cause), identity: None }
    }

    /// Returns whether the request passes.
    pub fn is_allowed(&self) -> bool {
        self.outcome == GateOutcome::Decided(Reason::Allowed)
    }

    /// Returns whether the name of the passcode has still to be looked up.
    pub fn lacks_subject(&self) -> bool {
        self.identity.as_ref().is_some_and(CallerIdentity::lacks_subject)
    }
}

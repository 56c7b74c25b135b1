//! The decision about a presented secret: pure functions that the command line and the gate share.

mod context;
mod decide;
mod evaluate;
mod input;
mod lookup;
mod narrowing;
mod policy;
mod reason;
mod reason_meaning;
mod requirements;
mod role;

pub use context::CredentialContext;
pub use decide::{Decision, decide};
pub use evaluate::evaluate;
pub use input::DecisionInput;
pub use lookup::{KnownSecret, SecretLookup};
pub use narrowing::{Narrowing, narrows};
pub use policy::{policy_refusal, rate_limit};
pub use reason::Reason;
pub use requirements::Requirements;
pub use role::{SecretRole, secret_role};

#[cfg(test)]
mod narrowing_tests;
#[cfg(test)]
mod tests;

//! The decision about a presented secret: pure functions that the command line and the gate share.

mod decide;
mod evaluate;
mod input;
mod lookup;
mod reason;
mod reason_meaning;
mod requirements;
mod role;

pub use decide::{Decision, decide};
pub use evaluate::evaluate;
pub use input::DecisionInput;
pub use lookup::{KnownSecret, SecretLookup};
pub use reason::Reason;
pub use requirements::Requirements;
pub use role::{SecretRole, secret_role};

#[cfg(test)]
mod tests;

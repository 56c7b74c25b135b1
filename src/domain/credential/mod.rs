//! Credentials: the records that can authenticate, and everything a credential consists of.

pub mod display_name;
mod kind;
pub mod lifetime;
pub mod rate_limit;
mod record;
mod revocation;
mod rotation;
pub mod scope;
pub mod secret;
mod state;
pub mod subject;

pub use kind::CredentialKind;
pub use record::Credential;
pub use revocation::{Deletion, Revocation, RevocationReason};
pub use rotation::{
    DuringOverlap, MAX_APP_OVERLAP, MAX_OVERLAP, Overlap, ResetOptions, Retiring, Secrets,
    Undelivered,
};
pub use state::{EXPIRING_WINDOW, State};

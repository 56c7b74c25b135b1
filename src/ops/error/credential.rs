//! Errors about credentials.

use crate::domain::{
    credential::{CredentialKind, Revocation, State, lifetime::LifetimeError},
    directory::{
        account::{AccountId, PASSCODE_CAP},
        id::CredentialId,
    },
    instant::Instant,
};

/// Why a credential was not found or not changed.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// No credential has this name, email address or id.
    #[error("credential {reference} not found")]
    NotFound {
        /// The reference as typed.
        reference: String,
    },
    /// The reference is a partial id, where only whole ids are safe.
    #[error("{reference} is a partial id; without a terminal, give the whole id")]
    PartialIdRejected {
        /// The reference as typed.
        reference: String,
        /// The id of the credential that it matches.
        id: CredentialId,
    },
    /// Another passcode of the account has the name.
    #[error("{name} already exists ({id}, {})", state.as_str())]
    NameTaken {
        /// The name.
        name: String,
        /// The id of the passcode that has it.
        id: CredentialId,
        /// The state of that passcode.
        state: State,
    },
    /// The user already has a passcode.
    #[error("{email} already has the passcode {id}, which is {}", state.as_str())]
    UserHasPasscode {
        /// The user's email address.
        email: String,
        /// The id of the user's passcode.
        id: CredentialId,
        /// The state of that passcode.
        state: State,
    },
    /// Another passcode has the address that a user should get.
    #[error("{email} already has the passcode {id}, which is {}", state.as_str())]
    AddressTaken {
        /// The address.
        email: String,
        /// The id of the passcode that has it.
        id: CredentialId,
        /// The state of that passcode.
        state: State,
    },
    /// Only user passcodes have an address.
    #[error("{0} is not a user passcode, and only those have an e-mail address")]
    HasNoAddress(CredentialId),
    /// The app already has a token for the district.
    #[error("{app} already has the token {id} for {district}, which is {}", state.as_str())]
    AppHasToken {
        /// The app's name.
        app: String,
        /// The district's name.
        district: String,
        /// The id of the token.
        id: CredentialId,
        /// The state of that token.
        state: State,
    },
    /// The account has as many passcodes as it may have.
    #[error("account {account}: limit of {PASSCODE_CAP} passcodes reached ({} expired)", expired.len())]
    CapReached {
        /// The account.
        account: AccountId,
        /// The names of its expired passcodes.
        expired: Vec<String>,
    },
    /// The credential was revoked before.
    #[error("{id} was revoked at {} by {}", revocation.at, revocation.by)]
    AlreadyRevoked {
        /// The credential's id.
        id: CredentialId,
        /// When, by whom and why it was revoked.
        revocation: Revocation,
    },
    /// The credential was deleted before.
    #[error("{id} was deleted at {at} by {by}")]
    AlreadyDeleted {
        /// The credential's id.
        id: CredentialId,
        /// When it was deleted.
        at: Instant,
        /// The actor that deleted it.
        by: String,
    },
    /// An expired credential can be reset only with a new lifetime.
    #[error("{id} expired at {at}; a reset keeps the expiry unless you give a lifetime")]
    Expired {
        /// The credential's id.
        id: CredentialId,
        /// When it expired.
        at: Instant,
    },
    /// The lifetime is not valid.
    #[error(transparent)]
    Lifetime(#[from] LifetimeError),
    /// A user passcode needs an expiry.
    #[error("a user passcode must have an expiry; its lifetime cannot be forever")]
    UserPasscodeNeedsExpiry,
    /// Only account passcodes have a name of their own.
    #[error("{id} is a {}; user passcodes, tokens and legacy keys cannot be renamed", kind.noun())]
    CannotRename {
        /// The credential's id.
        id: CredentialId,
        /// Its kind.
        kind: CredentialKind,
    },
    /// Only account passcodes can be allowed to introspect.
    #[error("{id} is a {}; only account passcodes can be allowed to introspect", kind.noun())]
    CannotIntrospect {
        /// The credential's id.
        id: CredentialId,
        /// Its kind.
        kind: CredentialKind,
    },
    /// The change needs a token.
    #[error("{id} is not a token, and only tokens have {what}")]
    NotAToken {
        /// The credential's id.
        id: CredentialId,
        /// The property that only tokens have, as a plural noun.
        what: &'static str,
    },
    /// A legacy key cannot get a new secret.
    #[error("a legacy key cannot be reset; grant tokens to its app instead")]
    LegacyKeyCannotBeReset,
}

//! Why a use case was not done.

use std::io;

use super::app::legacy::LegacyError;
use crate::{
    domain::{
        credential::{CredentialKind, Revocation, State, lifetime::LifetimeError},
        directory::{
            account::{AccountId, PASSCODE_CAP},
            id::{CredentialId, ObjectId},
        },
        instant::Instant,
    },
    store::StoreError,
};

/// A candidate for an ambiguous reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: CredentialId,
    /// Its name or address.
    pub name: String,
    /// Its account.
    pub account: AccountId,
}

/// What shares data, or is shared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppOrDistrict {
    /// An app.
    App,
    /// A district.
    District,
}

impl AppOrDistrict {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::District => "district",
        }
    }
}

/// Why a use case was not done. Nothing was changed, unless the text says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum OpError {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Output could not be written.
    #[error("the output could not be written")]
    Output(#[source] io::Error),
    /// The secret could not be written to where it was to go.
    #[error("the secret could not be written: {0}")]
    SecretNotWritten(#[source] io::Error),
    /// Nobody has this name, address or id.
    #[error("there is no credential {reference}")]
    NoSuchCredential {
        /// What was typed.
        reference: String,
    },
    /// No app has this name, id or client id.
    #[error("there is no app {reference}")]
    NoSuchApp {
        /// What was typed.
        reference: String,
    },
    /// No district has this name, id or external id.
    #[error("there is no district {reference}")]
    NoSuchDistrict {
        /// What was typed.
        reference: String,
    },
    /// Several have.
    #[error("{reference} could be any of {} credentials", candidates.len())]
    AmbiguousCredential {
        /// What was typed.
        reference: String,
        /// Which.
        candidates: Vec<Candidate>,
    },
    /// Several have.
    #[error("{reference} could be any of {} {}s", candidates.len(), party.as_str())]
    AmbiguousAppOrDistrict {
        /// What was looked for.
        party: AppOrDistrict,
        /// What was typed.
        reference: String,
        /// Which: ids and names.
        candidates: Vec<(ObjectId, String)>,
    },
    /// Another app or district has the name.
    #[error("the name {name} is taken by {} {id}", party.as_str())]
    AppOrDistrictNameTaken {
        /// What it was to be the name of.
        party: AppOrDistrict,
        /// The name.
        name: String,
        /// Which has it.
        id: ObjectId,
    },
    /// Another district has the external id.
    #[error("the external id {external_id} is taken by district {name} ({id})")]
    ExternalIdTaken {
        /// The external id.
        external_id: String,
        /// Which has it.
        id: ObjectId,
        /// What that is called.
        name: String,
    },
    /// An app or a district that is to be removed, and still opens something.
    #[error("{} {name} still has {what}", party.as_str())]
    HasLiveCredentials {
        /// What was to be removed.
        party: AppOrDistrict,
        /// Its name.
        name: String,
        /// What of its tokens and legacy keys is live, in words.
        what: String,
        /// How many that are.
        count: usize,
        /// The first of them: ids and readable names.
        some: Vec<(CredentialId, String)>,
    },
    /// The beginning of an id, where a script might end the wrong credential.
    #[error(
        "{reference} is the beginning of an id; without a terminal only whole ids are taken here"
    )]
    PartialIdRejected {
        /// What was typed.
        reference: String,
        /// What it would have named.
        id: CredentialId,
    },
    /// No such account.
    #[error("there is no account {0}")]
    NoSuchAccount(AccountId),
    /// A change needs exactly one account.
    #[error("the store has several accounts, and this needs one")]
    AccountRequired(Vec<AccountId>),
    /// The Account ID is in use.
    #[error("account {0} exists already")]
    AccountExists(AccountId),
    /// The name is in use.
    #[error("the name {name} is taken by {id}, which is {}", state.as_str())]
    NameTaken {
        /// The name.
        name: String,
        /// Who has it.
        id: CredentialId,
        /// Its state.
        state: State,
    },
    /// The user has a passcode.
    #[error("{email} already has the passcode {id}, which is {}", state.as_str())]
    UserHasPasscode {
        /// The user.
        email: String,
        /// The passcode.
        id: CredentialId,
        /// Its state.
        state: State,
    },
    /// The app has a token for the district.
    #[error("{app} already has the token {id} for {district}, which is {}", state.as_str())]
    AppHasToken {
        /// The app.
        app: String,
        /// The district.
        district: String,
        /// The token.
        id: CredentialId,
        /// Its state.
        state: State,
    },
    /// A district is known under another external id, or under none.
    #[error("district {name} has {}, not {given}", has.as_deref().map_or("no external id".to_owned(), |has| format!("the external id {has}")))]
    ExternalIdMismatch {
        /// The district.
        name: String,
        /// What it has.
        has: Option<String>,
        /// What was given.
        given: String,
    },
    /// What is wrong stands in a line of a file.
    #[error("line {line}: {why}")]
    AtLine {
        /// Where.
        line: u64,
        /// What.
        why: Box<OpError>,
    },
    /// All places are taken.
    #[error("account {account} has {PASSCODE_CAP} passcodes, the most it may have; {} of them are expired", expired.len())]
    CapReached {
        /// The account.
        account: AccountId,
        /// The names of those that have expired.
        expired: Vec<String>,
    },
    /// It was revoked before.
    #[error("{id} was revoked at {} by {}", revocation.at, revocation.by)]
    AlreadyRevoked {
        /// Which.
        id: CredentialId,
        /// When, by whom and why.
        revocation: Revocation,
    },
    /// It was deleted before.
    #[error("{id} was deleted at {at} by {by}")]
    AlreadyDeleted {
        /// Which.
        id: CredentialId,
        /// When.
        at: Instant,
        /// By whom.
        by: String,
    },
    /// A reset of what has expired.
    #[error("{id} expired at {at}; a reset keeps the end unless it is given a lifetime")]
    Expired {
        /// Which.
        id: CredentialId,
        /// When.
        at: Instant,
    },
    /// A lifetime that can't be had.
    #[error(transparent)]
    Lifetime(#[from] LifetimeError),
    /// A user passcode without an end.
    #[error("a user passcode always ends: it can't last forever")]
    UserPasscodeNeedsExpiry,
    /// Another credential than an account passcode with a name.
    #[error("{id} is a {}; it is named by whom it was given to and has no name of its own", kind.noun())]
    CannotRename {
        /// Which.
        id: CredentialId,
        /// Its kind.
        kind: CredentialKind,
    },
    /// Another credential than an account passcode that is to introspect, or is not to.
    #[error("{id} is a {}; only account passcodes can be allowed to introspect", kind.noun())]
    CannotIntrospect {
        /// Which.
        id: CredentialId,
        /// Its kind.
        kind: CredentialKind,
    },
    /// Something about legacy keys.
    #[error(transparent)]
    Legacy(#[from] LegacyError),
    /// Another credential than a token that is to have what only tokens have.
    #[error("{id} is no token, and only tokens have {what}")]
    NotAToken {
        /// Which.
        id: CredentialId,
        /// What it was to have.
        what: &'static str,
    },
    /// A new secret for a legacy key.
    #[error("a legacy key gets no new secret; its app is granted tokens instead")]
    LegacyKeyCannotBeReset,
    /// A new key for a webhook that there is not.
    #[error("app {app} has no webhook")]
    NoWebhook {
        /// Which.
        app: String,
    },
    /// The clock is behind the newest record.
    #[error("the clock says {now}, but the store's last record is of {last}")]
    ClockBehind {
        /// What the clock says.
        now: Instant,
        /// What the record says.
        last: Instant,
    },
    /// The secret changed hands meanwhile.
    #[error("{id} was changed by somebody else meanwhile")]
    ConcurrentChange {
        /// Which.
        id: String,
    },
}

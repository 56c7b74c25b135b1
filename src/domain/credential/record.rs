//! Credential.

use super::{
    kind::CredentialKind,
    lifetime::{Expiry, Lifetime},
    rate_limit::RateLimit,
    revocation::{Deletion, Revocation},
    rotation::{Retiring, Secrets},
    scope::Scopes,
    state::State,
    subject::Subject,
};
use crate::domain::{
    directory::{account::AccountKey, id::CredentialId, name::Note},
    instant::Instant,
};

/// A record that can authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its number within the store: the order of creation.
    pub seq: i64,
    /// Its public handle.
    pub id: CredentialId,
    /// The account that it belongs to.
    pub account: AccountKey,
    /// Whom it was given to.
    pub subject: Subject,
    /// The place under the cap that it takes, 1 to 100; account passcodes that are not deleted have one.
    pub slot: Option<u8>,
    /// A free text.
    pub note: Option<Note>,
    /// The number of the one that the same holder had before, if it is not deleted.
    pub previous: Option<i64>,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it, in short.
    pub created_by: String,
    /// What was asked for.
    pub lifetime: Lifetime,
    /// When it ends.
    pub expiry: Expiry,
    /// Its secrets.
    pub secrets: Secrets,
    /// Whether its holder may ask the gate whose secret another one is; only an account passcode's ever may.
    pub introspect: bool,
    /// What it is good for; only tokens have scopes.
    pub scopes: Scopes,
    /// How many requests a minute it is good for, where that is not what its app says.
    pub limit: Option<RateLimit>,
    /// Whether, when and why it was revoked.
    pub revoked: Option<Revocation>,
    /// Whether and when it was deleted.
    pub deleted: Option<Deletion>,
    /// The audit record of its last change.
    pub audit_seq: i64,
}

impl Credential {
    /// The kind of this credential.
    pub fn kind(&self) -> CredentialKind {
        self.subject.kind()
    }

    /// Its state at `now`.
    pub fn state(&self, now: Instant) -> State {
        State::of(self.deleted.is_some(), self.revoked.is_some(), self.expiry, now)
    }

    /// Whether neither revocation nor deletion has ended it; it may have expired.
    pub fn is_unrevoked(&self) -> bool {
        self.revoked.is_none() && self.deleted.is_none()
    }

    /// The old secret that still lives at `now`, if there is one.
    pub fn retiring(&self, now: Instant) -> Option<&Retiring> {
        self.secrets.retiring(now)
    }
}

//! The record of a credential.

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
    seq::{AuditSeq, CredentialSeq},
};

/// A record that can authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The number within the store, in the order of creation.
    pub seq: CredentialSeq,
    /// The public id.
    pub id: CredentialId,
    /// The account that it belongs to.
    pub account: AccountKey,
    /// The holder.
    pub subject: Subject,
    /// The slot that it occupies, 1 to 100. Only account passcodes that are not deleted have one.
    pub slot: Option<u8>,
    /// A note for admins.
    pub note: Option<Note>,
    /// The number of the credential that the same holder had before. `None` if there is none, or if it is deleted.
    pub previous: Option<CredentialSeq>,
    /// When it was created.
    pub created_at: Instant,
    /// The short form of the actor who created it.
    pub created_by: String,
    /// The lifetime that was requested last.
    pub lifetime: Lifetime,
    /// When it expires.
    pub expiry: Expiry,
    /// When the expiry was set: at the creation, or by the edit or reset that moved it last.
    pub expiry_set_at: Instant,
    /// Its current and its retiring secret.
    pub secrets: Secrets,
    /// Whether its holder may use `POST /introspect`. Only account passcodes can have this permission.
    pub introspect: bool,
    /// The scopes. Only tokens have any.
    pub scopes: Scopes,
    /// The rate limit. `None` means that the limit of the app applies.
    pub limit: Option<RateLimit>,
    /// The revocation, if there was one.
    pub revoked: Option<Revocation>,
    /// The deletion, if there was one.
    pub deleted: Option<Deletion>,
    /// The number of the audit record of the last change.
    pub audit_seq: AuditSeq,
}

impl Credential {
    /// The kind, which follows from the subject.
    pub fn kind(&self) -> CredentialKind {
        self.subject.kind()
    }

    /// The state at `now`.
    pub fn state(&self, now: Instant) -> State {
        State::of(self.deleted.is_some(), self.revoked.is_some(), self.expiry, now)
    }

    /// Whether the credential is neither revoked nor deleted. It may have expired.
    pub fn is_unrevoked(&self) -> bool {
        self.revoked.is_none() && self.deleted.is_none()
    }

    /// The previous secret, if it is still valid at `now`.
    pub fn retiring(&self, now: Instant) -> Option<&Retiring> {
        self.secrets.retiring(now)
    }
}

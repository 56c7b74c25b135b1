//! The head of a store.

use crate::domain::{
    audit::{ChainLink, GENESIS},
    instant::Instant,
    seq::{AuditSeq, CredentialSeq, MessageSeq},
};

/// The state after the newest commit. A store has one head, and every commit replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// When the store was initialized.
    pub created_at: Instant,
    /// The number of accounts.
    pub accounts: i64,
    /// The number of the newest credential; [`CredentialSeq::NONE`] if no credential was created yet.
    pub credentials: CredentialSeq,
    /// The number of apps, including removed ones.
    pub apps: i64,
    /// The number of districts, including removed ones.
    pub districts: i64,
    /// The number of the newest message; [`MessageSeq::NONE`] if no message was created yet.
    pub messages: MessageSeq,
    /// The number of the newest audit record. It grows with every change.
    pub audit_seq: AuditSeq,
    /// The time of the newest audit record. No later change has an earlier time.
    pub audit_at: Instant,
    /// The link of the newest audit record.
    pub audit_link: ChainLink,
    /// When the key was last copied for escrow; `None` if it never was.
    pub escrowed_at: Option<Instant>,
}

impl Head {
    /// Returns the head of a store that has no records yet.
    pub fn initial(created_at: Instant) -> Self {
        Self {
            created_at,
            accounts: 0,
            credentials: CredentialSeq::NONE,
            apps: 0,
            districts: 0,
            messages: MessageSeq::NONE,
            audit_seq: AuditSeq::NONE,
            audit_at: created_at,
            audit_link: GENESIS,
            escrowed_at: None,
        }
    }
}

//! The head of a store.

use crate::domain::{
    audit::{ChainLink, GENESIS},
    instant::Instant,
    seq::{AuditSeq, CredentialSeq, MessageSeq},
};

/// The number of sums that a head has: one for each table but the audit log and the head itself.
pub const MASKED_SUMS: usize = 10;

/// The sums over the rows of the tables, masked, with the nonce of the mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedSums {
    /// The nonce.
    pub nonce: [u8; 16],
    /// The masked sums.
    pub masked: [[u8; 16]; MASKED_SUMS],
}

/// The number of bytes of stored sums.
pub const MASKED_SUMS_LENGTH: usize = 16 * (1 + MASKED_SUMS);

impl MaskedSums {
    /// Returns the bytes that are stored.
    pub fn to_bytes(&self) -> [u8; MASKED_SUMS_LENGTH] {
        let mut bytes = [0; MASKED_SUMS_LENGTH];
        let parts = [&self.nonce].into_iter().chain(&self.masked);
        for (stored, part) in bytes.chunks_exact_mut(16).zip(parts) {
            stored.copy_from_slice(part);
        }
        bytes
    }

    /// Returns the sums of stored bytes.
    pub fn from_bytes(bytes: &[u8; MASKED_SUMS_LENGTH]) -> Self {
        let (mut nonce, mut masked) = ([0; 16], [[0; 16]; MASKED_SUMS]);
        let parts = [&mut nonce].into_iter().chain(&mut masked);
        for (part, stored) in parts.zip(bytes.chunks_exact(16)) {
            part.copy_from_slice(stored);
        }
        Self { nonce, masked }
    }
}

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
    /// The sums over the rows of the tables; `None` only while a store of an older version is migrated.
    pub sums: Option<MaskedSums>,
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
            sums: None,
        }
    }
}

//! Rows that belong together.

use super::{secret::SecretEntry, with_mac::WithMac};
use crate::domain::{
    credential::Credential,
    notice::OutboxMessage,
    seq::{AuditSeq, MessageSeq},
    usage::LastUse,
};

/// A row that was found by a key, and what the audit log says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow<T> {
    /// The row.
    pub row: WithMac<T>,
    /// The number of the newest audit record about the ID of the row; `None` if there is none.
    pub newest_audit: Option<AuditSeq>,
}

/// A credential and its last use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialRow {
    /// The credential.
    pub credential: WithMac<Credential>,
    /// Its last use; `None` if it was never used, or if the scan does not read last uses.
    pub last_use: Option<WithMac<LastUse>>,
}

/// The entry of a digest, and the credential that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretRow {
    /// The entry.
    pub entry: WithMac<SecretEntry>,
    /// The credential; `None` if it is missing.
    pub credential: Option<FoundRow<Credential>>,
}

/// A message of the outbox. One that was tampered with must not prevent the others from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// The number of the message.
    pub seq: MessageSeq,
    /// The message; `None` if a column has a value that gatepass did not write.
    pub message: Option<WithMac<OutboxMessage>>,
}

//! Rows that belong together.

use super::with_mac::WithMac;
use crate::domain::{
    credential::Credential, notice::OutboxMessage, seq::MessageSeq, usage::LastUse,
};

/// A credential and its last use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialRow {
    /// The credential.
    pub credential: WithMac<Credential>,
    /// Its last use; `None` if it was never used, or if the scan does not read last uses.
    pub last_use: Option<WithMac<LastUse>>,
}

/// A message of the outbox. One that was tampered with must not prevent the others from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// The number of the message.
    pub seq: MessageSeq,
    /// The message; `None` if a column has a value that gatepass did not write.
    pub message: Option<WithMac<OutboxMessage>>,
}

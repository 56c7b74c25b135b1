//! Requests to end overlaps, on their way from the workers to the usage writer.

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::domain::{credential::secret::Digest, seq::CredentialSeq};

/// Ends the overlap of a credential, because its current secret was used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OverlapEnd {
    /// The number of the credential.
    pub seq: CredentialSeq,
    /// The digest of the secret that was used.
    pub digest: Digest,
}

/// Creates the queue.
pub fn overlap_ends() -> (Sender<OverlapEnd>, Receiver<OverlapEnd>) {
    channel()
}

//! First uses of current secrets during overlaps, on their way from the workers to the usage writer.

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::domain::{credential::secret::Digest, seq::CredentialSeq};

/// The current secret of a credential was used for the first time during an overlap, which that may end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FirstUse {
    /// The number of the credential.
    pub seq: CredentialSeq,
    /// The digest of the secret that was used.
    pub digest: Digest,
}

/// Creates the queue.
pub fn first_uses() -> (Sender<FirstUse>, Receiver<FirstUse>) {
    channel()
}

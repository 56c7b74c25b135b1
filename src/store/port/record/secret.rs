//! The index from the digest of a secret to its credential.

use crate::domain::{credential::secret::Digest, seq::CredentialSeq};

/// The digest of a current or former secret, and its credential. Entries are never removed, so that a replaced secret
/// can be distinguished from an unknown one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretEntry {
    /// The keyed digest of the secret.
    pub digest: Digest,
    /// The number of the credential.
    pub credential: CredentialSeq,
}

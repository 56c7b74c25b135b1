//! References: what an admin types to name a credential.

use super::{
    id::{CredentialId, PartialId},
    text::fold,
};
use crate::domain::credential::secret;

/// A text that names a credential: an id, a name, an e-mail address, or the beginning of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    text: String,
}

/// What was typed is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a secret was given where a name or an id belongs; arguments can be seen by others, so treat it as exposed"
)]
pub struct SecretAsReference;

impl Reference {
    /// Reads what an admin typed.
    ///
    /// # Errors
    /// When it is shaped like a secret.
    pub fn parse(text: &str) -> Result<Self, SecretAsReference> {
        if secret::contains_secret(text) {
            return Err(SecretAsReference);
        }
        Ok(Self { text: text.to_owned() })
    }

    /// The reference that names this credential and no other, whatever is renamed meanwhile.
    pub fn from_id(id: CredentialId) -> Self {
        Self { text: id.to_string() }
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The whole id that it is, if it is one.
    pub fn id(&self) -> Option<CredentialId> {
        CredentialId::parse(&self.text)
    }

    /// The beginning of an id that it is, if it is one.
    pub fn partial_id(&self) -> Option<PartialId> {
        PartialId::parse(&self.text)
    }

    /// The form in which names and addresses are compared.
    pub fn folded(&self) -> String {
        fold(&self.text)
    }
}

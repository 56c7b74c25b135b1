//! References: what an admin types to name a credential, an app or a district.

use std::fmt;

use super::{
    id::{CredentialId, ObjectId, PartialId},
    text::fold,
};
use crate::domain::credential::secret;

/// A text that names a credential, an app or a district: an id, the start of an id, or the name or e-mail address of a
/// subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    text: String,
}

/// The text contains a secret instead of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a secret was given instead of a name or id; others can see arguments, so treat it as exposed"
)]
pub struct SecretAsReference;

impl Reference {
    /// Parses a reference as typed.
    ///
    /// # Errors
    /// The text looks like a secret.
    pub fn parse(text: &str) -> Result<Self, SecretAsReference> {
        if secret::contains_secret(text) {
            return Err(SecretAsReference);
        }
        Ok(Self { text: text.to_owned() })
    }

    /// A reference to exactly this credential. It stays valid when the credential is renamed.
    pub fn from_id(id: CredentialId) -> Self {
        Self { text: id.to_string() }
    }

    /// A reference to exactly this app or district. It stays valid when the app or district is renamed.
    pub fn from_object_id(id: ObjectId) -> Self {
        Self { text: id.to_string() }
    }

    /// Whether it is `-`, which stands for the references on stdin where it is an argument.
    pub fn is_stdin(&self) -> bool {
        self.text == "-"
    }

    /// The text as typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The complete id. `None` if the text is not one.
    pub fn id(&self) -> Option<CredentialId> {
        CredentialId::parse(&self.text)
    }

    /// The start of an id. `None` if the text is not one.
    pub fn partial_id(&self) -> Option<PartialId> {
        PartialId::parse(&self.text)
    }

    /// The form that names and addresses are compared in, regardless of case.
    pub fn folded(&self) -> String {
        fold(&self.text)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

//! Names that are unique within an account.

use crate::domain::{credential::CredentialKind, directory::account::AccountKey};

/// The set within which a name is unique, in each account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// The credentials of one kind.
    Credentials(CredentialKind),
    /// The names of districts.
    Districts,
    /// The external IDs of districts.
    ExternalIds,
}

impl Namespace {
    /// All namespaces.
    pub const ALL: [Self; 6] = [
        Self::Credentials(CredentialKind::Account),
        Self::Credentials(CredentialKind::User),
        Self::Credentials(CredentialKind::Token),
        Self::Credentials(CredentialKind::Legacy),
        Self::Districts,
        Self::ExternalIds,
    ];

    /// Returns the word that is stored for the namespace. For credentials it is the word for their kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Credentials(kind) => kind.as_str(),
            Self::Districts => "district",
            Self::ExternalIds => "external-id",
        }
    }

    /// Returns the namespace with this word; `None` if no namespace has it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|namespace| namespace.as_str() == text)
    }
}

/// A name, an email address or another text that only one credential or district of its namespace may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UniqueName {
    /// The account in which the name is unique.
    pub account: AccountKey,
    /// The namespace of the name.
    pub namespace: Namespace,
    /// The text, case folded.
    pub key: String,
    /// The number of the credential or district that has the name.
    pub holder: i64,
}

/// What identifies a unique name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UniqueNameKey {
    /// The account in which the name is unique.
    pub account: AccountKey,
    /// The namespace of the name.
    pub namespace: Namespace,
    /// The text, case folded.
    pub key: String,
}

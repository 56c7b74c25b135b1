//! The kinds of credential.

use super::secret::SecretKind;
use crate::domain::directory::id::IdPrefix;

/// The kind of a credential. It follows from the subject and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CredentialKind {
    /// An account passcode, given to one partner.
    Account,
    /// A user passcode, given to one user.
    User,
    /// A token, given to one app for one district.
    Token,
    /// A legacy key, which an app used before there were tokens. It is valid for all districts until its sunset.
    Legacy,
}

impl CredentialKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Account, Self::User, Self::Token, Self::Legacy];

    /// Returns the word that stores, flags and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::User => "user",
            Self::Token => "token",
            Self::Legacy => "legacy",
        }
    }

    /// Returns the noun that messages use.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Account => "account passcode",
            Self::User => "user passcode",
            Self::Token => "token",
            Self::Legacy => "legacy key",
        }
    }

    /// Parses the word that [`Self::as_str`] returns.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The kind of its secrets. `None` for legacy keys, which gatepass imports but never generates.
    pub fn secret_kind(self) -> Option<SecretKind> {
        match self {
            Self::Account => Some(SecretKind::AccountPasscode),
            Self::User => Some(SecretKind::UserPasscode),
            Self::Token => Some(SecretKind::Token),
            Self::Legacy => None,
        }
    }

    /// The prefix of its ids.
    pub fn id_prefix(self) -> IdPrefix {
        match self {
            Self::Account | Self::User => IdPrefix::Passcode,
            Self::Token => IdPrefix::Token,
            Self::Legacy => IdPrefix::Legacy,
        }
    }
}

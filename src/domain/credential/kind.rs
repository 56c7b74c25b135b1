//! The kinds of credential.

use super::secret::SecretKind;
use crate::domain::directory::id::IdPrefix;

/// The kinds of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CredentialKind {
    /// A passcode of an account, meant for one partner.
    Account,
    /// A passcode of one user.
    User,
    /// A token of one app for one district.
    Token,
    /// The key that an app had before there were tokens: good for all districts, until its sunset.
    Legacy,
}

impl CredentialKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Account, Self::User, Self::Token, Self::Legacy];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::User => "user",
            Self::Token => "token",
            Self::Legacy => "legacy",
        }
    }

    /// What a person calls it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Account => "account passcode",
            Self::User => "user passcode",
            Self::Token => "token",
            Self::Legacy => "legacy key",
        }
    }

    /// Reads the word for a kind.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The kind of its secrets; nobody makes those of legacy keys any more.
    pub fn secret_kind(self) -> Option<SecretKind> {
        match self {
            Self::Account => Some(SecretKind::AccountPasscode),
            Self::User => Some(SecretKind::UserPasscode),
            Self::Token => Some(SecretKind::Token),
            Self::Legacy => None,
        }
    }

    /// The class of its ids.
    pub fn id_prefix(self) -> IdPrefix {
        match self {
            Self::Account | Self::User => IdPrefix::Passcode,
            Self::Token => IdPrefix::Token,
            Self::Legacy => IdPrefix::Legacy,
        }
    }
}

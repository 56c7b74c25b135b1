//! Districts: those who decide which app sees what of them.

use std::fmt;

use super::{account::AccountKey, id::ObjectId, name::Name, text::TextError};
use crate::domain::{credential::Deletion, instant::Instant};

/// A district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Its number within the store: the order in which districts were added.
    pub seq: i64,
    /// Its public handle.
    pub id: ObjectId,
    /// The account whose API has its data.
    pub account: AccountKey,
    /// What it is called: unique among the account's districts in any case of letters.
    pub name: Name,
    /// What another system calls it, unique likewise.
    pub external_id: Option<ExternalId>,
    /// When it was added.
    pub created_at: Instant,
    /// By whom, in short.
    pub created_by: String,
    /// Whether and when it was removed; its name is free again then.
    pub removed: Option<Deletion>,
    /// The audit record of its last change.
    pub audit_seq: i64,
}

/// What another system calls a district, such as the number that a state gives it: 1 to 100 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalId(Name);

impl ExternalId {
    /// Reads one as it was typed.
    ///
    /// # Errors
    /// Says what is wrong and at which position.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        Name::parse_as("the external id", text).map(Self)
    }

    /// One from a record that was verified.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(Name::from_stored(text))
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What two of them share when they differ in the case of letters only.
    pub fn folded(&self) -> String {
        self.0.folded()
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

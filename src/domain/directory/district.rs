//! Districts: they decide which app can access which of their data.

use std::fmt;

use super::{account::AccountKey, id::ObjectId, name::Name, text::TextError};
use crate::domain::{
    credential::Deletion,
    instant::Instant,
    seq::{AuditSeq, DistrictSeq},
};

/// A district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// The number within the store, in the order of creation.
    pub seq: DistrictSeq,
    /// The public id.
    pub id: ObjectId,
    /// The account whose API has its data.
    pub account: AccountKey,
    /// The name. It is unique among the account's districts, regardless of case.
    pub name: Name,
    /// The id in another system. It is unique like the name.
    pub external_id: Option<ExternalId>,
    /// When it was added.
    pub created_at: Instant,
    /// The short form of the actor who added it.
    pub created_by: String,
    /// The removal, if there was one. It frees the name.
    pub removed: Option<Deletion>,
    /// The number of the audit record of the last change.
    pub audit_seq: AuditSeq,
}

/// The id of a district in another system, such as the number that a state assigns: 1 to 100 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalId(Name);

impl ExternalId {
    /// Parses an id as typed.
    ///
    /// # Errors
    /// The text is invalid. The error contains the position.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        Name::parse_as("the external id", text).map(Self)
    }

    /// An id from a verified record.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(Name::from_stored(text))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The form that ids are compared in, regardless of case.
    pub fn folded(&self) -> String {
        self.0.folded()
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

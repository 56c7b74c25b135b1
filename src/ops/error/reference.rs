//! The error of a reference that can mean several records.

use super::directory::AppOrDistrict;
use crate::domain::{credential::CredentialKind, directory::account::AccountId};

/// What kind of record a reference can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// A credential of this kind.
    Credential(CredentialKind),
    /// An app or a district.
    Directory(AppOrDistrict),
    /// An account.
    Account,
}

impl CandidateKind {
    /// Returns the noun for messages, such as `user passcode` or `district`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Credential(kind) => kind.noun(),
            Self::Directory(kind) => kind.as_str(),
            Self::Account => "account",
        }
    }

    /// Returns the noun for all records of the same table, in the plural.
    fn table_noun(self) -> &'static str {
        match self {
            Self::Credential(_) => "credentials",
            Self::Directory(AppOrDistrict::App) => "apps",
            Self::Directory(AppOrDistrict::District) => "districts",
            Self::Account => "accounts",
        }
    }
}

/// A record that an ambiguous reference can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The kind of the record.
    pub kind: CandidateKind,
    /// Its id, which is a reference to this record alone.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// The account that it belongs to, or is.
    pub account: AccountId,
}

/// A reference can mean several records, and none takes precedence.
#[derive(Debug, thiserror::Error)]
#[error("{reference} matches {count} {}", noun(candidates))]
pub struct AmbiguousReference {
    /// The reference as typed.
    pub reference: String,
    /// The number of records that it can mean.
    pub count: usize,
    /// The first of them.
    pub candidates: Vec<Candidate>,
}

fn noun(candidates: &[Candidate]) -> &'static str {
    let mut nouns = candidates.iter().map(|one| one.kind.table_noun());
    let first = nouns.next().unwrap_or("records");
    if nouns.all(|noun| noun == first) { first } else { "records" }
}

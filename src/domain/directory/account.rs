//! Accounts: id, region and policy.

use std::fmt;

use rand::{CryptoRng, RngExt};

use super::name::Name;
use crate::domain::{
    credential::Deletion,
    instant::Instant,
    legacy::{LegacyPolicy, LegacyStage},
    seq::AuditSeq,
};

/// The most account passcodes of an account. Deleted ones do not count.
pub const PASSCODE_CAP: u8 = 100;

/// The public id of an account, such as `948-4KK-444Z` or `TEST-948-4KK-444Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId {
    text: [u8; 17],
    length: u8,
}

/// The text is not an Account ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "that is not an Account ID; use the form 948-4KK-444Z, or TEST-948-4KK-444Z for a test account"
)]
pub struct AccountIdError;

impl AccountId {
    /// Parses `^(TEST-)?[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}$`.
    ///
    /// # Errors
    /// The text has another form.
    pub fn parse(text: &str) -> Result<Self, AccountIdError> {
        let number = text.strip_prefix("TEST-").unwrap_or(text).as_bytes();
        let is_valid = number.len() == 12
            && number.iter().enumerate().all(|(at, byte)| match at {
                3 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            });
        if !is_valid {
            return Err(AccountIdError);
        }
        let mut id = Self { text: [0; 17], length: text.len() as u8 };
        id.text[..text.len()].copy_from_slice(text.as_bytes());
        Ok(id)
    }

    /// Parses an id as people type it: in any case, with or without the dashes.
    ///
    /// # Errors
    /// The text has another form.
    pub fn parse_typed(text: &str) -> Result<Self, AccountIdError> {
        let compact = text.replace('-', "").to_ascii_uppercase();
        let (prefix, number) = match compact.strip_prefix("TEST") {
            Some(number) if number.len() == 10 => ("TEST-", number),
            _ => ("", compact.as_str()),
        };
        match (number.get(..3), number.get(3..6), number.get(6..)) {
            (Some(first), Some(second), Some(third)) => {
                Self::parse(&format!("{prefix}{first}-{second}-{third}"))
            }
            _ => Err(AccountIdError),
        }
    }

    /// Generates an id with the alphabet and the ending of the vendor's ids.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let alphabet = b"456789KRWZ";
        let mut id = Self { text: [0; 17], length: 12 };
        for at in 0..12 {
            id.text[at] = match at {
                3 | 7 => b'-',
                10 => alphabet[entropy.random_range(0..6)],
                11 => b'Z',
                _ => alphabet[entropy.random_range(0..alphabet.len())],
            };
        }
        id
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The region where the API of an account runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Europe, the default.
    Eu1,
    /// India.
    In1,
    /// Singapore.
    Sg1,
    /// United States.
    Us1,
    /// Indonesia.
    Aps3,
    /// Middle East.
    Mec1,
}

impl Region {
    /// All regions, in the order of help and messages.
    pub const ALL: [Self; 6] = [Self::Eu1, Self::In1, Self::Sg1, Self::Us1, Self::Aps3, Self::Mec1];

    /// Returns the word that stores, flags and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eu1 => "eu1",
            Self::In1 => "in1",
            Self::Sg1 => "sg1",
            Self::Us1 => "us1",
            Self::Aps3 => "aps3",
            Self::Mec1 => "mec1",
        }
    }

    /// Parses the word that [`Self::as_str`] returns.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.as_str() == text)
    }
}

/// An API account, whose credentials are managed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The number within the store, which credentials refer to.
    pub key: AccountKey,
    /// The public id.
    pub id: AccountId,
    /// The name that an admin chose.
    pub name: Name,
    /// The region of its API.
    pub region: Region,
    /// Whether account passcodes are refused, so that every caller is a known user.
    pub require_user_passcode: bool,
    /// How the account phases out its legacy keys. `None` if there is no plan to do so.
    pub legacy: Option<LegacyPolicy>,
    /// When it was added.
    pub created_at: Instant,
    /// When and by whom it was removed. `None` if it was not removed.
    pub removed: Option<Deletion>,
    /// The number of the audit record of the last change.
    pub audit_seq: AuditSeq,
}

impl Account {
    /// Whether its legacy keys are refused at `now`.
    pub fn legacy_sunset_has_passed(&self, now: Instant) -> bool {
        self.legacy.as_ref().is_some_and(|policy| policy.stage(now) == LegacyStage::Sunset)
    }
}

/// The number of an account within its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey(pub i64);

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn account_ids_have_the_documented_format() {
        for valid in ["948-4KK-444Z", "TEST-948-4KK-444Z", "AAA-000-ZZZZ"] {
            assert_eq!(AccountId::parse(valid).unwrap().as_str(), valid);
        }
        for bad in [
            "",
            "948-4KK-444",
            "948-4kk-444Z",
            "9484KK444Z",
            "test-948-4KK-444Z",
            "948-4KK-444Z ",
            "٣48-4KK-444Z",
        ] {
            assert_eq!(AccountId::parse(bad), Err(AccountIdError), "{bad:?}");
        }
    }

    #[test]
    fn people_may_type_an_account_id_in_lower_case_and_without_dashes() {
        for (typed, id) in [
            ("948-4KK-444Z", "948-4KK-444Z"),
            ("9484kk444z", "948-4KK-444Z"),
            ("948-4kk-444z", "948-4KK-444Z"),
            ("test9484KK444Z", "TEST-948-4KK-444Z"),
            ("Test-948-4kk-444z", "TEST-948-4KK-444Z"),
            ("TESTABCDEF", "TES-TAB-CDEF"),
        ] {
            assert_eq!(AccountId::parse_typed(typed).unwrap().as_str(), id);
        }
        for bad in
            ["", "-", "948-4KK-444", "948 4KK 444Z", "948-4KK-444ZZ", "9484kk444\u{e4}", "test"]
        {
            assert_eq!(AccountId::parse_typed(bad), Err(AccountIdError), "{bad:?}");
        }
    }

    #[test]
    fn generated_account_ids_use_the_expected_alphabet_and_ending() {
        let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        for _ in 0..200 {
            let id = AccountId::generate(&mut entropy);
            assert_eq!(AccountId::parse(id.as_str()), Ok(id));
            assert!(id.as_str().ends_with('Z') && id.text[10].is_ascii_digit(), "{id}");
        }
    }
}

//! Credentials: records that can authenticate, and the states they go through.

use std::fmt;

use rand::CryptoRng;

use super::{
    account::AccountKey,
    instant::{DAY, Instant},
    lifetime::{Expiry, Lifetime},
    name::{Email, Name, Note},
    secret::{Digest, SecretKind},
};

/// How long before its end a credential counts as expiring, in seconds: 30 days.
pub const EXPIRING: i64 = 30 * DAY;

/// The kinds of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A passcode of an account, meant for one partner.
    Account,
    /// A passcode of one user.
    User,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Account, Self::User];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::User => "user",
        }
    }

    /// Reads the word for a kind.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The kind of its secrets.
    pub fn secret_kind(self) -> SecretKind {
        match self {
            Self::Account => SecretKind::AccountPasscode,
            Self::User => SecretKind::UserPasscode,
        }
    }
}

/// The public handle of a credential, such as `pc_4f1c…`: 12 random bytes, no part of any secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(pub [u8; 12]);

/// What ids of passcodes begin with.
pub const PASSCODE_PREFIX: &str = "pc_";
/// The characters of an id.
pub const ID_LENGTH: usize = 27;

impl CredentialId {
    /// A new one.
    pub fn generate(entropy: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 12];
        entropy.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Reads a whole id.
    pub fn parse(text: &str) -> Option<Self> {
        let prefix = IdPrefix::parse(text)?;
        (prefix.nibbles == 24).then_some(Self(prefix.least))
    }

    /// The text of the id, without an allocation.
    pub fn text(self) -> [u8; ID_LENGTH] {
        let mut text = [0; ID_LENGTH];
        text[..3].copy_from_slice(PASSCODE_PREFIX.as_bytes());
        for (pair, byte) in text[3..].chunks_exact_mut(2).zip(self.0) {
            pair[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
            pair[1] = b"0123456789abcdef"[usize::from(byte & 15)];
        }
        text
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.text()).unwrap_or_default())
    }
}

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The beginning of an id: at least four characters after its `_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdPrefix {
    /// The least id that begins so.
    pub least: [u8; 12],
    /// The greatest id that begins so.
    pub greatest: [u8; 12],
    nibbles: usize,
}

impl IdPrefix {
    /// Reads the beginning of an id, or a whole one.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix(PASSCODE_PREFIX)?.as_bytes();
        let fits = (4..=24).contains(&hex.len())
            && hex.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !fits {
            return None;
        }
        let (mut least, mut greatest) = ([0; 12], [0xff; 12]);
        for (at, byte) in hex.iter().enumerate() {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'a' + 10 };
            let (shift, keep) = if at % 2 == 0 { (4, 0x0f) } else { (0, 0xf0) };
            least[at / 2] = least[at / 2] & keep | value << shift;
            greatest[at / 2] = greatest[at / 2] & keep | value << shift;
        }
        Some(Self { least, greatest, nibbles: hex.len() })
    }
}

/// Whether a text would be taken for an id or the beginning of one, of any kind there is or will be.
pub fn looks_like_id(text: &str) -> bool {
    ["pc_", "tk_", "lk_"].iter().any(|prefix| {
        text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && text.len() >= 7
            && text[3..].bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Whom a credential belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A partner, by the name that the account gave it.
    Partner(Name),
    /// A user, by e-mail address.
    User(Email),
}

impl Owner {
    /// The kind of credential that such an owner holds.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Partner(_) => Kind::Account,
            Self::User(_) => Kind::User,
        }
    }

    /// The name or the address.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Partner(name) => name.as_str(),
            Self::User(email) => email.as_str(),
        }
    }

    /// What no two owners of one kind in an account share.
    pub fn key(&self) -> String {
        match self {
            Self::Partner(name) => name.key(),
            Self::User(email) => email.key(),
        }
    }
}

/// The secrets of a credential, as far as a record knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// How many there have been, the present one included.
    pub generation: u32,
    /// The digest of the current one; `None` when it was withdrawn because nobody received it.
    pub current: Option<Digest>,
    /// When the current one was made.
    pub made_at: Instant,
    /// When it was handed over, if it is known that it was.
    pub delivered_at: Option<Instant>,
    /// The one before, while it still lives.
    pub retiring: Option<Retiring>,
}

/// An old secret during the overlap of a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retiring {
    /// Its digest.
    pub digest: Digest,
    /// When it ends at the latest.
    pub until: Instant,
    /// Whether the first use of the new secret ends it.
    pub until_used: bool,
}

/// That and why a credential was revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// When.
    pub at: Instant,
    /// By whom, in short.
    pub by: String,
    /// Why, if it was said.
    pub reason: Option<RevocationReason>,
}

/// Why a credential was revoked, in the words of RFC 5280, section 5.3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationReason {
    /// Somebody else may know the secret.
    KeyCompromise,
    /// Another credential took its place.
    Superseded,
    /// Nobody needs it any more.
    NoLongerNeeded,
    /// Its owner may no longer have it.
    PrivilegeWithdrawn,
    /// Its secret could not be shown; only gatepass itself gives this reason.
    NotDelivered,
}

impl RevocationReason {
    /// What an admin may say.
    pub const SAYABLE: [Self; 4] =
        [Self::KeyCompromise, Self::Superseded, Self::NoLongerNeeded, Self::PrivilegeWithdrawn];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyCompromise => "key-compromise",
            Self::Superseded => "superseded",
            Self::NoLongerNeeded => "no-longer-needed",
            Self::PrivilegeWithdrawn => "privilege-withdrawn",
            Self::NotDelivered => "not-delivered",
        }
    }

    /// Reads the word for any reason, `not-delivered` included.
    pub fn parse(text: &str) -> Option<Self> {
        let all = Self::SAYABLE.into_iter().chain([Self::NotDelivered]);
        all.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// That a credential was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// When.
    pub at: Instant,
    /// By whom, in short.
    pub by: String,
}

/// A record that can authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its number within the store: the order of creation.
    pub seq: i64,
    /// Its public handle.
    pub id: CredentialId,
    /// The account that it belongs to.
    pub account: AccountKey,
    /// Whom it was given to.
    pub owner: Owner,
    /// The place under the cap that it takes, 1 to 100; account passcodes that are not deleted have one.
    pub slot: Option<u8>,
    /// A free text.
    pub note: Option<Note>,
    /// The number of the one that the same user had before, if it is not deleted.
    pub previous: Option<i64>,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it, in short.
    pub created_by: String,
    /// What was asked for.
    pub lifetime: Lifetime,
    /// When it ends.
    pub expiry: Expiry,
    /// Its secrets.
    pub secrets: Secrets,
    /// Whether, when and why it was revoked.
    pub revoked: Option<Revocation>,
    /// Whether and when it was deleted.
    pub deleted: Option<Deletion>,
    /// The audit record of its last change.
    pub audit_seq: i64,
}

/// What a credential is at some instant: computed, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Good for more than 30 days.
    Active,
    /// Good, for 30 days or less.
    Expiring,
    /// Past its end.
    Expired,
    /// Ended by an admin, still listed.
    Revoked,
    /// Ended by an admin and no longer listed.
    Deleted,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Active, Self::Expiring, Self::Expired, Self::Revoked, Self::Deleted];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Deleted => "deleted",
        }
    }

    /// Reads the word for a state.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether its secret opens anything.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
    }
}

impl Credential {
    /// The kind of this credential.
    pub fn kind(&self) -> Kind {
        self.owner.kind()
    }

    /// Its state at `now`.
    pub fn state(&self, now: Instant) -> State {
        if self.deleted.is_some() {
            State::Deleted
        } else if self.revoked.is_some() {
            State::Revoked
        } else if self.expiry.is_over(now) {
            State::Expired
        } else if self.expiry.is_over(now.plus(EXPIRING)) {
            State::Expiring
        } else {
            State::Active
        }
    }

    /// Whether neither revocation nor deletion has ended it; it may have expired.
    pub fn is_open(&self) -> bool {
        self.revoked.is_none() && self.deleted.is_none()
    }

    /// The old secret that still lives at `now`, if there is one.
    pub fn retiring(&self, now: Instant) -> Option<&Retiring> {
        self.secrets.retiring.as_ref().filter(|retiring| now < retiring.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn ids_are_read_as_they_are_written() {
        let id = CredentialId::generate(&mut rand_chacha::ChaCha8Rng::seed_from_u64(1));
        assert_eq!(CredentialId::parse(&id.to_string()), Some(id));
        assert_eq!(id.to_string().len(), ID_LENGTH);
        assert!(looks_like_id(&id.to_string()));
    }

    #[test]
    fn the_beginning_of_an_id_spans_those_that_begin_so() {
        let prefix = IdPrefix::parse("pc_01abc").unwrap();
        assert_eq!(prefix.least[..4], [0x01, 0xab, 0xc0, 0]);
        assert_eq!(prefix.greatest[..4], [0x01, 0xab, 0xcf, 0xff]);
        for bad in ["pc_01a", "pc_01AB", "pc_", "01abcd", "tk_01abcd", "pc_01abg"] {
            assert_eq!(IdPrefix::parse(bad), None, "{bad:?}");
        }
        assert_eq!(CredentialId::parse("pc_01abc"), None);
    }
}

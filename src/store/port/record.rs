//! What a store keeps beside the domain's own records, and the seal that all of them carry.

use crate::domain::{
    audit::{AuditRecord, ChainLink, GENESIS},
    credential::{Credential, CredentialKind, lifetime::Expiry, secret::Digest},
    directory::account::AccountKey,
    instant::Instant,
    notice::{DeliveryResult, OutboxMessage},
};

/// The code that binds the fields of a record: HMAC-SHA256, cut to 16 bytes (RFC 2104, section 5).
pub type Mac = [u8; 16];

/// A record as it lies in a database: not to be believed before its MAC was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithMac<T> {
    /// The record.
    pub record: T,
    /// Its MAC.
    pub mac: Mac,
}

/// What the newest commit left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// When the store was founded.
    pub created_at: Instant,
    /// How many accounts there are.
    pub accounts: i64,
    /// The number of the newest credential.
    pub credentials: i64,
    /// How many apps there are, the removed ones included.
    pub apps: i64,
    /// How many districts there are, the removed ones included.
    pub districts: i64,
    /// The number of the newest message.
    pub messages: i64,
    /// The number of the newest audit record; it grows with every change.
    pub audit_seq: i64,
    /// The instant of the newest audit record: time never goes back behind it.
    pub audit_at: Instant,
    /// The link of the newest audit record.
    pub audit_link: ChainLink,
    /// When the key was last copied for escrow.
    pub escrowed_at: Option<Instant>,
}

/// Whose digest it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretEntry {
    /// The digest.
    pub digest: Digest,
    /// The number of the credential.
    pub credential: i64,
}

/// Where a name is unique within an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// Among the credentials of a kind.
    Credentials(CredentialKind),
    /// Among the districts.
    Districts,
    /// Among what other systems call the districts.
    ExternalIds,
}

impl Namespace {
    /// Every register.
    pub const ALL: [Self; 6] = [
        Self::Credentials(CredentialKind::Account),
        Self::Credentials(CredentialKind::User),
        Self::Credentials(CredentialKind::Token),
        Self::Credentials(CredentialKind::Legacy),
        Self::Districts,
        Self::ExternalIds,
    ];

    /// The word for it; that of a kind of credential is the kind's.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Credentials(kind) => kind.as_str(),
            Self::Districts => "district",
            Self::ExternalIds => "external-id",
        }
    }

    /// Reads the word for a register.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|register| register.as_str() == text)
    }
}

/// Who holds a name, an address, or another text that is nobody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UniqueName {
    /// In which account.
    pub account: AccountKey,
    /// In which register.
    pub namespace: Namespace,
    /// The text, case folded.
    pub key: String,
    /// The number of the credential or the district.
    pub holder: i64,
}

/// How many credentials or messages there must be in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Of which account.
    pub account: AccountKey,
    /// In which bucket; see [`Bucket::number`].
    pub key: i64,
    /// How many.
    pub count: i64,
}

/// What a message is named by: its number, and the place in the audit log that it follows. Under a store that was put
/// back to an older state, another message of the same number has another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageIdSeed {
    /// Its number.
    pub seq: i64,
    /// The link of the newest audit record.
    pub link: ChainLink,
}

/// An audit record and its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The record.
    pub record: AuditRecord,
    /// SHA-256 over the link before and the record.
    pub link: ChainLink,
}

/// A place in the audit log, to be kept elsewhere: whoever has it can tell whether the log still extends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The number of the newest record at the time.
    pub seq: i64,
    /// Its link.
    pub link: ChainLink,
}

impl Checkpoint {
    /// Where every log begins.
    pub const GENESIS: Self = Self { seq: 0, link: GENESIS };
}

/// What credentials and messages are counted by. Every credential is in exactly one of the first three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CounterKey {
    /// Neither revoked nor deleted, ends on this day since the epoch.
    ExpiresOn(i64),
    /// Neither revoked nor deleted, never ends.
    NeverExpires,
    /// Revoked or deleted.
    Closed,
    /// Takes a place under the cap; counted apart from the others.
    Slots,
    /// A token of the app with this number that is not deleted; counted apart, too.
    Tokens(i64),
    /// A message to the app with this number that ended so, or not yet; such buckets count no credentials at all.
    Messages(Option<DeliveryResult>, i64),
}

impl CounterKey {
    /// The number under which it is kept.
    pub fn number(self) -> i64 {
        match self {
            Self::ExpiresOn(day) => day,
            Self::NeverExpires => i64::MAX,
            Self::Closed => -1,
            Self::Slots => -2,
            Self::Tokens(app) => -2 - app,
            Self::Messages(outcome, app) => *Self::messages_range(outcome).end() - app,
        }
    }

    /// The numbers of the buckets that together hold every credential once.
    pub const ALL_CREDENTIALS: std::ops::RangeInclusive<i64> = -1..=i64::MAX;

    /// The numbers of the buckets of all messages that ended so, or not yet, whatever their app: each a room that apps
    /// never fill.
    pub fn messages_range(outcome: Option<DeliveryResult>) -> std::ops::RangeInclusive<i64> {
        const KEYS_PER_RESULT: i64 = 1 << 40;
        let place = match outcome {
            None => 1,
            Some(DeliveryResult::Delivered) => 2,
            Some(DeliveryResult::GivenUp) => 3,
            Some(DeliveryResult::Gone) => 4,
            Some(DeliveryResult::NoWebhook) => 5,
        };
        1 - KEYS_PER_RESULT * (place + 1)..=-KEYS_PER_RESULT * place
    }

    /// The bucket of a message.
    pub fn of_message(message: &OutboxMessage) -> Self {
        Self::Messages(message.result(), message.app)
    }

    /// Every bucket that a credential counts in; `app` is the number of its app, if it is a token.
    pub fn of_credential(credential: &Credential, app: Option<i64>) -> impl Iterator<Item = Self> {
        let place = credential.slot.map(|_| Self::Slots);
        let token = app.filter(|_| credential.deleted.is_none()).map(Self::Tokens);
        [Self::lifecycle_key(credential)].into_iter().chain(place).chain(token)
    }

    /// The bucket of the first three that a credential counts in.
    fn lifecycle_key(credential: &Credential) -> Self {
        match credential.expiry {
            _ if !credential.is_unrevoked() => Self::Closed,
            Expiry::At(end) => Self::ExpiresOn(end.day()),
            Expiry::Never => Self::NeverExpires,
        }
    }
}

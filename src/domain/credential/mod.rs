//! Credentials: records that can authenticate, and the states they go through.

pub mod display_name;
pub mod lifetime;
pub mod rate_limit;
pub mod scope;
pub mod secret;
pub mod subject;

use super::{
    credential::{
        lifetime::{Expiry, Lifetime, Overlap},
        rate_limit::RateLimit,
        scope::Scopes,
        secret::{Digest, SecretKind},
        subject::Subject,
    },
    directory::{
        account::AccountKey,
        id::{CredentialId, IdPrefix},
        name::Note,
    },
    instant::{DAY, Instant},
};

/// How long before its end a credential counts as expiring, in seconds: 30 days.
pub const EXPIRING_WINDOW: i64 = 30 * DAY;

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

/// The secrets of a credential, as far as a record knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// How many there have been, the present one included; 0 as long as the app has not picked its token up.
    pub generation: u32,
    /// The digest of the current one; `None` when there was none yet, or when it was withdrawn because nobody received
    /// it.
    pub current: Option<Digest>,
    /// When the current one was made.
    pub created_at: Instant,
    /// When it was handed over, if it is known that it was.
    pub delivered_at: Option<Instant>,
    /// The one before, while it still lives.
    pub retiring: Option<Retiring>,
}

impl Secrets {
    /// Whether there was none yet: it is made when its holder first asks for it.
    pub fn awaits_pickup(&self) -> bool {
        self.generation == 0
    }

    /// Whether the present one was taken back, because nobody received it.
    pub fn is_withdrawn(&self) -> bool {
        self.current.is_none() && !self.awaits_pickup()
    }

    /// The old one that still lives at `now`, if there is one.
    pub fn retiring(&self, now: Instant) -> Option<&Retiring> {
        self.retiring.as_ref().filter(|retiring| now < retiring.until)
    }

    /// Puts a secret that was made at `now` into the place of the current one, which lives on through the overlap, but
    /// not past `end`. One that was retiring before ends now: there is at most one.
    pub fn replace(&mut self, new: Digest, now: Instant, overlap: Overlap, end: Expiry) {
        let old = self.current.or_else(|| self.retiring(now).map(|retiring| retiring.digest));
        self.retiring = old.filter(|_| !overlap.is_none()).map(|digest| Retiring {
            digest,
            until: overlap.end(now, end),
            until_used: overlap.until_used,
        });
        self.generation += 1;
        (self.current, self.created_at, self.delivered_at) = (Some(new), now, None);
    }
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
    pub const SELECTABLE: [Self; 4] =
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
        let all = Self::SELECTABLE.into_iter().chain([Self::NotDelivered]);
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
    pub subject: Subject,
    /// The place under the cap that it takes, 1 to 100; account passcodes that are not deleted have one.
    pub slot: Option<u8>,
    /// A free text.
    pub note: Option<Note>,
    /// The number of the one that the same holder had before, if it is not deleted.
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
    /// Whether its holder may ask the gate whose secret another one is; only an account passcode's ever may.
    pub introspect: bool,
    /// What it is good for; only tokens have scopes.
    pub scopes: Scopes,
    /// How many requests a minute it is good for, where that is not what its app says.
    pub limit: Option<RateLimit>,
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

    /// The state at `now` of a credential that was, or was not, deleted and revoked.
    pub fn of(is_deleted: bool, is_revoked: bool, expiry: Expiry, now: Instant) -> Self {
        if is_deleted {
            Self::Deleted
        } else if is_revoked {
            Self::Revoked
        } else if expiry.has_passed(now) {
            Self::Expired
        } else if expiry.has_passed(now.plus(EXPIRING_WINDOW)) {
            Self::Expiring
        } else {
            Self::Active
        }
    }

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
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
    }
}

impl Credential {
    /// The kind of this credential.
    pub fn kind(&self) -> CredentialKind {
        self.subject.kind()
    }

    /// Its state at `now`.
    pub fn state(&self, now: Instant) -> State {
        State::of(self.deleted.is_some(), self.revoked.is_some(), self.expiry, now)
    }

    /// Whether neither revocation nor deletion has ended it; it may have expired.
    pub fn is_unrevoked(&self) -> bool {
        self.revoked.is_none() && self.deleted.is_none()
    }

    /// The old secret that still lives at `now`, if there is one.
    pub fn retiring(&self, now: Instant) -> Option<&Retiring> {
        self.secrets.retiring(now)
    }
}

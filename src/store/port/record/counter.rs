//! Counters: how many credentials and messages must exist, so that a missing row is noticed.

use std::ops::RangeInclusive;

use crate::domain::{
    credential::{Credential, lifetime::Expiry},
    directory::account::AccountKey,
    instant::Day,
    notice::{DeliveryResult, OutboxMessage, Recipient},
    seq::AppSeq,
};

/// The number of credentials or messages of an account that belong to one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// The account of the credentials or messages.
    pub account: AccountKey,
    /// The key, as [`CounterKey::number`] returns it.
    pub key: i64,
    /// The number of credentials or messages; never negative.
    pub count: i64,
}

/// A key under which credentials or messages are counted. Each credential counts under exactly one of the first three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CounterKey {
    /// Credentials that are neither revoked nor deleted and expire on this day (UTC).
    ExpiresOn(Day),
    /// Credentials that are neither revoked nor deleted and never expire.
    NeverExpires,
    /// Credentials that are revoked or deleted.
    Closed,
    /// Credentials that use a slot. They also count under one of the first three keys.
    Slots,
    /// Tokens of the app with this number that are not deleted. They also count under one of the first three keys.
    Tokens(AppSeq),
    /// Messages to the app with this number that have this result; `None` for pending ones. No credential counts here.
    Messages(Option<DeliveryResult>, AppSeq),
}

impl CounterKey {
    /// Returns the number under which the counter is stored.
    pub fn number(self) -> i64 {
        match self {
            Self::ExpiresOn(day) => day.0,
            Self::NeverExpires => i64::MAX,
            Self::Closed => -1,
            Self::Slots => -2,
            Self::Tokens(app) => -2 - app.0,
            Self::Messages(result, app) => *Self::messages_range(result).end() - app.0,
        }
    }

    /// The numbers of the keys that together count every credential once.
    pub const ALL_CREDENTIALS: RangeInclusive<i64> = -1..=i64::MAX;

    /// Returns the numbers of the keys of all days up to `last`.
    pub fn expiring_until(last: Day) -> RangeInclusive<i64> {
        Self::ExpiresOn(Day::EPOCH).number()..=Self::ExpiresOn(last).number()
    }

    /// Returns the numbers of the keys of all messages with this result, or of all pending ones, whatever their app.
    /// Each range has room for more apps than a store can hold.
    pub fn messages_range(result: Option<DeliveryResult>) -> RangeInclusive<i64> {
        const KEYS_PER_RESULT: i64 = 1 << 40;
        let position = match result {
            None => 1,
            Some(DeliveryResult::Delivered) => 2,
            Some(DeliveryResult::GivenUp) => 3,
            Some(DeliveryResult::Gone) => 4,
            Some(DeliveryResult::NoWebhook) => 5,
        };
        1 - KEYS_PER_RESULT * (position + 1)..=-KEYS_PER_RESULT * position
    }

    /// Returns the key under which a message counts.
    pub fn of_message(message: &OutboxMessage) -> Self {
        let Recipient::App(app) = message.recipient;
        Self::Messages(message.result(), app)
    }

    /// Returns every key under which a credential counts. `app` is the number of its app if it is a token, else
    /// `None`.
    pub fn of_credential(
        credential: &Credential,
        app: Option<AppSeq>,
    ) -> impl Iterator<Item = Self> {
        let slot = credential.slot.map(|_| Self::Slots);
        let token = app.filter(|_| credential.deleted.is_none()).map(Self::Tokens);
        [Self::lifecycle_key(credential)].into_iter().chain(slot).chain(token)
    }

    /// Returns the one of the first three keys under which a credential counts.
    fn lifecycle_key(credential: &Credential) -> Self {
        match credential.expiry {
            _ if !credential.is_unrevoked() => Self::Closed,
            Expiry::At(expiry) => Self::ExpiresOn(expiry.day()),
            Expiry::Never => Self::NeverExpires,
        }
    }
}

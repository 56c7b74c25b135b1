//! Counters: how many credentials and messages an index must have, so that a missing entry is noticed.

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

/// A key under which credentials or messages are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CounterKey {
    /// Credentials that are neither revoked nor deleted and expire on this day (UTC).
    ExpiresOn(Day),
    /// Credentials that use a slot.
    Slots,
    /// Tokens of the app with this number that are not deleted.
    Tokens(AppSeq),
    /// Messages to the app with this number that have this result; `None` for pending ones. No credential counts here.
    Messages(Option<DeliveryResult>, AppSeq),
}

impl CounterKey {
    /// Returns the number under which the counter is stored.
    pub fn number(self) -> i64 {
        match self {
            Self::ExpiresOn(day) => day.0,
            Self::Slots => -2,
            Self::Tokens(app) => -2 - app.0,
            Self::Messages(result, app) => *Self::messages_range(result).end() - app.0,
        }
    }

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
        let day = match credential.expiry {
            Expiry::At(expiry) if credential.is_unrevoked() => Some(Self::ExpiresOn(expiry.day())),
            _ => None,
        };
        let slot = credential.slot.map(|_| Self::Slots);
        let token = app.filter(|_| credential.deleted.is_none()).map(Self::Tokens);
        [day, slot, token].into_iter().flatten()
    }
}

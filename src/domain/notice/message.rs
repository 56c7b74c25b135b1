//! Messages: what an app is told of a token, and what became of it.

use std::fmt;

use super::event::Event;
use crate::domain::instant::{DAY, Instant};

/// The seconds for which a message is kept after its end: 30 days.
pub const RETENTION: i64 = 30 * DAY;

/// The id of a message, such as `msg_4f1c…`. It is the same in every repeat, so that a receiver knows what it has seen, and has no full stop in it, which would let the end of an id be taken for a timestamp.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub [u8; 12]);

/// What the ids of messages begin with.
const MESSAGE_ID_PREFIX: &str = "msg_";

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MESSAGE_ID_PREFIX)?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What an app is told of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Its number within the store: the order in which things happened.
    pub seq: i64,
    /// What it is called in every repeat.
    pub id: MessageId,
    /// The number of the app.
    pub app: i64,
    /// What happened.
    pub event: Event,
    /// The number of the token.
    pub credential: i64,
    /// When the token ended, as it stood then.
    pub token_expires_at: Option<Instant>,
    /// The JSON text that is sent.
    pub body: String,
    /// When it happened.
    pub created_at: Instant,
    /// How often it was tried, the present attempt included.
    pub attempts: u32,
    /// When it is to be tried next. While it is tried, that is when another may try it: whoever tries it now would then
    /// have died over it.
    pub next_attempt_at: Instant,
    /// Why the last attempt failed.
    pub failure: Option<String>,
    /// That and how it ended.
    pub ended: Option<MessageEnd>,
}

/// That a message will not be sent any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageEnd {
    /// Since when.
    pub at: Instant,
    /// Why.
    pub result: DeliveryResult,
}

/// Why a message is not sent any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliveryResult {
    /// The receiver acknowledged it.
    Delivered,
    /// It did not for three days.
    GivenUp,
    /// The receiver wants no more messages.
    Gone,
    /// The app's webhook was taken away.
    NoWebhook,
}

impl DeliveryResult {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Delivered, Self::GivenUp, Self::Gone, Self::NoWebhook];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
            Self::Gone => "gone",
            Self::NoWebhook => "no_webhook",
        }
    }

    /// Reads the word for an outcome.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

    /// Whether the app was not told though it should have been.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::GivenUp | Self::Gone)
    }
}

impl OutboxMessage {
    /// Whether it is still to be sent.
    pub fn is_pending(&self) -> bool {
        self.ended.is_none()
    }

    /// How it ended, if it did.
    pub fn result(&self) -> Option<DeliveryResult> {
        self.ended.map(|ended| ended.result)
    }

    /// The same, ended.
    #[must_use]
    pub fn end(self, at: Instant, outcome: DeliveryResult) -> Self {
        Self { ended: Some(MessageEnd { at, result: outcome }), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_contain_no_full_stop() {
        let id = MessageId([7; 12]).to_string();
        assert_eq!(id.len(), 28);
        assert!(id.starts_with("msg_") && id[4..].bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(MessageId([0xab; 12]).to_string(), format!("msg_{}", "ab".repeat(12)));
    }
}

//! Messages in the outbox, and the results of their delivery.

use std::fmt;

use super::{event::Event, recipient::Recipient};
use crate::domain::{
    instant::{DAY, Instant},
    seq::{CredentialSeq, MessageSeq},
};

/// How long a message is kept after it ended, in seconds: 30 days.
pub const RETENTION: i64 = 30 * DAY;

/// The id of a message, such as `msg_4f1c…`. It is the same in every attempt, so that receivers can ignore duplicates.
/// It contains no full stop: signatures join id and timestamp with one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub [u8; 12]);

/// The prefix of message ids.
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

/// A message about a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// The number within the store, in the order of events.
    pub seq: MessageSeq,
    /// The id that receivers see.
    pub id: MessageId,
    /// Whom it is for.
    pub recipient: Recipient,
    /// The event.
    pub event: Event,
    /// The number of the token.
    pub credential: CredentialSeq,
    /// The expiry of the token at the time of the event. `None` if it had none.
    pub token_expires_at: Option<Instant>,
    /// The JSON text to send.
    pub body: String,
    /// When the event happened.
    pub created_at: Instant,
    /// The number of attempts, including one in progress.
    pub attempts: u32,
    /// When the next attempt is due. During an attempt, this is the end of its lease: another process may then retry.
    pub next_attempt_at: Instant,
    /// Why the last attempt failed. `None` if none has failed.
    pub failure: Option<String>,
    /// How the message ended. `None` while it is pending.
    pub ended: Option<MessageEnd>,
}

/// The end of a message: it will not be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageEnd {
    /// When it ended.
    pub at: Instant,
    /// How it ended.
    pub result: DeliveryResult,
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliveryResult {
    /// The receiver acknowledged it.
    Delivered,
    /// The receiver did not acknowledge it within three days.
    GivenUp,
    /// The receiver responded that it wants no more messages.
    Gone,
    /// The app's webhook was removed.
    NoWebhook,
}

impl DeliveryResult {
    /// All results.
    pub const ALL: [Self; 4] = [Self::Delivered, Self::GivenUp, Self::Gone, Self::NoWebhook];

    /// Returns the word that the store, JSON and metrics use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
            Self::Gone => "gone",
            Self::NoWebhook => "no_webhook",
        }
    }

    /// Parses the word that [`Self::as_str`] returns.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.as_str() == text)
    }

    /// Whether the app missed a message that it should have received.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::GivenUp | Self::Gone)
    }
}

impl OutboxMessage {
    /// Whether the message is still to be sent.
    pub fn is_pending(&self) -> bool {
        self.ended.is_none()
    }

    /// How the message ended. `None` while it is pending.
    pub fn result(&self) -> Option<DeliveryResult> {
        self.ended.map(|ended| ended.result)
    }

    /// Returns the message with its end recorded.
    #[must_use]
    pub fn end(self, at: Instant, result: DeliveryResult) -> Self {
        Self { ended: Some(MessageEnd { at, result }), ..self }
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

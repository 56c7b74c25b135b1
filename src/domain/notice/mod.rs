//! Webhooks: which events are told, to which address, and when a message that did not arrive is tried again.

mod body;
mod message;
mod network_policy;
mod retry;
mod url;

use std::fmt;

pub use body::message_body;
pub use message::{DeliveryResult, MessageEnd, OutboxMessage, RETENTION};
pub use network_policy::is_private;
pub use retry::{GIVE_UP_AFTER, next_attempt};
pub use url::{MAX_URL_LENGTH, UrlError, WebhookUrl};

/// What is told of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// It was made.
    TokenGranted,
    /// Its fields were changed.
    TokenEdited,
    /// It has a new secret.
    TokenReset,
    /// It opens nothing any more.
    TokenRevoked,
    /// It is gone.
    TokenDeleted,
    /// It will soon expire.
    TokenExpiring,
}

impl Event {
    /// Every kind there is, in the order of a token's life.
    pub const ALL: [Self; 6] = [
        Self::TokenGranted,
        Self::TokenEdited,
        Self::TokenReset,
        Self::TokenRevoked,
        Self::TokenDeleted,
        Self::TokenExpiring,
    ];

    /// The word for it: the `type` of a message, as Standard Webhooks recommends it to be written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TokenGranted => "token.granted",
            Self::TokenEdited => "token.edited",
            Self::TokenReset => "token.reset",
            Self::TokenRevoked => "token.revoked",
            Self::TokenDeleted => "token.deleted",
            Self::TokenExpiring => "token.expiring",
        }
    }

    /// Reads the word for an event.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == text)
    }
}

/// How far messages may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NetworkPolicy {
    /// To public addresses, over https.
    #[default]
    PublicOnly,
    /// To private addresses, too, and over http: for receivers on the same machine or network.
    AllowPrivate,
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_round_trip() {
        for event in Event::ALL {
            assert_eq!(Event::parse(event.as_str()), Some(event));
            // What Standard Webhooks recommends of event types: words of these characters, between full stops.
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            assert!(event.as_str().split('.').all(|word| word.bytes().all(allowed)), "{event:?}");
        }
        for bad in ["", "token", "token.Granted", "token.granted "] {
            assert_eq!(Event::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn message_ids_contain_no_full_stop() {
        let id = MessageId([7; 12]).to_string();
        assert_eq!(id.len(), 28);
        assert!(id.starts_with("msg_") && id[4..].bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(MessageId([0xab; 12]).to_string(), format!("msg_{}", "ab".repeat(12)));
    }
}

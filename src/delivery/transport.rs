//! The interface between the outbox and the ways to send a message.
//!
//! Delivery is at least once: if an acknowledgement is lost or late, the message is sent again with the same id.

use crate::domain::{
    instant::Instant,
    notice::{MessageId, WebhookUrl},
};

use super::{DeliveryFailure, SigningKey};

/// The content of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMessage {
    /// The id, which is the same in every attempt.
    pub id: MessageId,
    /// When this attempt is made. Receivers refuse old signatures.
    pub at: Instant,
    /// The JSON text, exactly as signed and sent.
    pub body: String,
}

/// Where a message goes, and what sending it there takes.
pub enum Destination {
    /// A webhook.
    Webhook {
        /// Its URL.
        url: WebhookUrl,
        /// The key that signs the message.
        key: SigningKey,
    },
}

impl Destination {
    /// Returns the public part of the destination: the scheme, host and port of a webhook.
    pub fn origin(&self) -> &str {
        match self {
            Self::Webhook { url, .. } => url.origin(),
        }
    }
}

/// Sends messages.
pub trait Transport: Send + Sync {
    /// Sends a message once. The caller decides about retries (see
    /// [`next_attempt`](crate::domain::notice::next_attempt)). The time is bounded by the transport's timeouts.
    ///
    /// # Errors
    /// The receiver did not acknowledge the message, although it may have received it.
    fn send(&self, to: &Destination, message: &OutgoingMessage) -> Result<(), DeliveryFailure>;
}

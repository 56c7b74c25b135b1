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

/// Sends messages to webhooks.
pub trait Transport: Send + Sync {
    /// Signs and sends a message once. The caller decides about retries (see
    /// [`next_attempt`](crate::domain::notice::next_attempt)). The time is bounded by the transport's timeouts.
    ///
    /// # Errors
    /// The receiver did not acknowledge the message, although it may have received it.
    fn send(
        &self,
        url: &WebhookUrl,
        key: &SigningKey,
        message: &OutgoingMessage,
    ) -> Result<(), DeliveryFailure>;
}

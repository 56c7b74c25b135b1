//! Webhooks: messages are signed and carried to their receivers.
//!
//! A message is delivered when its receiver has acknowledged it. It may arrive more than once: what was acknowledged
//! too late, or in an answer that broke off, is sent again under the same id.

use crate::domain::{
    instant::Instant,
    notice::{MessageId, WebhookUrl},
};

use super::{failure::DeliveryFailure, webhook::sign::SigningKey};

/// One attempt to tell an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMessage {
    /// The same in every attempt.
    pub id: MessageId,
    /// When this attempt is made: receivers refuse what was signed too long ago.
    pub at: Instant,
    /// The JSON text, exactly as it is signed and sent.
    pub body: String,
}

/// Whoever carries messages to receivers.
pub trait Transport: Send + Sync {
    /// Signs a message with `key` and hands it over, once; whether and when to try again is for the caller to say
    /// ([`crate::domain::notice::retry`]). It takes no longer than its limits allow.
    ///
    /// # Errors
    /// The receiver has not acknowledged the message, though it may have got it.
    fn send(
        &self,
        url: &WebhookUrl,
        key: &SigningKey,
        message: &OutgoingMessage,
    ) -> Result<(), DeliveryFailure>;
}

//! Reports on delivery attempts.

use crate::{
    delivery::DeliveryFailure,
    domain::{
        directory::{app::App, id::CredentialId},
        notice::OutboxMessage,
    },
};

/// The result of one attempt to deliver a message.
#[derive(Clone, Debug)]
pub struct DeliveryReport {
    /// The message after the attempt.
    pub message: OutboxMessage,
    /// The app that the message is for.
    pub app: App,
    /// The token that the message is about.
    pub token: CredentialId,
    /// The scheme, host and port that the message was sent to; `None` if it was not sent.
    pub origin: Option<String>,
    /// Why the receiver did not acknowledge the message; `None` if it did, or if nothing was sent.
    pub failure: Option<DeliveryFailure>,
}

impl DeliveryReport {
    /// Returns the result as one word, for output: the message's final result, `failed` or `due`.
    pub fn result(&self) -> &'static str {
        match (self.message.result(), &self.origin) {
            (Some(result), _) => result.as_str(),
            (None, Some(_)) => "failed",
            (None, None) => "due",
        }
    }
}

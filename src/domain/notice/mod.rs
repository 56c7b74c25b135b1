//! Notices to apps about their tokens: events, messages, recipients and the retry schedule.

mod body;
mod event;
mod expiry_threshold;
mod message;
mod network_policy;
mod recipient;
mod retry;
mod url;

pub use body::message_body;
pub use event::Event;
pub use expiry_threshold::is_expiry_announced;
pub use message::{DeliveryResult, MessageEnd, MessageId, OutboxMessage, RETENTION};
pub use network_policy::{NetworkPolicy, is_private};
pub use recipient::Recipient;
pub use retry::{GIVE_UP_AFTER, next_attempt};
pub use url::{MAX_URL_LENGTH, UrlError, WebhookUrl};

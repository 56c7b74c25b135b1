//! Apps: programs of other organizations that request data that districts share with them.

use super::{
    account::AccountKey,
    id::{ClientId, ObjectId},
    name::Name,
};
use crate::domain::{
    credential::{Deletion, Secrets, rate_limit::RateLimit},
    instant::Instant,
    notice::WebhookUrl,
    seq::{AppSeq, AuditSeq},
};

/// An app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// The number within the store, in the order of creation.
    pub seq: AppSeq,
    /// The public id.
    pub id: ObjectId,
    /// The client id with which the app authenticates.
    pub client_id: ClientId,
    /// The account whose API the app calls.
    pub account: AccountKey,
    /// The name that an admin chose. It is unique among the account's apps, regardless of case.
    pub name: Name,
    /// The client secrets. Their digests are not indexed, since the client id finds the app.
    pub secrets: Secrets,
    /// The rate limit of each of its tokens that has none of its own.
    pub limit: RateLimit,
    /// Where gatepass sends messages about its tokens. `None` if the app has no webhook.
    pub webhook: Option<Webhook>,
    /// When it was added.
    pub created_at: Instant,
    /// The short form of the actor who added it.
    pub created_by: String,
    /// The removal, if there was one. It frees the name.
    pub removed: Option<Deletion>,
    /// The number of the audit record of the last change.
    pub audit_seq: AuditSeq,
}

impl App {
    /// Returns the webhook that messages are sent to; `None` if the app has none or was removed.
    pub fn active_webhook(&self) -> Option<&Webhook> {
        self.webhook.as_ref().filter(|_| self.removed.is_none())
    }
}

/// The webhook of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The URL that receives the messages.
    pub url: WebhookUrl,
    /// The number of the signing key: the number of the audit record of its creation, so that no number is used twice.
    /// The key is derived from it and never stored.
    pub generation: u32,
}

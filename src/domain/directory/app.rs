//! Apps: programs of others, which ask the API for what districts share with them.

use super::{
    account::AccountKey,
    id::{ClientId, ObjectId},
    name::Name,
};
use crate::domain::{
    credential::{Deletion, Secrets, rate_limit::RateLimit},
    instant::Instant,
    notice::WebhookUrl,
};

/// An app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Its number within the store: the order in which apps were added.
    pub seq: i64,
    /// Its public handle.
    pub id: ObjectId,
    /// The name under which its programs authenticate.
    pub client_id: ClientId,
    /// The account whose API it asks.
    pub account: AccountKey,
    /// What admins call it: unique among the account's apps in any case of letters.
    pub name: Name,
    /// What its programs authenticate with. The digests are in no index: they are found by the client id.
    pub secrets: Secrets,
    /// How many requests a minute each of its tokens is good for, where nothing else was said of one.
    pub limit: RateLimit,
    /// Where it hears of its grants, if anywhere.
    pub webhook: Option<Webhook>,
    /// When it was added.
    pub created_at: Instant,
    /// By whom, in short.
    pub created_by: String,
    /// Whether and when it was removed; its name is free again then.
    pub removed: Option<Deletion>,
    /// The audit record of its last change.
    pub audit_seq: i64,
}

/// Where an app hears of its grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The address.
    pub url: WebhookUrl,
    /// The number of the key that signs what is sent there: that of the audit record that tells when it was made, so
    /// that none ever comes again. The key is derived, so nothing of it is stored.
    pub generation: u32,
}

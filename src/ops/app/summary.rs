//! What an app has: tokens, a legacy key, and messages.

use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::app::App,
    },
    ops::outbox::counts::MessageCounts,
    store::{StoreError, Transaction},
};

/// The tokens, the legacy key and the messages of an app.
#[derive(Clone, Debug, Default)]
pub struct AppSummary {
    /// The number of its tokens, without deleted ones.
    pub tokens: i64,
    /// Its legacy key, revoked or not; `None` if it has none or if it is deleted.
    pub legacy: Option<Credential>,
    /// The numbers of messages to it.
    pub messages: MessageCounts,
}

impl AppSummary {
    /// Reads the summary of an app.
    ///
    /// # Errors
    /// If a record can't be verified.
    pub fn load(tx: &mut Transaction<'_>, app: &App) -> Result<Self, StoreError> {
        let legacy = tx.find_holder(app.account, CredentialKind::Legacy, app.id.as_str())?;
        let messages = MessageCounts::for_app(tx, app)?;
        Ok(Self { tokens: tx.count_tokens(app)?, legacy, messages })
    }
}

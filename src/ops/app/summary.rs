//! What an app holds: its tokens, its legacy key, and what it was told.

use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::app::App,
        notice::DeliveryResult,
    },
    store::{StoreError, Transaction},
};

/// What an app holds.
#[derive(Clone, Debug, Default)]
pub struct AppSummary {
    /// How many tokens that are not deleted.
    pub tokens: i64,
    /// Its legacy key, unless that is deleted.
    pub legacy: Option<Credential>,
    /// What it was told, and is still to be told.
    pub messages: MessageCounts,
}

impl AppSummary {
    /// What an app holds.
    ///
    /// # Errors
    /// When a record does not verify.
    pub fn load(tx: &Transaction<'_>, app: &App) -> Result<Self, StoreError> {
        let legacy = tx.find_holder(app.account, CredentialKind::Legacy, app.id.as_str())?;
        let messages = MessageCounts::for_app(tx, app)?;
        Ok(Self { tokens: tx.count_tokens(app)?, legacy, messages })
    }
}

/// What became of the messages to an app of the last weeks, and of those to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageCounts {
    /// Still to be sent.
    pub pending: i64,
    /// Acknowledged.
    pub delivered: i64,
    /// Given up, or not wanted.
    pub lost: i64,
}

impl MessageCounts {
    /// Those to one app.
    ///
    /// # Errors
    /// When a tally does not verify.
    pub fn for_app(tx: &Transaction<'_>, app: &App) -> Result<Self, StoreError> {
        Self::from_counts(|outcome| tx.count_app_messages(app, outcome))
    }

    /// Those to all apps.
    ///
    /// # Errors
    /// When a tally does not verify.
    pub fn for_all_apps(tx: &Transaction<'_>) -> Result<Self, StoreError> {
        Self::from_counts(|outcome| tx.count_messages(outcome))
    }

    fn from_counts(
        count: impl Fn(Option<DeliveryResult>) -> Result<i64, StoreError>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            pending: count(None)?,
            delivered: count(Some(DeliveryResult::Delivered))?,
            lost: count(Some(DeliveryResult::GivenUp))? + count(Some(DeliveryResult::Gone))?,
        })
    }
}

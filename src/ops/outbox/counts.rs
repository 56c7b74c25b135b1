//! Numbers of messages by result.

use crate::{
    domain::{directory::app::App, notice::DeliveryResult},
    store::{StoreError, Transaction},
};

/// The numbers of pending messages, and of those that ended within the last 30 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageCounts {
    /// Messages that are not yet delivered.
    pub pending: i64,
    /// Messages that the receiver acknowledged.
    pub delivered: i64,
    /// Messages that were given up, or that the receiver refused for good.
    pub lost: i64,
}

impl MessageCounts {
    /// Counts the messages to one app.
    ///
    /// # Errors
    /// If a counter can't be verified.
    pub fn for_app(tx: &mut Transaction<'_>, app: &App) -> Result<Self, StoreError> {
        Self::from_counts(|result| tx.count_app_messages(app, result))
    }

    /// Counts the messages to all apps.
    ///
    /// # Errors
    /// If a counter can't be verified.
    pub fn for_all_apps(tx: &mut Transaction<'_>) -> Result<Self, StoreError> {
        Self::from_counts(|result| tx.count_messages(result))
    }

    fn from_counts(
        mut count: impl FnMut(Option<DeliveryResult>) -> Result<i64, StoreError>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            pending: count(None)?,
            delivered: count(Some(DeliveryResult::Delivered))?,
            lost: count(Some(DeliveryResult::GivenUp))? + count(Some(DeliveryResult::Gone))?,
        })
    }
}

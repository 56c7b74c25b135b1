//! What an app holds: its tokens, its legacy key, and what it was told.

use crate::{
    domain::{
        app::App,
        credential::{Credential, Kind},
        webhook::Outcome,
    },
    store::{StoreError, Transaction},
};

/// What an app holds.
#[derive(Clone, Debug, Default)]
pub struct Holds {
    /// How many tokens that are not deleted.
    pub tokens: i64,
    /// Its legacy key, unless that is deleted.
    pub legacy: Option<Credential>,
    /// What it was told, and is still to be told.
    pub messages: Messages,
}

impl Holds {
    /// What an app holds.
    ///
    /// # Errors
    /// When a record does not verify.
    pub fn of(tx: &Transaction<'_>, app: &App) -> Result<Self, StoreError> {
        let legacy = tx.find_holder(app.account, Kind::Legacy, app.id.as_str())?;
        let messages = Messages::to(tx, app)?;
        Ok(Self { tokens: tx.count_tokens(app)?, legacy, messages })
    }
}

/// What became of the messages to an app of the last weeks, and of those to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// Still to be sent.
    pub pending: i64,
    /// Acknowledged.
    pub delivered: i64,
    /// Given up, or not wanted.
    pub lost: i64,
}

impl Messages {
    /// Those to one app.
    ///
    /// # Errors
    /// When a tally does not verify.
    pub fn to(tx: &Transaction<'_>, app: &App) -> Result<Self, StoreError> {
        Self::counted(|outcome| tx.count_messages_to(app, outcome))
    }

    /// Those to all apps.
    ///
    /// # Errors
    /// When a tally does not verify.
    pub fn of_all(tx: &Transaction<'_>) -> Result<Self, StoreError> {
        Self::counted(|outcome| tx.count_messages(outcome))
    }

    fn counted(
        count: impl Fn(Option<Outcome>) -> Result<i64, StoreError>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            pending: count(None)?,
            delivered: count(Some(Outcome::Delivered))?,
            lost: count(Some(Outcome::GivenUp))? + count(Some(Outcome::Gone))?,
        })
    }
}

//! The door, for what apps are told. Messages are sealed like everything else; they are no change of a credential, but
//! follow from one, so they have no audit record of their own. Tallies tell how many there are of each app.

use std::ops::ControlFlow;

use super::{
    credentials::ensure_written,
    transaction::{Transaction, verify_row},
};
use crate::{
    domain::{
        credential::Credential,
        directory::app::App,
        instant::Instant,
        notice::{DeliveryResult, Event, MessageId, OutboxMessage},
    },
    store::{
        StoreError,
        port::record::{CounterKey, MessageIdSeed, WithMac},
    },
};

/// What is to be told of a token.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    /// Whom.
    pub app: &'a App,
    /// What happened.
    pub event: Event,
    /// To what.
    pub token: &'a Credential,
    /// The JSON text.
    pub body: String,
    /// When.
    pub at: Instant,
}

impl Transaction<'_> {
    /// Puts a message into the outbox; its number and its id are given here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn insert_message(&mut self, new: NewMessage<'_>) -> Result<OutboxMessage, StoreError> {
        let NewMessage { app, event, token, body, at } = new;
        self.head.messages += 1;
        let name = MessageIdSeed { seq: self.head.messages, link: self.head.audit_link };
        let mut id = [0; 12];
        id.copy_from_slice(&self.row_mac.authenticate(name).mac[..12]);
        let message = OutboxMessage {
            seq: name.seq,
            id: MessageId(id),
            app: app.seq,
            event,
            credential: token.seq,
            token_expires_at: token.expiry.instant(),
            body,
            created_at: at,
            attempts: 0,
            next_attempt_at: at,
            failure: None,
            ended: None,
        };
        self.add_to_message_counter(app, &message, 1);
        ensure_written(
            self.raw.insert_message(&self.row_mac.authenticate(message.clone()))?,
            "message",
            message.id,
        )?;
        Ok(message)
    }

    /// Replaces a message, and keeps the tallies in step. How it was before is read here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn update_message(&mut self, after: OutboxMessage) -> Result<OutboxMessage, StoreError> {
        let missing = || StoreError::integrity(format!("message number {} is missing", after.seq));
        let before = self.find_message(after.seq)?.ok_or_else(missing)?;
        let app = self.app_of_message(&after)?;
        self.add_to_message_counter(&app, &before, -1);
        self.add_to_message_counter(&app, &after, 1);
        ensure_written(
            self.raw.update_message(&self.row_mac.authenticate(after.clone()))?,
            "message",
            after.id,
        )?;
        Ok(after)
    }

    /// Takes away at most `limit` messages that ended before an instant; answers how many those were.
    ///
    /// # Errors
    /// When one does not verify, or the store can't be written.
    pub fn remove_ended_messages(
        &mut self,
        before: Instant,
        limit: usize,
    ) -> Result<usize, StoreError> {
        let ended = self.raw.list_ended_messages(before.unix(), limit)?;
        let count = ended.len();
        for row in ended {
            let message = self.verify_message(row)?;
            if message.ended.is_none_or(|ended| ended.at >= before) {
                return Err(StoreError::integrity("an index of messages is wrong"));
            }
            let app = self.app_of_message(&message)?;
            self.add_to_message_counter(&app, &message, -1);
            ensure_written(self.raw.remove_message(message.seq)?, "message", message.id)?;
        }
        Ok(count)
    }

    /// Whether any message ended before an instant.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn has_ended_messages(&self, before: Instant) -> Result<bool, StoreError> {
        Ok(!self.raw.list_ended_messages(before.unix(), 1)?.is_empty())
    }

    /// The message with this number; none that ended long ago.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_message(&self, seq: i64) -> Result<Option<OutboxMessage>, StoreError> {
        let found = self.raw.find_message(seq)?.map(|row| self.verify_message(row)).transpose()?;
        match found {
            Some(message) if message.seq != seq => {
                Err(StoreError::integrity("an index of messages is wrong"))
            }
            found => Ok(found),
        }
    }

    /// Calls `each` with every message that has not ended, in the order in which things happened, until it breaks.
    ///
    /// # Errors
    /// What `each` answers, or that one does not verify or is missing.
    pub fn scan_pending_messages<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(OutboxMessage) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let (mut count, mut last, mut ended) = (0, 0, Ok(ControlFlow::Continue(())));
        self.raw.scan_pending_messages(&mut |row| {
            let seq = row.record.seq;
            ended = match self.verify_message(row) {
                Ok(message) if seq <= last || !message.is_pending() => {
                    Err(StoreError::integrity("the index of what is to be sent is wrong").into())
                }
                Ok(message) => each(message),
                Err(error) => Err(error.into()),
            };
            (count, last) = (count + 1, seq);
            match ended {
                Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        })?;
        if ended?.is_continue() && count != self.count_messages(None)? {
            let why = "messages that were to be sent are missing, or too many";
            return Err(StoreError::integrity(why).into());
        }
        Ok(())
    }

    /// How many messages have ended so, or not yet, those of removed apps included.
    ///
    /// # Errors
    /// When a tally does not verify.
    pub fn count_messages(&self, outcome: Option<DeliveryResult>) -> Result<i64, StoreError> {
        self.sum_counters(CounterKey::messages_range(outcome))
    }

    /// The same of one app.
    ///
    /// # Errors
    /// When the tally does not verify.
    pub fn count_app_messages(
        &self,
        app: &App,
        outcome: Option<DeliveryResult>,
    ) -> Result<i64, StoreError> {
        self.counter_with_pending(app.account, CounterKey::Messages(outcome, app.seq))
    }

    /// Whether such a message was made about a token with the end that it has.
    ///
    /// # Errors
    /// When a message about it does not verify.
    pub fn has_message(&self, event: Event, token: &Credential) -> Result<bool, StoreError> {
        for row in self.raw.list_messages_about(token.seq)? {
            let message = self.verify_message(row)?;
            if message.credential != token.seq {
                return Err(StoreError::integrity("an index of messages is wrong"));
            }
            if message.event == event && message.token_expires_at == token.expiry.instant() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The app of a message.
    ///
    /// # Errors
    /// When there is none: the store is not whole.
    pub fn app_of_message(&self, message: &OutboxMessage) -> Result<App, StoreError> {
        let apps = self.apps()?;
        let app = apps.iter().find(|app| app.seq == message.app).cloned();
        app.ok_or_else(|| StoreError::integrity(format!("the app of {} is missing", message.id)))
    }

    fn add_to_message_counter(&mut self, app: &App, message: &OutboxMessage, count: i64) {
        *self.counter_deltas.entry((app.account, CounterKey::of_message(message))).or_default() +=
            count;
    }

    fn verify_message(&self, row: WithMac<OutboxMessage>) -> Result<OutboxMessage, StoreError> {
        let seq = row.record.seq;
        verify_row(&self.row_mac, row, &format!("message number {seq}"))
    }
}

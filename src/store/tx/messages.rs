//! Messages to apps: the outbox. Messages carry MACs like every row. They follow from a change of a credential, whose
//! audit record covers them, so they have none of their own. Counters say how many messages each app must have.

use std::ops::ControlFlow;

use super::{
    ensure::{ensure_written, verify_row},
    transaction::Transaction,
};
use crate::{
    domain::{
        credential::Credential,
        directory::app::App,
        instant::Instant,
        notice::{DeliveryResult, Event, MessageId, OutboxMessage},
        seq::MessageSeq,
    },
    store::{
        error::StoreError,
        port::record::{CounterKey, MessageIdSeed, WithMac},
    },
};

/// A message to insert, about an event of a token.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    /// The recipient.
    pub app: &'a App,
    /// The event.
    pub event: Event,
    /// The token that the event is about.
    pub token: &'a Credential,
    /// The body, a JSON text.
    pub body: String,
    /// When the event happened. The first attempt to deliver the message is due immediately.
    pub at: Instant,
}

impl Transaction<'_> {
    /// Inserts a pending message with the next number and a new ID.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn insert_message(&mut self, new: NewMessage<'_>) -> Result<OutboxMessage, StoreError> {
        let NewMessage { app, event, token, body, at } = new;
        self.head.messages = self.head.messages.next();
        let seed = MessageIdSeed { seq: self.head.messages, link: self.head.audit_link };
        let mut id = [0; 12];
        id.copy_from_slice(&self.row_mac.authenticate(seed).mac[..12]);
        let message = OutboxMessage {
            seq: seed.seq,
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

    /// Replaces a message and updates the counters. Reads the previous state itself.
    ///
    /// # Errors
    /// If the store can't be written.
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

    /// Removes at most `limit` messages that ended before `before`. Returns how many it removed.
    ///
    /// # Errors
    /// If one does not verify, or the store can't be written.
    pub fn remove_ended_messages(
        &mut self,
        before: Instant,
        limit: usize,
    ) -> Result<usize, StoreError> {
        let ended = self.raw.list_ended_messages(before, limit)?;
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

    /// Returns whether any message ended before `before`.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn has_ended_messages(&self, before: Instant) -> Result<bool, StoreError> {
        Ok(!self.raw.list_ended_messages(before, 1)?.is_empty())
    }

    /// Finds the message with this number; `None` also if it was removed after it had ended.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_message(&self, seq: MessageSeq) -> Result<Option<OutboxMessage>, StoreError> {
        let found = self.raw.find_message(seq)?.map(|row| self.verify_message(row)).transpose()?;
        match found {
            Some(message) if message.seq != seq => {
                Err(StoreError::integrity("an index of messages is wrong"))
            }
            found => Ok(found),
        }
    }

    /// Calls `each` with every pending message, oldest first, until it returns `Break`.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error if a message does not verify or is missing.
    pub fn scan_pending_messages<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(OutboxMessage) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let (mut count, mut last, mut flow) = (0, MessageSeq::NONE, Ok(ControlFlow::Continue(())));
        self.raw.scan_pending_messages(&mut |row| {
            let seq = row.record.seq;
            flow = match self.verify_message(row) {
                Ok(message) if seq <= last || !message.is_pending() => {
                    Err(StoreError::integrity("the index of pending messages is wrong").into())
                }
                Ok(message) => each(message),
                Err(error) => Err(error.into()),
            };
            (count, last) = (count + 1, seq);
            match flow {
                Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        })?;
        if flow?.is_continue() && count != self.count_messages(None)? {
            let reason = "the number of pending messages is wrong";
            return Err(StoreError::integrity(reason).into());
        }
        Ok(())
    }

    /// Counts the messages with this result, or the pending ones, including those to removed apps.
    ///
    /// # Errors
    /// If a counter does not verify.
    pub fn count_messages(&self, result: Option<DeliveryResult>) -> Result<i64, StoreError> {
        self.sum_counters(CounterKey::messages_range(result))
    }

    /// Counts the messages to an app with this result, or the pending ones.
    ///
    /// # Errors
    /// If the counter does not verify.
    pub fn count_app_messages(
        &self,
        app: &App,
        result: Option<DeliveryResult>,
    ) -> Result<i64, StoreError> {
        self.counter_with_pending(app.account, CounterKey::Messages(result, app.seq))
    }

    /// Returns whether a message about this event exists for a token with its current expiry.
    ///
    /// # Errors
    /// If a message about the token does not verify.
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

    /// Returns the app that a message is for.
    ///
    /// # Errors
    /// If the app is missing, or an app does not verify.
    pub fn app_of_message(&self, message: &OutboxMessage) -> Result<App, StoreError> {
        let apps = self.apps()?;
        let app = apps.iter().find(|app| app.seq == message.app).cloned();
        app.ok_or_else(|| StoreError::integrity(format!("the app of {} is missing", message.id)))
    }

    fn add_to_message_counter(&mut self, app: &App, message: &OutboxMessage, delta: i64) {
        self.add_to_counter(app.account, CounterKey::of_message(message), delta);
    }

    fn verify_message(&self, row: WithMac<OutboxMessage>) -> Result<OutboxMessage, StoreError> {
        let seq = row.record.seq;
        verify_row(&self.row_mac, row, &format!("message number {seq}"))
    }
}

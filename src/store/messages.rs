//! The door, for what apps are told. Messages are sealed like everything else; they are no change of a credential, but
//! follow from one, so they have no audit record of their own. Tallies tell how many there are of each app.

use std::ops::ControlFlow;

use super::{
    StoreError,
    door::{Transaction, verified},
    record::{Bucket, MessageName, Sealed},
    write::hit,
};
use crate::domain::{
    app::App,
    credential::Credential,
    instant::Instant,
    webhook::{Event, Message, MessageId, Outcome},
};

/// What is to be told of a token.
#[derive(Clone, Debug)]
pub struct Telling<'a> {
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
    pub fn insert_message(&mut self, telling: Telling<'_>) -> Result<Message, StoreError> {
        let Telling { app, event, token, body, at } = telling;
        self.head.messages += 1;
        let name = MessageName { seq: self.head.messages, link: self.head.audit_link };
        let mut id = [0; 12];
        id.copy_from_slice(&self.sealer.seal(name).mac[..12]);
        let message = Message {
            seq: name.seq,
            id: MessageId(id),
            app: app.seq,
            event,
            credential: token.seq,
            token_ends_at: token.expiry.instant(),
            body,
            made_at: at,
            attempts: 0,
            next_at: at,
            failure: None,
            ended: None,
        };
        self.tally_message(app, &message, 1);
        hit(self.raw.insert_message(&self.sealer.seal(message.clone()))?, "message", message.id)?;
        Ok(message)
    }

    /// Replaces a message, and keeps the tallies in step. How it was before is read here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn update_message(&mut self, after: Message) -> Result<Message, StoreError> {
        let missing = || StoreError::integrity(format!("message number {} is missing", after.seq));
        let before = self.find_message(after.seq)?.ok_or_else(missing)?;
        let app = self.app_of_message(&after)?;
        self.tally_message(&app, &before, -1);
        self.tally_message(&app, &after, 1);
        hit(self.raw.update_message(&self.sealer.seal(after.clone()))?, "message", after.id)?;
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
            let message = self.message(row)?;
            if message.ended.is_none_or(|ended| ended.at >= before) {
                return Err(StoreError::integrity("an index of messages is wrong"));
            }
            let app = self.app_of_message(&message)?;
            self.tally_message(&app, &message, -1);
            hit(self.raw.remove_message(message.seq)?, "message", message.id)?;
        }
        Ok(count)
    }

    /// Whether any message ended before an instant.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn is_any_message_ended(&self, before: Instant) -> Result<bool, StoreError> {
        Ok(!self.raw.list_ended_messages(before.unix(), 1)?.is_empty())
    }

    /// The message with this number; none that ended long ago.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_message(&self, seq: i64) -> Result<Option<Message>, StoreError> {
        let found = self.raw.find_message(seq)?.map(|row| self.message(row)).transpose()?;
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
        mut each: impl FnMut(Message) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let (mut count, mut last, mut ended) = (0, 0, Ok(ControlFlow::Continue(())));
        self.raw.scan_pending_messages(&mut |row| {
            let seq = row.record.seq;
            ended = match self.message(row) {
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
    pub fn count_messages(&self, outcome: Option<Outcome>) -> Result<i64, StoreError> {
        self.count(Bucket::messages(outcome))
    }

    /// The same of one app.
    ///
    /// # Errors
    /// When the tally does not verify.
    pub fn count_messages_to(
        &self,
        app: &App,
        outcome: Option<Outcome>,
    ) -> Result<i64, StoreError> {
        self.tally_so_far(app.account, Bucket::Messages(outcome, app.seq))
    }

    /// Whether such a message was made about a token with the end that it has.
    ///
    /// # Errors
    /// When a message about it does not verify.
    pub fn was_told(&self, event: Event, token: &Credential) -> Result<bool, StoreError> {
        for row in self.raw.list_messages_about(token.seq)? {
            let message = self.message(row)?;
            if message.credential != token.seq {
                return Err(StoreError::integrity("an index of messages is wrong"));
            }
            if message.event == event && message.token_ends_at == token.expiry.instant() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The app of a message.
    ///
    /// # Errors
    /// When there is none: the store is not whole.
    pub fn app_of_message(&self, message: &Message) -> Result<App, StoreError> {
        let apps = self.apps()?;
        let app = apps.iter().find(|app| app.seq == message.app).cloned();
        app.ok_or_else(|| StoreError::integrity(format!("the app of {} is missing", message.id)))
    }

    fn tally_message(&mut self, app: &App, message: &Message, count: i64) {
        *self.deltas.entry((app.account, Bucket::of_message(message))).or_default() += count;
    }

    fn message(&self, row: Sealed<Message>) -> Result<Message, StoreError> {
        let seq = row.record.seq;
        verified(&self.sealer, row, &format!("message number {seq}"))
    }
}

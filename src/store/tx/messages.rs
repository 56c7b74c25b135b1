//! Messages to apps: the outbox. Messages carry MACs like every row. They follow from a change of a credential, whose
//! audit record covers them, so they have none of their own. Counters say how many messages each app must have.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use super::{ensure::ensure_all_written, transaction::Transaction};
use crate::{
    domain::{
        credential::Credential,
        directory::app::App,
        instant::Instant,
        notice::{DeliveryResult, Event, MessageId, OutboxMessage, Recipient},
        seq::{CredentialSeq, MessageSeq},
    },
    store::{
        error::StoreError,
        port::record::{CounterKey, MessageIdSeed, MessageRow},
        row_mac::{RowMac, Summed},
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

/// What a scan of the pending messages found besides them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PendingScan {
    /// The numbers of the messages that were tampered with.
    pub tampered: Vec<MessageSeq>,
    /// Whether there should be another number of pending messages.
    pub is_incomplete: bool,
}

impl PendingScan {
    /// Returns the first problem as an error.
    ///
    /// # Errors
    /// An integrity error if there is a problem.
    pub fn ensure_intact(&self) -> Result<(), StoreError> {
        match (self.tampered.first(), self.is_incomplete) {
            (Some(seq), _) => Err(tampered_message(*seq)),
            (None, true) => Err(StoreError::integrity("the number of pending messages is wrong")),
            (None, false) => Ok(()),
        }
    }
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
            recipient: Recipient::App(app.seq),
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
        self.pending.messages.insert(message.seq, message.clone());
        self.flush_if_full()?;
        Ok(message)
    }

    /// Replaces a message and updates the counters. Reads the previous state itself.
    ///
    /// # Errors
    /// If the previous state does not verify or is missing, or the store can't be written.
    pub fn update_message(&mut self, after: OutboxMessage) -> Result<OutboxMessage, StoreError> {
        let missing = || StoreError::integrity(format!("message number {} is missing", after.seq));
        let before = self.find_message(after.seq)?.ok_or_else(missing)?;
        let app = self.app_of_message(&after)?;
        self.add_to_message_counter(&app, &before, -1);
        self.add_to_message_counter(&app, &after, 1);
        self.pending.messages.update(after.seq, after.clone())?;
        self.flush_if_full()?;
        Ok(after)
    }

    /// Removes at most `limit` messages that ended before `before`. Returns how many it removed, or would have removed
    /// if they had not been tampered with.
    ///
    /// # Errors
    /// If the store can't be read or written.
    pub fn remove_ended_messages(
        &mut self,
        before: Instant,
        limit: usize,
    ) -> Result<usize, StoreError> {
        self.flush()?;
        let rows = self.raw.list_ended_messages(before, limit)?;
        let count = rows.len();
        let mut seqs = Vec::with_capacity(count);
        for row in rows {
            let has_ended =
                |message: &OutboxMessage| message.ended.is_some_and(|ended| ended.at < before);
            let Some(message) = self.verify_message(row).filter(has_ended) else { continue };
            let app = self.app_of_message(&message)?;
            self.add_to_message_counter(&app, &message, -1);
            self.sum_change.subtract(OutboxMessage::TABLE, self.row_mac.summand(&message));
            self.pending.messages.forget(&message.seq);
            seqs.push(message.seq);
        }
        ensure_all_written(self.raw.remove_messages(&seqs)?, seqs.len(), "message")?;
        Ok(count)
    }

    /// Returns whether any message ended before `before`.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn has_ended_messages(&mut self, before: Instant) -> Result<bool, StoreError> {
        self.flush()?;
        Ok(!self.raw.list_ended_messages(before, 1)?.is_empty())
    }

    /// Finds the message with this number; `None` also if it was removed after it had ended.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_message(&mut self, seq: MessageSeq) -> Result<Option<OutboxMessage>, StoreError> {
        if self.pending.messages.get(&seq).is_none() {
            let tampered = self.prefetch_messages(&[seq])?;
            if !tampered.is_empty() {
                return Err(tampered_message(seq));
            }
        }
        Ok(self.pending.messages.get(&seq).cloned())
    }

    /// Reads messages, so that [`Transaction::find_message`] finds them without a query each. Returns the numbers of
    /// those that do not verify.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn prefetch_messages(
        &mut self,
        seqs: &[MessageSeq],
    ) -> Result<Vec<MessageSeq>, StoreError> {
        let (mut tampered, requested) = (Vec::new(), BTreeSet::from_iter(seqs));
        for row in self.raw.find_messages(seqs)? {
            let seq = row.seq;
            match self.verify_message(row) {
                Some(message) if requested.contains(&seq) => {
                    let summand = self.row_mac.summand(&message);
                    self.pending.messages.keep(seq, message, summand);
                }
                _ => tampered.push(seq),
            }
        }
        Ok(tampered)
    }

    /// Calls `each` with every pending message, oldest first, until it returns `Break`. Leaves out messages that were
    /// tampered with, so that they do not stop the others.
    ///
    /// # Errors
    /// The error of `each`, or if the store can't be read.
    pub fn scan_pending_messages<E: From<StoreError>>(
        &mut self,
        mut each: impl FnMut(OutboxMessage) -> Result<ControlFlow<()>, E>,
    ) -> Result<PendingScan, E> {
        self.flush()?;
        let expected = self.count_messages(None)?;
        let Self { raw, row_mac, .. } = self;
        let mut scan = PendingScan::default();
        let (mut count, mut last, mut flow) = (0, MessageSeq::NONE, Ok(ControlFlow::Continue(())));
        raw.scan_pending_messages(&mut |batch| {
            for row in batch {
                let (seq, is_next) = (row.seq, row.seq > last);
                (count, last) = (count + 1, seq);
                let is_pending = |message: &OutboxMessage| is_next && message.is_pending();
                match verify_message(row_mac, row).filter(is_pending) {
                    Some(message) => flow = each(message),
                    None => scan.tampered.push(seq),
                }
                if !matches!(flow, Ok(ControlFlow::Continue(()))) {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })?;
        scan.is_incomplete = flow?.is_continue() && count != expected;
        Ok(scan)
    }

    /// Counts the messages with this result, or the pending ones, including those to removed apps.
    ///
    /// # Errors
    /// If a counter does not verify.
    pub fn count_messages(&mut self, result: Option<DeliveryResult>) -> Result<i64, StoreError> {
        self.sum_counters(CounterKey::messages_range(result))
    }

    /// Counts the messages to an app with this result, or the pending ones.
    ///
    /// # Errors
    /// If the counter does not verify.
    pub fn count_app_messages(
        &mut self,
        app: &App,
        result: Option<DeliveryResult>,
    ) -> Result<i64, StoreError> {
        self.counter_with_pending(app.account, CounterKey::Messages(result, app.seq))
    }

    /// Returns which of these tokens have a message about this event with their current expiry. Messages that were
    /// tampered with are left out.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn list_tokens_with_message(
        &mut self,
        event: Event,
        tokens: &[Credential],
    ) -> Result<BTreeSet<CredentialSeq>, StoreError> {
        self.flush()?;
        let seqs: Vec<_> = tokens.iter().map(|token| token.seq).collect();
        let expiries: BTreeMap<_, _> =
            tokens.iter().map(|token| (token.seq, token.expiry.instant())).collect();
        let mut found = BTreeSet::new();
        for row in self.raw.list_messages_about(&seqs)? {
            let Some(message) = self.verify_message(row) else { continue };
            let expiry = expiries.get(&message.credential);
            if message.event == event && expiry == Some(&message.token_expires_at) {
                found.insert(message.credential);
            }
        }
        Ok(found)
    }

    /// Returns the app that a message is for.
    ///
    /// # Errors
    /// If the app is missing, or an app does not verify.
    pub fn app_of_message(&mut self, message: &OutboxMessage) -> Result<App, StoreError> {
        let apps = self.apps()?;
        let Recipient::App(recipient) = message.recipient;
        let app = apps.iter().find(|app| app.seq == recipient).cloned();
        app.ok_or_else(|| StoreError::integrity(format!("the app of {} is missing", message.id)))
    }

    fn add_to_message_counter(&mut self, app: &App, message: &OutboxMessage, delta: i64) {
        self.add_to_counter(app.account, CounterKey::of_message(message), delta);
    }

    /// Returns the message of a row; `None` if it was tampered with.
    fn verify_message(&self, row: MessageRow) -> Option<OutboxMessage> {
        verify_message(&self.row_mac, row)
    }
}

fn verify_message(row_mac: &RowMac<'_>, row: MessageRow) -> Option<OutboxMessage> {
    let MessageRow { seq, message } = row;
    row_mac.verify(message?).filter(|message| message.seq == seq)
}

fn tampered_message(seq: MessageSeq) -> StoreError {
    StoreError::integrity(format!("message number {seq} was changed outside gatepass"))
}

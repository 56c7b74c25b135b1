//! Faults of the table of messages.

use std::ops::ControlFlow;

use gatepass::{
    domain::{
        instant::Instant,
        notice::OutboxMessage,
        seq::{CredentialSeq, MessageSeq},
    },
    store::{
        StoreError,
        port::{
            backend::{MessageTable, RowCallback},
            record::WithMac,
        },
    },
};

use super::{
    backend::{FaultyTransaction, faultless},
    faults::Fault,
};

impl MessageTable for FaultyTransaction<'_> {
    faultless! {
        fn find_message(seq: MessageSeq) -> Option<WithMac<OutboxMessage>>;
        fn scan_messages(each: &mut RowCallback<'_, OutboxMessage>) -> ();
    }

    fn scan_pending_messages(
        &self,
        each: &mut RowCallback<'_, OutboxMessage>,
    ) -> Result<(), StoreError> {
        if self.has(Fault::ListsFinishedMessagesAsPending) {
            return self.inner().scan_messages(each);
        }
        let mut rows = Vec::new();
        self.inner().scan_pending_messages(&mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        if self.has(Fault::ListsNewestMessagesFirst) {
            rows.reverse();
        }
        // No case stops this scan.
        rows.into_iter().try_for_each(each).is_break();
        Ok(())
    }

    fn list_messages_about(
        &self,
        credential: CredentialSeq,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError> {
        let mut rows = self.inner().list_messages_about(credential)?;
        if self.has(Fault::LosesAMessage) {
            rows.pop();
        }
        Ok(rows)
    }

    fn list_ended_messages(
        &self,
        before: Instant,
        limit: usize,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError> {
        let early = i64::from(self.has(Fault::RemovesMessagesTooEarly));
        self.inner().list_ended_messages(before.plus(early), limit)
    }

    fn insert_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_message(message))
    }

    fn update_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_message(message))
    }

    fn remove_message(&self, seq: MessageSeq) -> Result<bool, StoreError> {
        match self.has(Fault::KeepsRemovedMessages) {
            true => Ok(true),
            false => self.inner().remove_message(seq),
        }
    }
}

//! Faults of the table of messages.

use std::ops::ControlFlow;

use gatepass::{
    domain::notice::OutboxMessage,
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
        fn find_message(seq: i64) -> Option<WithMac<OutboxMessage>>;
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
        credential: i64,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError> {
        let mut rows = self.inner().list_messages_about(credential)?;
        if self.has(Fault::LosesAMessage) {
            rows.pop();
        }
        Ok(rows)
    }

    fn list_ended_messages(
        &self,
        before: i64,
        limit: usize,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError> {
        let before = if self.has(Fault::RemovesMessagesTooEarly) { before + 1 } else { before };
        self.inner().list_ended_messages(before, limit)
    }

    fn insert_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_message(message))
    }

    fn update_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_message(message))
    }

    fn remove_message(&self, seq: i64) -> Result<bool, StoreError> {
        match self.has(Fault::KeepsRemovedMessages) {
            true => Ok(true),
            false => self.inner().remove_message(seq),
        }
    }
}

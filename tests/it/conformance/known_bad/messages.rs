//! Faults of the table of messages.

use gatepass::{
    domain::{
        instant::Instant,
        notice::OutboxMessage,
        seq::{CredentialSeq, MessageSeq},
    },
    store::{
        StoreError,
        port::{
            batch::BatchCallback,
            record::{MessageRow, WithMac},
            tables::MessageTable,
        },
    },
};

use super::{
    backend::{FaultyTransaction, faulty_scans, scan_faultily, with_shared_faults},
    faults::Fault,
};

impl MessageTable for FaultyTransaction<'_> {
    with_shared_faults! {
        find fn find_messages(&[MessageSeq]) -> Vec<MessageRow>;
        insert fn insert_messages(&[WithMac<OutboxMessage>]) -> usize;
        update fn update_messages(&[WithMac<OutboxMessage>]) -> usize;
    }

    faulty_scans! {
        fn scan_messages(MessageRow);
    }

    fn scan_pending_messages(
        &mut self,
        each: &mut BatchCallback<'_, MessageRow>,
    ) -> Result<(), StoreError> {
        if self.has(Fault::ListsFinishedMessagesAsPending) {
            return self.inner().scan_messages(each);
        }
        let fault = self.fault;
        let distort = |rows: &mut Vec<MessageRow>| match fault {
            Fault::ListsNewestMessagesFirst => rows.reverse(),
            Fault::HidesUnreadableMessages => rows.retain(|row| row.message.is_some()),
            _ => {}
        };
        scan_faultily(fault, |pass| self.inner().scan_pending_messages(pass), distort, each)
    }

    fn list_messages_about(
        &mut self,
        credentials: &[CredentialSeq],
    ) -> Result<Vec<MessageRow>, StoreError> {
        let credentials = self.keys(credentials);
        let mut rows = self.inner().list_messages_about(credentials)?;
        if self.has(Fault::LosesAMessage) {
            rows.pop();
        }
        Ok(rows)
    }

    fn list_ended_messages(
        &mut self,
        before: Instant,
        limit: usize,
    ) -> Result<Vec<MessageRow>, StoreError> {
        let early = i64::from(self.has(Fault::RemovesMessagesTooEarly));
        self.inner().list_ended_messages(before.plus(early), limit)
    }

    fn remove_messages(&mut self, seqs: &[MessageSeq]) -> Result<usize, StoreError> {
        match self.has(Fault::KeepsRemovedMessages) {
            true => Ok(self.inner().find_messages(seqs)?.len()),
            false => self.inner().remove_messages(seqs),
        }
    }
}

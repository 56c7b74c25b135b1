//! The table of messages.

use rusqlite::{Row, params};

use super::{error::to_store_error, statements::select, transaction::SqliteTransaction};
use crate::{
    domain::{
        instant::Instant,
        notice::OutboxMessage,
        seq::{CredentialSeq, MessageSeq},
    },
    store::{
        error::StoreError,
        port::{
            batch::BatchCallback,
            record::{MessageRow, WithMac},
            tables::MessageTable,
        },
        table::{Column, MessageColumn, read_row},
    },
};

impl MessageTable for SqliteTransaction<'_> {
    fn find_messages(&mut self, seqs: &[MessageSeq]) -> Result<Vec<MessageRow>, StoreError> {
        let statement = select!(OutboxMessage, "where seq = ?1");
        self.find_each(statement, seqs.iter().map(|seq| [seq.0]), message)
    }

    fn scan_messages(
        &mut self,
        each: &mut BatchCallback<'_, MessageRow>,
    ) -> Result<(), StoreError> {
        self.scan(select!(OutboxMessage, "not indexed order by seq"), [], message, each)
    }

    fn scan_pending_messages(
        &mut self,
        each: &mut BatchCallback<'_, MessageRow>,
    ) -> Result<(), StoreError> {
        let statement = select!(
            OutboxMessage,
            "indexed by message_pending where ended_at is null order by seq"
        );
        self.scan(statement, [], message, each)
    }

    fn list_messages_about(
        &mut self,
        credentials: &[CredentialSeq],
    ) -> Result<Vec<MessageRow>, StoreError> {
        let statement = select!(OutboxMessage, "where credential = ?1 order by seq");
        let mut found = Vec::new();
        for seq in credentials {
            found.append(&mut self.list(statement, [seq.0], message)?);
        }
        found.sort_by_key(|row| row.seq);
        Ok(found)
    }

    fn list_ended_messages(
        &mut self,
        before: Instant,
        limit: usize,
    ) -> Result<Vec<MessageRow>, StoreError> {
        let statement = select!(
            OutboxMessage,
            "where ended_at is not null and ended_at < ?1 order by ended_at, seq limit ?2"
        );
        self.list(statement, params![before.unix(), limit as i64], message)
    }

    fn insert_messages(
        &mut self,
        messages: &[WithMac<OutboxMessage>],
    ) -> Result<usize, StoreError> {
        self.insert(messages)
    }

    fn update_messages(
        &mut self,
        messages: &[WithMac<OutboxMessage>],
    ) -> Result<usize, StoreError> {
        self.update(messages)
    }

    fn remove_messages(&mut self, seqs: &[MessageSeq]) -> Result<usize, StoreError> {
        self.execute_each("delete from message where seq = ?1", seqs.iter().map(|seq| [seq.0]))
    }
}

fn message(row: &Row<'_>) -> Result<MessageRow, StoreError> {
    let seq = row.get(MessageColumn::Seq.index()).map_err(to_store_error)?;
    Ok(MessageRow { seq: MessageSeq(seq), message: read_row(row, 0).ok() })
}

//! The table of messages to apps.

use std::sync::LazyLock;

use rusqlite::{Row, params};

use super::{
    rows::{blob, instant, optional_instant, or_invalid},
    statements::{WriteStatements, statement},
    transaction::SqliteTransaction,
};
use crate::{
    domain::{
        instant::Instant,
        notice::{DeliveryResult, Event, MessageEnd, MessageId, OutboxMessage},
        seq::{AppSeq, CredentialSeq, MessageSeq},
    },
    store::{
        error::StoreError,
        port::{
            backend::{MessageTable, RowCallback},
            record::WithMac,
        },
    },
};

/// The columns of a message, in the order in which they are read and written.
const MESSAGE_COLUMNS: &str = "seq, id, app, event, credential, token_ends_at, body, made_at, attempts, next_at, failure, \
    ended_at, outcome, mac";

static MESSAGE_STATEMENTS: LazyLock<WriteStatements> =
    LazyLock::new(|| WriteStatements::for_table("message", MESSAGE_COLUMNS));

impl MessageTable for SqliteTransaction<'_> {
    fn find_message(&self, seq: MessageSeq) -> Result<Option<WithMac<OutboxMessage>>, StoreError> {
        self.find(
            statement!("select {MESSAGE_COLUMNS} from message where seq = ?1"),
            [seq.0],
            message,
        )
    }

    fn scan_messages(&self, each: &mut RowCallback<'_, OutboxMessage>) -> Result<(), StoreError> {
        let statement =
            statement!("select {MESSAGE_COLUMNS} from message not indexed order by seq");
        self.scan_rows(statement, [], message, each)
    }

    fn scan_pending_messages(
        &self,
        each: &mut RowCallback<'_, OutboxMessage>,
    ) -> Result<(), StoreError> {
        let statement = statement!(
            "select {MESSAGE_COLUMNS} from message indexed by message_pending where ended_at is null order by seq"
        );
        self.scan_rows(statement, [], message, each)
    }

    fn list_messages_about(
        &self,
        credential: CredentialSeq,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError> {
        let statement =
            statement!("select {MESSAGE_COLUMNS} from message where credential = ?1 order by seq");
        self.list(statement, [credential.0], message)
    }

    fn list_ended_messages(
        &self,
        before: Instant,
        limit: usize,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError> {
        let statement = statement!(
            "select {MESSAGE_COLUMNS} from message where ended_at is not null and ended_at < ?1 order by ended_at, seq limit ?2"
        );
        self.list(statement, params![before.unix(), limit as i64], message)
    }

    fn insert_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError> {
        self.write_message(&MESSAGE_STATEMENTS.insert, message)
    }

    fn update_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError> {
        self.write_message(&MESSAGE_STATEMENTS.update, message)
    }

    fn remove_message(&self, seq: MessageSeq) -> Result<bool, StoreError> {
        self.execute("delete from message where seq = ?1", [seq.0])
    }
}

impl SqliteTransaction<'_> {
    fn write_message(
        &self,
        statement: &str,
        row: &WithMac<OutboxMessage>,
    ) -> Result<bool, StoreError> {
        let WithMac { record: m, mac } = row;
        self.execute(
            statement,
            params![
                m.seq.0,
                &m.id.0[..],
                m.app.0,
                m.event.as_str(),
                m.credential.0,
                m.token_expires_at.map(Instant::unix),
                m.body,
                m.created_at.unix(),
                m.attempts,
                m.next_attempt_at.unix(),
                m.failure,
                m.ended.map(|ended| ended.at.unix()),
                m.ended.map(|ended| ended.result.as_str()),
                mac,
            ],
        )
    }
}

fn message(row: &Row<'_>) -> Result<WithMac<OutboxMessage>, rusqlite::Error> {
    let ended = match optional_instant(row, 11)? {
        Some(at) => {
            let result = or_invalid(DeliveryResult::parse(row.get_ref(12)?.as_str()?), 12)?;
            Some(MessageEnd { at, result })
        }
        None => None,
    };
    let record = OutboxMessage {
        seq: MessageSeq(row.get(0)?),
        id: MessageId(blob(row, 1)?),
        app: AppSeq(row.get(2)?),
        event: or_invalid(Event::parse(row.get_ref(3)?.as_str()?), 3)?,
        credential: CredentialSeq(row.get(4)?),
        token_expires_at: optional_instant(row, 5)?,
        body: row.get(6)?,
        created_at: instant(row, 7)?,
        attempts: row.get(8)?,
        next_attempt_at: instant(row, 9)?,
        failure: row.get(10)?,
        ended,
    };
    Ok(WithMac { record, mac: blob(row, 13)? })
}

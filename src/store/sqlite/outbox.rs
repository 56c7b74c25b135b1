//! Messages to apps in SQLite.

use std::sync::LazyLock;

use rusqlite::{Row, params};

use super::{
    rows::{blob, instant, known, optional_instant},
    transaction::SqliteTransaction,
    writes::Writes,
};
use crate::{
    domain::{
        instant::Instant,
        webhook::{Ended, Event, Message, MessageId, Outcome},
    },
    store::{
        StoreError,
        backend::{Each, Outbox},
        record::Sealed,
    },
};

/// The columns of a message, in the order in which they are read and written.
const MESSAGE: &str = "seq, id, app, event, credential, token_ends_at, body, made_at, attempts, next_at, failure, \
    ended_at, outcome, mac";

static MESSAGES: LazyLock<Writes> = LazyLock::new(|| Writes::to("message", MESSAGE));

impl Outbox for SqliteTransaction<'_> {
    fn find_message(&self, seq: i64) -> Result<Option<Sealed<Message>>, StoreError> {
        self.find(&format!("select {MESSAGE} from message where seq = ?1"), [seq], message)
    }

    fn scan_messages(&self, each: &mut Each<'_, Message>) -> Result<(), StoreError> {
        let statement = format!("select {MESSAGE} from message not indexed order by seq");
        self.scan_rows(&statement, [], message, each)
    }

    fn scan_pending_messages(&self, each: &mut Each<'_, Message>) -> Result<(), StoreError> {
        let statement = format!(
            "select {MESSAGE} from message indexed by message_pending where ended_at is null order by seq"
        );
        self.scan_rows(&statement, [], message, each)
    }

    fn list_messages_about(&self, credential: i64) -> Result<Vec<Sealed<Message>>, StoreError> {
        let statement = format!("select {MESSAGE} from message where credential = ?1 order by seq");
        self.list(&statement, [credential], message)
    }

    fn list_ended_messages(
        &self,
        before: i64,
        limit: usize,
    ) -> Result<Vec<Sealed<Message>>, StoreError> {
        let statement = format!(
            "select {MESSAGE} from message where ended_at is not null and ended_at < ?1 order by ended_at, seq limit ?2"
        );
        self.list(&statement, params![before, limit as i64], message)
    }

    fn insert_message(&self, message: &Sealed<Message>) -> Result<bool, StoreError> {
        self.write_message(&MESSAGES.insert, message)
    }

    fn update_message(&self, message: &Sealed<Message>) -> Result<bool, StoreError> {
        self.write_message(&MESSAGES.update, message)
    }

    fn remove_message(&self, seq: i64) -> Result<bool, StoreError> {
        self.change("delete from message where seq = ?1", [seq])
    }
}

impl SqliteTransaction<'_> {
    fn write_message(&self, statement: &str, sealed: &Sealed<Message>) -> Result<bool, StoreError> {
        let Sealed { record: m, mac } = sealed;
        self.change(
            statement,
            params![
                m.seq,
                &m.id.0[..],
                m.app,
                m.event.as_str(),
                m.credential,
                m.token_ends_at.map(Instant::unix),
                m.body,
                m.made_at.unix(),
                m.attempts,
                m.next_at.unix(),
                m.failure,
                m.ended.map(|ended| ended.at.unix()),
                m.ended.map(|ended| ended.outcome.as_str()),
                mac,
            ],
        )
    }
}

fn message(row: &Row<'_>) -> Result<Sealed<Message>, rusqlite::Error> {
    let ended = match optional_instant(row, 11)? {
        Some(at) => {
            let outcome = known(Outcome::parse(row.get_ref(12)?.as_str()?), 12)?;
            Some(Ended { at, outcome })
        }
        None => None,
    };
    let record = Message {
        seq: row.get(0)?,
        id: MessageId(blob(row, 1)?),
        app: row.get(2)?,
        event: known(Event::parse(row.get_ref(3)?.as_str()?), 3)?,
        credential: row.get(4)?,
        token_ends_at: optional_instant(row, 5)?,
        body: row.get(6)?,
        made_at: instant(row, 7)?,
        attempts: row.get(8)?,
        next_at: instant(row, 9)?,
        failure: row.get(10)?,
        ended,
    };
    Ok(Sealed { record, mac: blob(row, 13)? })
}

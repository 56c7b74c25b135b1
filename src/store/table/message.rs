//! The table of the outbox.

use super::column::{InvalidValue, RawRow, RowReader, RowValues, TableRow, columns};
use crate::domain::{
    notice::{DeliveryResult, Event, MessageEnd, MessageId, OutboxMessage, Recipient},
    seq::{AppSeq, CredentialSeq, MessageSeq},
};

columns! {
    /// The columns of a message.
    "message" MessageColumn {
        Seq = "seq",
        Id = "id",
        App = "app",
        Event = "event",
        Credential = "credential",
        TokenExpiresAt = "token_ends_at",
        Body = "body",
        CreatedAt = "made_at",
        Attempts = "attempts",
        NextAttemptAt = "next_at",
        Failure = "failure",
        EndedAt = "ended_at",
        Result = "outcome",
        Mac = "mac",
    }
}

type C = MessageColumn;

impl TableRow for OutboxMessage {
    type Column = C;
    const KEY: &'static [C] = &[C::Seq];
    const MAC: C = C::Mac;

    fn write<'r>(&'r self, values: &mut RowValues<'r, C>) {
        values.int(C::Seq, self.seq.0);
        values.blob(C::Id, &self.id.0);
        let Recipient::App(app) = self.recipient;
        values.int(C::App, app.0);
        values.text(C::Event, self.event.as_str());
        values.int(C::Credential, self.credential.0);
        values.optional_instant(C::TokenExpiresAt, self.token_expires_at);
        values.text(C::Body, &self.body);
        values.instant(C::CreatedAt, self.created_at);
        values.int(C::Attempts, self.attempts);
        values.instant(C::NextAttemptAt, self.next_attempt_at);
        values.optional_text(C::Failure, self.failure.as_deref());
        if let Some(MessageEnd { at, result }) = self.ended {
            values.instant(C::EndedAt, at);
            values.text(C::Result, result.as_str());
        }
    }

    fn read<R: RawRow>(row: &RowReader<'_, R, C>) -> Result<Self, InvalidValue> {
        let ended = match row.optional_instant(C::EndedAt)? {
            Some(at) => {
                Some(MessageEnd { at, result: row.parsed(C::Result, DeliveryResult::parse)? })
            }
            None => None,
        };
        Ok(Self {
            seq: MessageSeq(row.int(C::Seq)?),
            id: MessageId(row.bytes(C::Id)?),
            recipient: Recipient::App(AppSeq(row.int(C::App)?)),
            event: row.parsed(C::Event, Event::parse)?,
            credential: CredentialSeq(row.int(C::Credential)?),
            token_expires_at: row.optional_instant(C::TokenExpiresAt)?,
            body: row.string(C::Body)?,
            created_at: row.instant(C::CreatedAt)?,
            attempts: row.int(C::Attempts)?,
            next_attempt_at: row.instant(C::NextAttemptAt)?,
            failure: row.optional_string(C::Failure)?,
            ended,
        })
    }
}

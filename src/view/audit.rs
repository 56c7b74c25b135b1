//! The audit log: its records, its verification and its checkpoints.

use std::fmt::Display;

use super::value::{ascii, column, number_column, optional_integer, optional_text};
use crate::{
    domain::audit::AuditRecord,
    render::{Cell, Column, Record, Row, Tone, Value},
};

/// The schema of an audit record.
const AUDIT_SCHEMA: &str = "gatepass.audit-record/v1";

/// A record of the audit log.
pub struct AuditView<'a>(pub &'a AuditRecord);

impl Record for AuditView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self(record) = self;
        let actor = &record.actor;
        put("schema", Value::Text(AUDIT_SCHEMA));
        put("seq", Value::Integer(record.seq));
        put("at", Value::Timestamp(record.at.rfc3339_bytes()));
        put("action", Value::Text(record.action.as_str()));
        put("subject", Value::Text(&record.subject));
        put("name", optional_text(record.name.as_deref()));
        put("user", Value::Text(&actor.user));
        put("uid", Value::Integer(i64::from(actor.uid)));
        put("login_uid", optional_integer(actor.login_uid.map(i64::from)));
        put("sudo_user", optional_text(actor.sudo_user.as_deref()));
        put("host", Value::Text(&actor.host));
        put("version", Value::Text(&record.version));
        put("before", optional_text(record.before.as_deref()));
        put("after", optional_text(record.after.as_deref()));
    }
}

impl Row for AuditView<'_> {
    fn names() -> &'static [&'static str] {
        &[
            "schema",
            "seq",
            "at",
            "action",
            "subject",
            "name",
            "user",
            "uid",
            "login_uid",
            "sudo_user",
            "host",
            "version",
            "before",
            "after",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            number_column("SEQ", 9),
            column("AT", false, 8),
            column("ACTION", false, 7),
            column("SUBJECT", false, 5),
            column("NAME", true, 6),
            column("ACTOR", true, 4),
        ];
        COLUMNS
    }

    fn handle(&self) -> &dyn Display {
        &self.0.seq
    }

    fn cells(&self, put: &mut dyn FnMut(Cell<'_>)) {
        let Self(record) = self;
        let mut cell = |text: &str| put(Cell { text, tone: Tone::Plain });
        cell(&record.seq.to_string());
        cell(ascii(&record.at.rfc3339_bytes()));
        cell(record.action.as_str());
        cell(&record.subject);
        cell(record.name.as_deref().unwrap_or_default());
        cell(&record.actor.to_string());
    }
}

/// The result of a successful `audit verify`.
pub struct AuditVerificationView {
    /// The number of records in the log.
    pub records: i64,
    /// The link of the last record, in hex.
    pub last_link: String,
    /// The record at which the given checkpoint was taken; `None` without one.
    pub extends_record: Option<i64>,
}

impl Record for AuditVerificationView {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("schema", Value::Text("gatepass.audit-verification/v1"));
        put("verifies", Value::Bool(true));
        put("records", Value::Integer(self.records));
        put("last_link", Value::Text(&self.last_link));
        put("extends_record", optional_integer(self.extends_record));
    }
}

/// A checkpoint of the audit log.
pub struct CheckpointView<'a> {
    /// The checkpoint as one line, to be stored elsewhere.
    pub line: &'a str,
    /// The number of the last record it covers.
    pub seq: i64,
}

impl Record for CheckpointView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("schema", Value::Text("gatepass.audit-checkpoint/v1"));
        put("seq", Value::Integer(self.seq));
        put("checkpoint", Value::Text(self.line));
    }
}

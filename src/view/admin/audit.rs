//! The audit log: its records, its verification and its checkpoints.

use std::fmt::Display;

use super::super::value::{ascii, column, number_column, optional_integer, optional_text};
use crate::{
    domain::{
        actor::{Actor, Principal},
        audit::AuditRecord,
        seq::AuditSeq,
    },
    render::{Cell, Column, Record, Row, Tone, Value},
};

/// The name of the schema.
const AUDIT_SCHEMA: &str = "gatepass.audit-record/v1";

/// A record of the audit log.
pub struct AuditView<'a> {
    record: &'a AuditRecord,
    /// The short form of its actor.
    actor: String,
}

impl<'a> AuditView<'a> {
    /// Creates the view of a record.
    pub fn new(record: &'a AuditRecord) -> Self {
        Self { record, actor: record.actor.to_string() }
    }

    /// Returns the labelled values for a person.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { record, actor } = self;
        let mut details = vec![
            ("record", record.seq.to_string()),
            ("at", record.at.to_string()),
            ("action", record.action.as_str().to_owned()),
            ("subject", record.subject.clone()),
        ];
        details.extend(record.name.clone().map(|name| ("name", name)));
        details.push(("actor", actor.clone()));
        details.push(("version", record.version.clone()));
        details.extend(record.before.clone().map(|fields| ("before", fields)));
        details.extend(record.after.clone().map(|fields| ("after", fields)));
        details
    }
}

impl Record for AuditView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self { record, actor } = self;
        let Actor { process, principal } = &record.actor;
        let (kind, name, address) = principal.fields().unwrap_or((Principal::OS_KIND, actor, None));
        field("schema", Value::Text(AUDIT_SCHEMA));
        field("seq", Value::Integer(record.seq.0));
        field("at", Value::Timestamp(record.at.rfc3339_bytes()));
        field("action", Value::Text(record.action.as_str()));
        field("subject", Value::Text(&record.subject));
        field("name", optional_text(record.name.as_deref()));
        field("user", Value::Text(&process.user));
        field("uid", Value::Integer(i64::from(process.uid)));
        field("login_uid", optional_integer(process.login_uid.map(i64::from)));
        field("sudo_user", optional_text(process.sudo_user.as_deref()));
        field("host", Value::Text(&process.host));
        field("version", Value::Text(&record.version));
        field("before", optional_text(record.before.as_deref()));
        field("after", optional_text(record.after.as_deref()));
        field("actor_kind", Value::Text(kind));
        field("actor", Value::Text(name));
        field("actor_address", optional_text(address));
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
            "actor_kind",
            "actor",
            "actor_address",
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
        &self.record.seq
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let Self { record, actor } = self;
        let mut cell = |text: &str| push(Cell { text, tone: Tone::Plain });
        cell(&record.seq.to_string());
        cell(ascii(&record.at.rfc3339_bytes()));
        cell(record.action.as_str());
        cell(&record.subject);
        cell(record.name.as_deref().unwrap_or_default());
        cell(actor);
    }
}

/// The result of a successful `audit verify`.
pub struct AuditVerificationView {
    /// The number of records in the log.
    pub records: i64,
    /// The link of the last record, in hex.
    pub last_link: String,
    /// The record at which the given checkpoint was taken; `None` without one.
    pub extends_record: Option<AuditSeq>,
}

impl Record for AuditVerificationView {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text("gatepass.audit-verification/v1"));
        field("verifies", Value::Bool(true));
        field("records", Value::Integer(self.records));
        field("last_link", Value::Text(&self.last_link));
        field("extends_record", optional_integer(self.extends_record.map(|seq| seq.0)));
    }
}

/// A checkpoint of the audit log.
pub struct CheckpointView<'a> {
    /// The checkpoint as one line, to be stored elsewhere.
    pub line: &'a str,
    /// The number of the last record it covers.
    pub seq: AuditSeq,
}

impl Record for CheckpointView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text("gatepass.audit-checkpoint/v1"));
        field("seq", Value::Integer(self.seq.0));
        field("checkpoint", Value::Text(self.line));
    }
}

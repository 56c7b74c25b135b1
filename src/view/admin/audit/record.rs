//! Records of the audit log.

use std::fmt::Display;

use super::changes::{FieldChange, changes, fields_of, summary};
use crate::{
    domain::{
        actor::{Actor, Principal},
        audit::{AuditRecord, LoggedRecord},
    },
    render::{Cell, Column, Fit, Record, Row, Tone, Value},
    view::value::{ascii, column, number_column, optional_integer, optional_text},
};

/// The name of the schema.
const AUDIT_SCHEMA: &str = "gatepass.audit-record/v1";

/// A record of the audit log.
pub struct AuditView<'a> {
    record: &'a AuditRecord,
    /// The short form of its actor.
    actor: String,
    /// What the change did to the fields of an object that existed before.
    changes: Vec<FieldChange>,
    /// The link and the MAC, in hex.
    link: String,
    mac: String,
}

impl<'a> AuditView<'a> {
    /// Creates the view of a record.
    pub fn new(LoggedRecord { record, link, mac }: &'a LoggedRecord) -> Self {
        Self {
            record,
            actor: record.actor.to_string(),
            changes: changes(record),
            link: hex(link),
            mac: hex(mac),
        }
    }

    /// Returns the labelled values for a person.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let Self { record, actor, .. } = self;
        let mut details = vec![
            ("record", record.seq.to_string()),
            ("at", record.at.to_string()),
            ("action", record.action.as_str().to_owned()),
            ("subject", record.subject.clone()),
        ];
        details.extend(record.name.clone().map(|name| ("name", name)));
        details.push(("actor", actor.clone()));
        details.push(("version", record.version.clone()));
        details.extend(self.changes.iter().map(|change| ("changed", change.to_string())));
        if record.before.is_none() {
            details.extend(fields_of(record).into_iter().map(|field| ("with", field)));
        }
        details
    }
}

impl Record for AuditView<'_> {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let Self { record, actor, changes, link, mac } = self;
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
        field("link", Value::Text(link));
        field("mac", Value::Text(mac));
        field(
            "changes",
            Value::Records(changes.iter().map(|change| change as &dyn Record).collect()),
        );
        field("label", Value::Text(record.name.as_ref().unwrap_or(&record.subject)));
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
            "link",
            "mac",
            "changes",
            "label",
        ]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] = &[
            number_column("SEQ", Column::REQUIRED),
            column("AT", Fit::Instant, Column::REQUIRED),
            column("ACTION", Fit::Whole, 7),
            column("SUBJECT", Fit::Id, Column::REQUIRED),
            column("NAME", Fit::Name, Column::REQUIRED),
            column("ACTOR", Fit::Text, 4),
            column("CHANGES", Fit::Text, 5),
        ];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        Some(&self.record.seq)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        let Self { record, actor, changes, .. } = self;
        let mut cell = |text: &str| push(Cell { text, tone: Tone::Plain });
        cell(&record.seq.to_string());
        cell(ascii(&record.at.rfc3339_bytes()));
        cell(record.action.as_str());
        cell(&record.subject);
        cell(record.name.as_deref().unwrap_or_default());
        cell(actor);
        cell(&summary(changes));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

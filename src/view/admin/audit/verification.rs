//! The verification of the audit log, and its checkpoints.

use crate::{
    domain::seq::AuditSeq,
    render::{Record, Value},
    view::value::optional_integer,
};

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

//! The JSON Schemas of the output.

use std::fmt::Display;

use super::value::column;
use crate::render::{Cell, Column, Fit, Record, Row, Tone, Value};

/// A published schema.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The name, as in the field `schema` of the output, e.g. `gatepass.app/v1`.
    pub name: &'static str,
    /// The title that `schema list` shows.
    pub title: &'static str,
    /// The text of the JSON Schema.
    pub text: &'static str,
}

/// The published schemas, sorted by name. The schema of a list contains a copy of the schema of its items, so that each
/// file can be used on its own.
pub const SCHEMAS: &[Schema] = &[
    Schema {
        name: "gatepass.account/v1",
        title: "An account",
        text: include_str!("admin/account.json"),
    },
    Schema {
        name: "gatepass.accounts/v1",
        title: "A list of accounts",
        text: include_str!("admin/accounts.json"),
    },
    Schema { name: "gatepass.app/v1", title: "An app", text: include_str!("app/app.json") },
    Schema {
        name: "gatepass.apps/v1",
        title: "A list of apps",
        text: include_str!("app/apps.json"),
    },
    Schema {
        name: "gatepass.audit-checkpoint/v1",
        title: "A checkpoint of the audit log",
        text: include_str!("admin/audit-checkpoint.json"),
    },
    Schema {
        name: "gatepass.audit-record/v1",
        title: "A record of the audit log",
        text: include_str!("admin/audit-record.json"),
    },
    Schema {
        name: "gatepass.audit-verification/v1",
        title: "The result of audit verify",
        text: include_str!("admin/audit-verification.json"),
    },
    Schema {
        name: "gatepass.audit/v1",
        title: "A list of audit records",
        text: include_str!("admin/audit.json"),
    },
    Schema {
        name: "gatepass.changed/v1",
        title: "A list of changed credentials",
        text: include_str!("credential/changed.json"),
    },
    Schema {
        name: "gatepass.check/v1",
        title: "The result of check",
        text: include_str!("credential/check.json"),
    },
    Schema {
        name: "gatepass.credential/v1",
        title: "A credential",
        text: include_str!("credential/credential.json"),
    },
    Schema {
        name: "gatepass.credentials/v1",
        title: "A list of credentials",
        text: include_str!("credential/credentials.json"),
    },
    Schema {
        name: "gatepass.decision/v1",
        title: "The result of verify",
        text: include_str!("credential/decision.json"),
    },
    Schema {
        name: "gatepass.deliveries/v1",
        title: "A list of delivery attempts",
        text: include_str!("app/deliveries.json"),
    },
    Schema {
        name: "gatepass.delivery/v1",
        title: "A delivery attempt",
        text: include_str!("app/delivery.json"),
    },
    Schema {
        name: "gatepass.district/v1",
        title: "A district",
        text: include_str!("app/district.json"),
    },
    Schema {
        name: "gatepass.districts/v1",
        title: "A list of districts",
        text: include_str!("app/districts.json"),
    },
    Schema {
        name: "gatepass.doctor/v1",
        title: "The result of doctor",
        text: include_str!("admin/doctor.json"),
    },
    Schema {
        name: "gatepass.error/v1",
        title: "An error, on stderr",
        text: include_str!("output/error.json"),
    },
    Schema {
        name: "gatepass.finding/v1",
        title: "A secret that verify --find found",
        text: include_str!("credential/finding.json"),
    },
    Schema {
        name: "gatepass.findings/v1",
        title: "A list of secrets that verify --find found",
        text: include_str!("credential/findings.json"),
    },
    Schema {
        name: "gatepass.issued-app/v1",
        title: "A new or reset app, with its client secret",
        text: include_str!("app/issued-app.json"),
    },
    Schema {
        name: "gatepass.issued-webhook/v1",
        title: "An app with a new webhook signing key",
        text: include_str!("app/issued-webhook.json"),
    },
    Schema {
        name: "gatepass.issued/v1",
        title: "A new or reset credential, with its secret",
        text: include_str!("credential/issued.json"),
    },
    Schema {
        name: "gatepass.legacy-app/v1",
        title: "An app that depends on its legacy key",
        text: include_str!("legacy/legacy-app.json"),
    },
    Schema {
        name: "gatepass.legacy-policy/v1",
        title: "The legacy key policy of an account",
        text: include_str!("legacy/legacy-policy.json"),
    },
    Schema {
        name: "gatepass.legacy-report/v1",
        title: "A report on apps that depend on their legacy keys",
        text: include_str!("legacy/legacy-report.json"),
    },
    Schema {
        name: "gatepass.schema/v1",
        title: "An output schema",
        text: include_str!("output/schema.json"),
    },
    Schema {
        name: "gatepass.schemas/v1",
        title: "A list of schemas",
        text: include_str!("output/schemas.json"),
    },
    Schema {
        name: "gatepass.secret/v1",
        title: "A line of a file with secrets (--out)",
        text: include_str!("credential/secret.json"),
    },
    Schema {
        name: "gatepass.status/v1",
        title: "The result of status",
        text: include_str!("admin/status.json"),
    },
    Schema {
        name: "gatepass.store-migration/v1",
        title: "The result of store migrate",
        text: include_str!("admin/store-migration.json"),
    },
    Schema {
        name: "gatepass.store-repair/v1",
        title: "The result of store repair",
        text: include_str!("admin/store-repair.json"),
    },
];

impl Record for Schema {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("schema", Value::Text("gatepass.schema/v1"));
        field("name", Value::Text(self.name));
        field("title", Value::Text(self.title));
        field("label", Value::Text(self.title));
    }
}

impl Row for Schema {
    fn names() -> &'static [&'static str] {
        &["schema", "name", "title", "label"]
    }

    fn columns() -> &'static [Column] {
        const COLUMNS: &[Column] =
            &[column("NAME", Fit::Whole, Column::REQUIRED), column("DESCRIBES", Fit::Text, 8)];
        COLUMNS
    }

    fn handle(&self) -> Option<&dyn Display> {
        Some(&self.name)
    }

    fn cells(&self, push: &mut dyn FnMut(Cell<'_>)) {
        push(Cell { text: self.name, tone: Tone::Plain });
        push(Cell { text: self.title, tone: Tone::Plain });
    }
}

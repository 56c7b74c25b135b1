//! `schema`

use std::fmt::Display;

use clap::{Args, Subcommand};

use super::{Session, error::report::CliError};
use crate::{
    exit::Exit,
    render::{Align, Cell, Column, ListWriter, Record, Row, Tone, Value},
};

/// Lists and shows the JSON Schemas of the output.
///
/// Within v1 they only ever grow: a script that reads them today reads them tomorrow.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    #[command(subcommand)]
    command: SchemaCommand,
}

#[derive(Debug, Subcommand)]
enum SchemaCommand {
    /// Lists their names
    List,
    /// Shows one
    Show {
        /// Its name, such as gatepass.credential/v1
        name: String,
    },
}

/// A published schema.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// Its name: what stands in the field `schema` of the output.
    pub name: &'static str,
    /// What it describes.
    pub title: &'static str,
    /// The JSON Schema itself.
    pub text: &'static str,
}

/// The published schemas by name. A list holds a copy of the schema of its items, so that each is whole by itself.
pub const SCHEMAS: &[Schema] = &[
    Schema {
        name: "gatepass.account/v1",
        title: "An account",
        text: include_str!("../view/schema/admin/account.json"),
    },
    Schema {
        name: "gatepass.accounts/v1",
        title: "A list of accounts",
        text: include_str!("../view/schema/admin/accounts.json"),
    },
    Schema {
        name: "gatepass.app/v1",
        title: "An app",
        text: include_str!("../view/schema/app/app.json"),
    },
    Schema {
        name: "gatepass.apps/v1",
        title: "A list of apps",
        text: include_str!("../view/schema/app/apps.json"),
    },
    Schema {
        name: "gatepass.audit-checkpoint/v1",
        title: "Where the audit log stands",
        text: include_str!("../view/schema/admin/audit-checkpoint.json"),
    },
    Schema {
        name: "gatepass.audit-record/v1",
        title: "A record of the audit log",
        text: include_str!("../view/schema/admin/audit-record.json"),
    },
    Schema {
        name: "gatepass.audit-verification/v1",
        title: "That the audit log verifies",
        text: include_str!("../view/schema/admin/audit-verification.json"),
    },
    Schema {
        name: "gatepass.audit/v1",
        title: "A list of audit records",
        text: include_str!("../view/schema/admin/audit.json"),
    },
    Schema {
        name: "gatepass.changed/v1",
        title: "The credentials that a command changed",
        text: include_str!("../view/schema/credential/changed.json"),
    },
    Schema {
        name: "gatepass.check/v1",
        title: "What check answers",
        text: include_str!("../view/schema/credential/check.json"),
    },
    Schema {
        name: "gatepass.credential/v1",
        title: "A credential",
        text: include_str!("../view/schema/credential/credential.json"),
    },
    Schema {
        name: "gatepass.credentials/v1",
        title: "A list of credentials",
        text: include_str!("../view/schema/credential/credentials.json"),
    },
    Schema {
        name: "gatepass.decision/v1",
        title: "What verify answers",
        text: include_str!("../view/schema/credential/decision.json"),
    },
    Schema {
        name: "gatepass.deliveries/v1",
        title: "A list of attempts to tell apps",
        text: include_str!("../view/schema/app/deliveries.json"),
    },
    Schema {
        name: "gatepass.delivery/v1",
        title: "An attempt to tell an app",
        text: include_str!("../view/schema/app/delivery.json"),
    },
    Schema {
        name: "gatepass.district/v1",
        title: "A district",
        text: include_str!("../view/schema/app/district.json"),
    },
    Schema {
        name: "gatepass.districts/v1",
        title: "A list of districts",
        text: include_str!("../view/schema/app/districts.json"),
    },
    Schema {
        name: "gatepass.doctor/v1",
        title: "What doctor found",
        text: include_str!("../view/schema/admin/doctor.json"),
    },
    Schema {
        name: "gatepass.error/v1",
        title: "An error, on stderr",
        text: include_str!("../view/schema/output/error.json"),
    },
    Schema {
        name: "gatepass.issued-app/v1",
        title: "An app that was just added or reset, with its client secret",
        text: include_str!("../view/schema/app/issued-app.json"),
    },
    Schema {
        name: "gatepass.issued-webhook/v1",
        title: "An app with a new key for its webhook",
        text: include_str!("../view/schema/app/issued-webhook.json"),
    },
    Schema {
        name: "gatepass.issued/v1",
        title: "A credential that was just made or reset, with its secret",
        text: include_str!("../view/schema/credential/issued.json"),
    },
    Schema {
        name: "gatepass.legacy-app/v1",
        title: "An app that depends on its legacy key",
        text: include_str!("../view/schema/legacy/legacy-app.json"),
    },
    Schema {
        name: "gatepass.legacy-policy/v1",
        title: "What an account says about its legacy keys",
        text: include_str!("../view/schema/legacy/legacy-policy.json"),
    },
    Schema {
        name: "gatepass.legacy-report/v1",
        title: "Which apps depend on their legacy keys",
        text: include_str!("../view/schema/legacy/legacy-report.json"),
    },
    Schema {
        name: "gatepass.schema/v1",
        title: "A schema of the output",
        text: include_str!("../view/schema/output/schema.json"),
    },
    Schema {
        name: "gatepass.schemas/v1",
        title: "A list of schemas",
        text: include_str!("../view/schema/output/schemas.json"),
    },
    Schema {
        name: "gatepass.secret/v1",
        title: "A line of a file with many secrets (--out)",
        text: include_str!("../view/schema/credential/secret.json"),
    },
];

pub(super) fn run(args: &SchemaArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        SchemaCommand::List => list(session)?,
        SchemaCommand::Show { name } => {
            let found = SCHEMAS.iter().find(|schema| schema.name == name);
            let schema = found.ok_or_else(|| CliError::Usage {
                code: "unknown_schema",
                message: format!("there is no schema {name}"),
                hint: Some("gatepass schema list".to_owned()),
            })?;
            session.write_stdout(schema.text.as_bytes())?;
        }
    }
    Ok(Exit::Success)
}

fn list(session: &mut Session<'_, '_>) -> anyhow::Result<()> {
    let (style, now) = (session.style(), session.clock_now().rfc3339_bytes());
    let out = &mut *session.host.stdout;
    let mut writer = ListWriter::<Schema>::new(out, &style, "gatepass.schemas/v1", now)?;
    for schema in SCHEMAS {
        writer.row(schema)?;
    }
    writer.finish(&SchemaListSummary)?;
    Ok(session.host.stdout.flush()?)
}

impl Record for Schema {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("schema", Value::Text("gatepass.schema/v1"));
        put("name", Value::Text(self.name));
        put("title", Value::Text(self.title));
    }
}

impl Row for Schema {
    fn names() -> &'static [&'static str] {
        &["schema", "name", "title"]
    }

    fn columns() -> &'static [Column] {
        const fn column(title: &'static str, shrink: bool, priority: u8) -> Column {
            Column { title, align: Align::Left, shrink, priority }
        }
        const COLUMNS: &[Column] = &[column("NAME", false, 9), column("DESCRIBES", true, 8)];
        COLUMNS
    }

    fn handle(&self) -> &dyn Display {
        &self.name
    }

    fn cells(&self, put: &mut dyn FnMut(Cell<'_>)) {
        put(Cell { text: self.name, tone: Tone::Plain });
        put(Cell { text: self.title, tone: Tone::Plain });
    }
}

/// The end of the list.
struct SchemaListSummary;

impl Record for SchemaListSummary {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        put("listed", Value::Integer(SCHEMAS.len() as i64));
    }
}

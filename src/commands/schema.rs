//! `schema`

use clap::{Args, Subcommand};

use super::{
    error::{CliError, CommandError},
    session::Session,
};
use crate::{
    exit::Exit,
    render::ListWriter,
    view::{
        SchemaListSummary,
        schema::{SCHEMAS, Schema},
    },
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

pub fn run(args: &SchemaArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
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

fn list(session: &mut Session<'_, '_>) -> Result<(), CommandError> {
    let (style, now) = (session.style(), session.clock_now().rfc3339_bytes());
    let out = &mut *session.host.stdout;
    let mut writer = ListWriter::<Schema>::new(out, &style, "gatepass.schemas/v1", now)?;
    for schema in SCHEMAS {
        writer.row(schema)?;
    }
    writer.finish(&SchemaListSummary { count: SCHEMAS.len() as i64 })?;
    Ok(session.host.stdout.flush()?)
}

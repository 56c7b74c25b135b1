//! `schema`

use clap::{Args, Subcommand};

use super::{
    args::{list::columns::ListColumns, subcommand::Looks},
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

/// List and show the JSON Schemas of the output
///
/// Within v1, schemas only gain fields, so that scripts keep working.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List the schemas and show one of them
  $ gatepass schema list
  $ gatepass schema show gatepass.credential/v1")]
pub struct SchemaArgs {
    #[command(subcommand)]
    command: SchemaCommand,
}

#[derive(Debug, Subcommand)]
enum SchemaCommand {
    /// List schema names
    #[command(visible_alias = "ls")]
    List(Looks<SchemaListArgs>),
    /// Show a schema
    Show(Looks<SchemaShowArgs>),
}

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List schema names
  $ gatepass schema list")]
struct SchemaListArgs {
    #[command(flatten)]
    columns: ListColumns,
}

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Save the schema of a credential
  $ gatepass schema show gatepass.credential/v1 >credential.json")]
struct SchemaShowArgs {
    /// Name of the schema, e.g. gatepass.credential/v1
    name: String,
}

pub fn run(args: &SchemaArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    match &args.command {
        SchemaCommand::List(args) => list(args, session)?,
        SchemaCommand::Show(args) => {
            let name = &args.name;
            let found = SCHEMAS.iter().find(|schema| schema.name == name);
            let schema = found.ok_or_else(|| CliError::Usage {
                code: "unknown_schema",
                message: format!("unknown schema {name}"),
                hint: Some("to list schemas: gatepass schema list".to_owned()),
            })?;
            session.write_stdout(schema.text.as_bytes())?;
        }
    }
    Ok(Exit::Success)
}

fn list(args: &SchemaListArgs, session: &mut Session<'_, '_>) -> Result<(), CommandError> {
    let style = args.columns.style(session)?;
    let now = session.clock_now().rfc3339_bytes();
    let out = &mut *session.host.stdout;
    let mut writer = ListWriter::<Schema>::new(out, &style, "gatepass.schemas/v1", now)?;
    for schema in SCHEMAS {
        writer.row(schema)?;
    }
    let fit = writer.finish(&SchemaListSummary { count: SCHEMAS.len() as i64 })?;
    session.end_list(&fit)
}

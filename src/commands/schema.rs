//! `schema`

use clap::{Args, Subcommand};

use super::{Session, error::Failure};
use crate::exit::Exit;

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

/// The published schemas by name.
pub const SCHEMAS: &[(&str, &str)] = &[];

pub(super) fn run(args: &SchemaArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        SchemaCommand::List => {
            let names: String = SCHEMAS.iter().map(|(name, _)| format!("{name}\n")).collect();
            session.host.stdout.write_all(names.as_bytes())?;
        }
        SchemaCommand::Show { name } => {
            let found = SCHEMAS.iter().find(|(known, _)| known == name);
            let (_, text) = found.ok_or_else(|| Failure::Usage {
                code: "unknown_schema",
                message: format!("there is no schema {name}"),
                hint: Some("gatepass schema list".to_owned()),
            })?;
            session.host.stdout.write_all(text.as_bytes())?;
        }
    }
    session.host.stdout.flush()?;
    Ok(Exit::Done)
}

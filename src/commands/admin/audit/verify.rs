//! `audit verify`

use clap::Args;

use super::checkpoint::read_checkpoint;
use crate::{
    commands::{
        args::input_file::{InputFile, input_file},
        error::CommandError,
        session::Session,
    },
    exit::Exit,
    view::AuditVerificationView,
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Verify the whole audit log
  $ gatepass audit verify

  # Also prove that it extends an earlier checkpoint
  $ gatepass audit verify --against checkpoint.txt")]
pub struct AuditVerifyArgs {
    /// Checkpoint file, or - for stdin; also prove that the log still extends it
    #[arg(long, value_name = "FILE", value_parser = input_file())]
    against: Option<InputFile>,
}

pub fn run(args: &AuditVerifyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let checkpoint =
        args.against.as_ref().map(|file| read_checkpoint(file, session)).transpose()?;
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let records = read.tx.verify_history()?.cast_signed();
    let link: String = read.tx.head().audit_link.iter().map(|byte| format!("{byte:02x}")).collect();
    let noun = if records == 1 { "record" } else { "records" };
    let mut sentence = format!("Audit log OK: {records} {noun}, head {link}");
    let extends = checkpoint.as_ref().map(|checkpoint| checkpoint.record.seq);
    if let Some(checkpoint) = checkpoint {
        sentence
            .push_str(&format!("; it extends the checkpoint of record {}", checkpoint.record.seq));
        read.tx.ensure_extends(checkpoint)?;
    }
    if !session.global.quiet {
        let view = AuditVerificationView { records, last_link: link, extends_record: extends };
        session.show_record(&view, &sentence)?;
    }
    Ok(Exit::Success)
}

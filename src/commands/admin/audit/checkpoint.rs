//! `audit checkpoint`, and how a checkpoint is read from a file.

use std::io::{self, Read};

use clap::Args;

use crate::{
    commands::{
        args::input_file::InputFile,
        error::{CliError, CommandError, WithMessage},
        session::Session,
    },
    exit::Exit,
    store::{
        format_checkpoint, parse_checkpoint,
        port::record::{Checkpoint, WithMac},
    },
    view::CheckpointView,
};

/// The most bytes to read of a file: more than a checkpoint has.
const MAX_BYTES: u64 = 1024;

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Save a checkpoint; keep the file on another machine
  $ gatepass audit checkpoint >checkpoint.txt")]
pub struct AuditCheckpointArgs {}

pub fn run(_: &AuditCheckpointArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_to_view()?;
    let read = session.begin_read(&store)?;
    let checkpoint = read.tx.checkpoint();
    let (line, seq) = (format_checkpoint(&checkpoint), checkpoint.record.seq);
    session.show_record(&CheckpointView { line: &line, seq }, &line)?;
    Ok(Exit::Success)
}

/// Reads a checkpoint from a file.
///
/// # Errors
/// When the file can't be read or does not contain a checkpoint. The MAC is not verified.
pub fn read_checkpoint(
    file: &InputFile,
    session: &mut Session<'_, '_>,
) -> Result<WithMac<Checkpoint>, CommandError> {
    let mut text = String::new();
    let read = file.open(session)?.take(MAX_BYTES).read_to_string(&mut text);
    let is_text = !read.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::InvalidData);
    read.with_message(|| if is_text { file.read_error() } else { format!("{file} is not text") })?;
    parse_checkpoint(text.trim_end()).ok_or_else(|| {
        CliError::usage("bad_checkpoint", format!("{file} does not contain a checkpoint")).into()
    })
}

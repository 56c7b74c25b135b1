//! `key export`

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    commands::{
        args::output_file::output_file,
        error::{CliError, CommandError, WithMessage, chain_text},
        issue::{create_error, write_error},
        session::{Session, read_master_key},
    },
    exit::Exit,
    keys::{new_file::NewFile, text},
    ops::{OpError, admin::key::record_key_export},
    store::{Mode, StoreError},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Copy the master key to a file that only you can read
  $ gatepass key export --out master-key.backup")]
pub struct KeyExportArgs {
    /// New file for the key; stdout if omitted
    ///
    /// Only you can read the file. An existing file is never overwritten.
    #[arg(long, value_name = "FILE", value_parser = output_file())]
    out: Option<PathBuf>,
}

pub fn run(args: &KeyExportArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let out = args.out.as_deref();
    if out.is_none() && session.host.terminal.stdout {
        session.confirm("Print the master key on the terminal?")?;
    }
    let store = session.open_store(Mode::Write)?;
    let master = read_master_key(&session.config)?;
    let text = text::encode(&master);
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    if context.dry_run {
        session.report_dry_run()?;
        return Ok(Exit::Success);
    }
    let file = match out {
        None => {
            session
                .write_stdout(text.as_bytes())
                .map_err(|error| CliError::KeyNotWritten { why: chain_text(&error) })?;
            None
        }
        Some(path) => Some(write_new_file(path, text.as_bytes())?),
    };
    // Recorded only after the copy was written, because the record counts as a backup.
    let recorded = record_key_export(&context, &master.fingerprint());
    if let (Some(file), Some(path)) = (file, out) {
        match &recorded {
            Ok(_) | Err(OpError::Store(StoreError::CommitUnknown(_))) => file.keep(),
            // The command failed, and can be run again.
            Err(_) => file.discard().with_message(|| format!("{} is left", path.display()))?,
        }
    }
    recorded?;
    if let Some(path) = out {
        session.message(&format!("The key {} is in {}.", master.fingerprint(), path.display()))?;
    }
    Ok(Exit::Success)
}

/// Writes a new private file and syncs it to disk.
fn write_new_file(path: &Path, text: &[u8]) -> Result<NewFile, CommandError> {
    let mut file = NewFile::create(path).map_err(|error| create_error(path, error))?;
    let written = file.write_all(text).and_then(|()| file.publish());
    written.map_err(|error| write_error(path, error))?;
    Ok(file)
}

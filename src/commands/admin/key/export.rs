//! `key export`

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    commands::{
        args::output_file::output_file,
        error::{CliError, CommandError, WithMessage, chain_text},
        issue::create_error,
        session::{Session, read_master_key},
    },
    exit::Exit,
    keys::{secure_fs, text},
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
    match out {
        None => session
            .write_stdout(text.as_bytes())
            .map_err(|error| CliError::KeyNotWritten { why: chain_text(&error) })?,
        Some(path) => write_new_file(path, text.as_bytes())?,
    }
    // Recorded only after the copy was written, because the record counts as a backup.
    let recorded = record_key_export(&context, &master.fingerprint());
    if let (Err(error), Some(path)) = (&recorded, out)
        && !matches!(error, OpError::Store(StoreError::CommitUnknown(_)))
    {
        // The command failed, and can be run again.
        fs::remove_file(path).with_message(|| format!("{} is left", path.display()))?;
    }
    recorded?;
    if let Some(path) = out {
        session.message(&format!("The key {} is in {}.", master.fingerprint(), path.display()))?;
    }
    Ok(Exit::Success)
}

/// Writes a new private file and syncs it to disk.
fn write_new_file(path: &Path, text: &[u8]) -> Result<(), CommandError> {
    let mut file =
        secure_fs::create_private_file(path).map_err(|error| create_error(path, error))?;
    file.write_all(text)?;
    file.sync_all()?;
    Ok(secure_fs::sync_parent(path)?)
}

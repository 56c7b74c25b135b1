//! `key`

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, Subcommand};
use zeroize::Zeroizing;

use crate::{
    commands::{
        Session, error::report::CliError, issue::out_file::create_error,
        session::context::open_store_with,
    },
    exit::Exit,
    keys::{Keys, MasterKey, PathRules, file, secure_fs},
    ops::admin::key::record_key_export,
    store::sqlite::{LockWait, Mode},
};

/// Copies the master key for escrow, and brings it back.
///
/// Without its key a store is worthless: nothing in it can be verified. Keep a copy where the store's copies are not.
#[derive(Debug, Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Copies the key, to a new file or to stdout
    Export {
        /// A new file, readable by you alone
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Brings a copy back to where the key belongs
    Import {
        /// The copy; - reads it from stdin
        #[arg(value_name = "FILE")]
        from: PathBuf,
    },
}

/// The most bytes of a copy that are looked at.
const MAX_KEY_BYTES: u64 = 4096;

pub(in crate::commands) fn run(
    args: &KeyArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    match &args.command {
        KeyCommand::Export { out } => export(out.as_deref(), session),
        KeyCommand::Import { from } => import(from, session),
    }
}

fn export(out: Option<&Path>, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    if out.is_none() && session.host.terminal.stdout {
        session.confirm("Print the master key on this screen?")?;
    }
    let store = session.open_store(Mode::Write)?;
    let master = file::read(
        &session.config.key.path,
        PathRules::for_key_file(session.config.key.is_service_credential),
    )?;
    let text = file::encode(&master);
    let actor = session.actor();
    let desk = session.op_context(&store, &actor);
    if desk.dry_run {
        session.message("This was a dry run: nothing was copied.")?;
        return Ok(Exit::Success);
    }
    match out {
        None => session
            .write_stdout(text.as_bytes())
            .map_err(|error| anyhow::anyhow!("the key could not be written: {error:#}"))?,
        Some(path) => {
            let mut file =
                secure_fs::create_private_file(path).map_err(|error| create_error(path, error))?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            secure_fs::sync_parent(path)?;
        }
    }
    // Only a copy that is there counts as one.
    record_key_export(&desk, &master.fingerprint())?;
    if let Some(path) = out {
        session.message(&format!("The key {} is in {}.", master.fingerprint(), path.display()))?;
    }
    Ok(Exit::Success)
}

fn import(from: &Path, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_BYTES as usize + 1));
    if from == Path::new("-") {
        session.host.stdin.take(MAX_KEY_BYTES + 1).read_to_end(&mut bytes)?;
    } else {
        let file =
            File::open(from).with_context(|| format!("{} could not be read", from.display()))?;
        file.take(MAX_KEY_BYTES + 1).read_to_end(&mut bytes)?;
    }
    let master = file::parse(&bytes)
        .map_err(|_| CliError::usage("bad_key", format!("{} holds no key", from.display())))?;
    ensure_key_matches_store(&master, session)?;
    let path = &session.config.key.path;
    if session.global.dry_run {
        session.message("This was a dry run: the key fits, and nothing was changed.")?;
        return Ok(Exit::Success);
    }
    match file::write(path, &master)? {
        file::KeyWrite::Created => {
            let done = format!("The key {} is at {}.", master.fingerprint(), path.display());
            session.message(&done)?;
            Ok(Exit::Success)
        }
        file::KeyWrite::AlreadyExists => Err(CliError::Conflict {
            message: format!("there is a key at {} already", path.display()),
            hint: "move it away first, if it is the wrong one".to_owned(),
        }
        .into()),
    }
}

/// A key that does not fit the store would be one more problem, not the end of one.
fn ensure_key_matches_store(master: &MasterKey, session: &Session<'_, '_>) -> anyhow::Result<()> {
    if !session.config.store.exists() {
        return Ok(());
    }
    let store =
        open_store_with(&session.config, Mode::Read, LockWait::UntilTimeout, Keys::derive(master))?;
    drop(session.begin_read(&store)?);
    Ok(())
}

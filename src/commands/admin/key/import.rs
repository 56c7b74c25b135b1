//! `key import`

use std::io::Read;

use clap::Args;
use zeroize::Zeroizing;

use crate::{
    commands::{
        args::input_file::{InputFile, input_file},
        error::{CliError, CommandError, WithMessage},
        session::{Prompt, Session, read_master_key},
    },
    exit::Exit,
    keys::{
        KeyError, Keys, MasterKey,
        file::{self, KeyWrite},
        text::{self, KeyFormatError},
    },
    ops::{
        ReadTx,
        admin::migrate::{MigrateRequest, migrate},
    },
    store::{LockWait, Mode, StoreError},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Restore the master key
  $ gatepass key import master-key.backup")]
pub struct KeyImportArgs {
    /// Copy of the key; - reads it from stdin
    #[arg(value_name = "FILE", value_parser = input_file())]
    from: InputFile,
}

const KEY_PROMPT: Prompt<'_> =
    Prompt { text: "Master key?", missing: "the key", hint: "use gatepass key import FILE" };

/// The most bytes of a copy that are read: more than a key file has.
const MAX_KEY_BYTES: u64 = 4096;

pub fn run(args: &KeyImportArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let master = read_copy(&args.from, session)?;
    ensure_key_matches_store(&master, session)?;
    let (path, fingerprint) = (session.config.key.path.display(), master.fingerprint());
    let done = match read_master_key(&session.config) {
        Ok(present) if present == master => format!("Key {fingerprint} is already at {path}."),
        Err(KeyError::Missing { .. }) if session.global.dry_run => "The key is valid.".to_owned(),
        Err(KeyError::Missing { .. }) => match file::write(&session.config.key.path, &master)? {
            KeyWrite::Created => format!("Restored key {fingerprint} to {path}."),
            KeyWrite::AlreadyExists => return Err(another_key(session).into()),
        },
        _ => return Err(another_key(session).into()),
    };
    session.message(&done)?;
    session.report_dry_run()?;
    Ok(Exit::Success)
}

fn another_key(session: &Session<'_, '_>) -> CliError {
    CliError::Conflict {
        message: format!("{} already exists", session.config.key.path.display()),
        hint: "if it is the wrong key, move it away first".to_owned(),
    }
}

fn read_copy(from: &InputFile, session: &mut Session<'_, '_>) -> Result<MasterKey, CommandError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_BYTES as usize + 1));
    if from.path().is_none() && session.host.terminal.stdin {
        bytes = session.prompt_hidden(&KEY_PROMPT)?;
    } else {
        let read = from.open(session)?.take(MAX_KEY_BYTES + 1).read_to_end(&mut bytes);
        read.with_message(|| from.read_error())?;
    }
    let bad_key = |error| match error {
        KeyFormatError::NotAKey => format!("{from} does not contain a key"),
        KeyFormatError::Utf16 => format!("{from} {error}; save it as UTF-8 or ASCII"),
    };
    Ok(text::parse(&bytes).map_err(|error| CliError::usage("bad_key", bad_key(error)))?)
}

/// Rejects a key that is not the one of the store, if the store exists.
fn ensure_key_matches_store(
    master: &MasterKey,
    session: &Session<'_, '_>,
) -> Result<(), CommandError> {
    if !session.store_exists()? {
        return Ok(());
    }
    match session.open_store_with(Mode::View, LockWait::UntilTimeout, Keys::derive(master)) {
        // Its key is checked as before a migration, which needs the key.
        Err(StoreError::Older { .. }) => {
            let request = MigrateRequest {
                driver: &*session.driver,
                address: &session.config.store,
                keys: Keys::derive(master),
                dry_run: true,
            };
            migrate(request, session.host.clock.as_ref())?;
        }
        store => drop(ReadTx::begin(&store?, session.host.clock.as_ref())?),
    }
    Ok(())
}

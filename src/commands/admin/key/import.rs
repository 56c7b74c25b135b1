//! `key import`

use std::io::Read;

use clap::Args;
use zeroize::Zeroizing;

use crate::{
    commands::{
        args::input_file::{InputFile, input_file},
        error::{CliError, CommandError, WithMessage},
        session::Session,
    },
    exit::Exit,
    keys::{Keys, MasterKey, file},
    ops::admin::migrate::{MigrateRequest, migrate},
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

/// The most bytes of a copy that are read: more than a key file has.
const MAX_KEY_BYTES: u64 = 4096;

pub fn run(args: &KeyImportArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let master = read_copy(&args.from, session)?;
    ensure_key_matches_store(&master, session)?;
    let path = &session.config.key.path;
    if session.global.dry_run {
        session.message("This was a dry run: the key is valid, and nothing was changed.")?;
        return Ok(Exit::Success);
    }
    match file::write(path, &master)? {
        file::KeyWrite::Created => {
            let done = format!("Restored key {} to {}.", master.fingerprint(), path.display());
            session.message(&done)?;
            Ok(Exit::Success)
        }
        file::KeyWrite::AlreadyExists => Err(CliError::Conflict {
            message: format!("{} already exists", path.display()),
            hint: "if it is the wrong key, move it away first".to_owned(),
        }
        .into()),
    }
}

fn read_copy(from: &InputFile, session: &mut Session<'_, '_>) -> Result<MasterKey, CommandError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_BYTES as usize + 1));
    let read = from.open(session)?.take(MAX_KEY_BYTES + 1).read_to_end(&mut bytes);
    read.with_message(|| from.read_error())?;
    let no_key = |_| CliError::usage("bad_key", format!("{from} does not contain a key"));
    Ok(file::parse(&bytes).map_err(no_key)?)
}

/// Rejects a key that is not the one of the store, if the store exists.
fn ensure_key_matches_store(
    master: &MasterKey,
    session: &Session<'_, '_>,
) -> Result<(), CommandError> {
    if !session.store_exists()? {
        return Ok(());
    }
    match session.open_store_with(Mode::Read, LockWait::UntilTimeout, Keys::derive(master)) {
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
        store => drop(session.begin_read(&store?)?),
    }
    Ok(())
}

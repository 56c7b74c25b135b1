//! `complete-names START`: the names of credentials, for completion scripts.
//!
//! It creates no store, waits for no lock and never fails, because a shell has no use for errors during completion. It
//! is an internal subcommand: no help, script or man page lists it. Its settings come from the environment and the
//! configuration file alone.

use std::{ffi::OsString, io::Write, sync::Arc};

use crate::{
    commands::{args::global::GlobalArgs, error::CommandError, session::Session},
    domain::{credential::CredentialKind, directory::name::fold},
    exit::Exit,
    host::Host,
    store::{LockWait, Mode, StoreDriver},
};

/// The name of the subcommand.
pub const COMPLETE_NAMES: &str = "complete-names";

/// The most names to print.
const MAX_NAMES: usize = 100;

/// Prints the names that begin with the first argument. An error is ignored and prints no names.
pub fn run(arguments: &[OsString], host: &mut Host<'_>, driver: Arc<dyn StoreDriver>) -> Exit {
    let start = arguments.iter().find(|argument| *argument != "--");
    let start = start.map(|start| start.to_string_lossy()).unwrap_or_default();
    let _printed = print_names(&start, host, driver);
    Exit::Success
}

fn print_names(
    start: &str,
    host: &mut Host<'_>,
    driver: Arc<dyn StoreDriver>,
) -> Result<(), CommandError> {
    let global = GlobalArgs::default();
    let session = Session::new(host, &global, driver)?;
    let store = session.open_store_with(Mode::Read, LockWait::Never, session.read_keys()?)?;
    let mut read = session.begin_read(&store)?;
    let (start, mut text, mut left) = (fold(start), Vec::new(), MAX_NAMES);
    for account in read.accounts(session.account)? {
        for kind in CredentialKind::ALL {
            for holder in read.tx.list_holders(account.key, kind, &start, left)? {
                writeln!(text, "{}", holder.subject.as_str())?;
                left -= 1;
            }
        }
    }
    session.host.stdout.write_all(&text)?;
    Ok(session.host.stdout.flush()?)
}

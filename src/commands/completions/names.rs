//! `complete-names START`: live names for completion scripts. It makes no store, waits for no lock and never fails: a
//! shell that completes is no place for errors.
//!
//! It is no subcommand for people: it stands in no help, no script and no man page, and takes its settings from the
//! environment and the configuration file alone.

use std::{ffi::OsString, io::Write};

use crate::{
    commands::{GlobalArgs, Session, session::context::open_store_with},
    domain::{credential::CredentialKind, directory::name::fold},
    exit::Exit,
    host::Host,
    store::sqlite::{LockWait, Mode},
};

/// What stands in the place of a subcommand.
pub const COMPLETE_NAMES: &str = "complete-names";

/// How many names are offered.
const MAX_NAMES: usize = 100;

/// Prints the names that begin with what was typed so far. Whatever goes wrong, the answer is that none is offered.
pub fn run(arguments: &[OsString], host: &mut Host<'_>) -> Exit {
    let typed = arguments.iter().find(|argument| *argument != "--");
    let start = typed.map(|typed| typed.to_string_lossy()).unwrap_or_default();
    let _offered = print_names(&start, host);
    Exit::Success
}

fn print_names(start: &str, host: &mut Host<'_>) -> anyhow::Result<()> {
    let global = GlobalArgs::default();
    let session = Session::new(host, &global)?;
    let store =
        open_store_with(&session.config, Mode::Read, LockWait::Never, session.read_keys()?)?;
    let look = session.begin_read(&store)?;
    let (start, mut text, mut left) = (fold(start), Vec::new(), MAX_NAMES);
    for account in look.accounts(session.account)? {
        for kind in CredentialKind::ALL {
            for holder in look.tx.list_holders(account.key, kind, &start, left)? {
                writeln!(text, "{}", holder.subject.as_str())?;
                left -= 1;
            }
        }
    }
    session.host.stdout.write_all(&text)?;
    Ok(session.host.stdout.flush()?)
}

//! `gatepass` issues, lists, verifies and retires the passcodes and tokens of an API.
//!
//! This library is the whole program; the binary only builds the host and exits. `ARCHITECTURE.md` describes its parts.

pub mod commands;
pub mod config;
pub mod delivery;
pub mod domain;
pub mod exit;
pub mod host;
pub mod keys;
pub mod ops;
pub mod render;
pub mod server;
pub mod store;
pub mod view;

use std::{ffi::OsString, sync::Arc};

use clap::error::ErrorKind;

pub use commands::command_tree;
use commands::{
    Session, completions::names, dispatch, named_subcommand, parse, report, usage_error,
};
use domain::{credential::secret, directory::reference::SecretAsReference};
use exit::Exit;
use host::Host;
use store::{BackendByAddress, StoreDriver};

/// Runs the program once: reads arguments, writes through the host, returns the exit code.
pub fn run(arguments: &[OsString], host: &mut Host<'_>) -> Exit {
    run_with_driver(arguments, host, Arc::new(BackendByAddress))
}

/// Like [`run`], with stores that `driver` opens.
pub fn run_with_driver(
    arguments: &[OsString],
    host: &mut Host<'_>,
    driver: Arc<dyn StoreDriver>,
) -> Exit {
    if let [_, word, rest @ ..] = arguments
        && word == names::COMPLETE_NAMES
    {
        return names::run(rest, host, driver);
    }
    let exit = parse_and_dispatch(arguments, host, driver);
    let is_check = exit.is_err() && is_check_command(arguments);
    match exit {
        Ok(exit) => exit,
        // For monitoring plugins, 3 means "unknown", whatever the reason.
        Err(_) if is_check => Exit::NotFound,
        Err(exit) => exit,
    }
}

/// Returns the exit code of the subcommand, or of the error that was reported.
fn parse_and_dispatch(
    arguments: &[OsString],
    host: &mut Host<'_>,
    driver: Arc<dyn StoreDriver>,
) -> Result<Exit, Exit> {
    let json = wants_json(arguments);
    // Checked before clap parses them, because clap's errors repeat the argument.
    if arguments.iter().any(|argument| secret::contains_secret(&argument.to_string_lossy())) {
        return Err(report(host, json, &SecretAsReference.into()));
    }
    let args = match parse(arguments, host.terminal.width) {
        Ok(args) => args,
        Err(error) => return handle_clap_error(host, json, &error),
    };
    let mut session = match Session::new(host, &args.global, driver) {
        Ok(session) => session,
        Err(error) => return Err(report(host, json, &error)),
    };
    dispatch(&args.command, &mut session).map_err(|error| report(host, json, &error))
}

/// Prints help or the version to stdout, and reports anything else as a usage error.
fn handle_clap_error(host: &mut Host<'_>, json: bool, error: &clap::Error) -> Result<Exit, Exit> {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let written = host.stdout.write_all(text.as_bytes()).and_then(|()| host.stdout.flush());
            written.map(|()| Exit::Success).map_err(|error| report(host, json, &error.into()))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !json => {
            // When stderr is closed nobody reads the message, but the exit code still reports the failure.
            let _written = host.stderr.write_all(text.as_bytes());
            Err(Exit::Usage)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(report(host, json, &usage_error("error: a subcommand is missing").into()))
        }
        _ => Err(report(host, json, &usage_error(&text).into())),
    }
}

/// Whether errors are reported as JSON. Looks at the arguments as they are, because errors include those of parsing.
fn wants_json(arguments: &[OsString]) -> bool {
    let follows =
        |pair: &[OsString]| pair[0] == "--format" && (pair[1] == "json" || pair[1] == "jsonl");
    arguments.iter().any(|argument| {
        argument == "--json" || argument == "--format=json" || argument == "--format=jsonl"
    }) || arguments.windows(2).any(follows)
}

/// Whether the subcommand is `check`, even if its arguments are not valid.
fn is_check_command(arguments: &[OsString]) -> bool {
    named_subcommand(arguments).is_some_and(|name| name == "check")
}

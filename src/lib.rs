//! `gatepass` issues, lists, verifies and retires the passcodes and tokens of an API.
//!
//! The library is what stands beneath the binary; `ARCHITECTURE.md` draws it on one page.

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

use std::{ffi::OsString, mem};

use clap::{Command, CommandFactory, FromArgMatches, error::ErrorKind};

use commands::{CliArgs, Session, completions::names, dispatch, report};
use domain::{credential::secret, directory::reference::SecretAsReference};
use exit::Exit;
use host::Host;

/// Wider lines are hard to read.
const MAX_HELP_WIDTH: usize = 100;

/// The tree of all subcommands. To take it apart costs a short run more than its look at the store: a process that ends
/// after one run leaves that to the operating system.
pub fn command_tree() -> Command {
    CliArgs::command()
}

/// Runs the program once: arguments in, output through the host, an exit code out.
pub fn run(tree: &mut Command, arguments: &[OsString], host: &mut Host<'_>) -> Exit {
    if let [_, word, rest @ ..] = arguments
        && word == names::COMPLETE_NAMES
    {
        return names::run(rest, host);
    }
    let exit = parse_and_dispatch(tree, arguments, host);
    let is_check = exit.is_err() && is_check_command(arguments);
    match exit {
        Ok(exit) => exit,
        // Monitoring plugins say "could not tell" with 3, whatever the reason.
        Err(_) if is_check => Exit::NotFound,
        Err(exit) => exit,
    }
}

/// What was done, or the exit of an error that was told.
fn parse_and_dispatch(
    tree: &mut Command,
    arguments: &[OsString],
    host: &mut Host<'_>,
) -> Result<Exit, Exit> {
    let json = wants_json(arguments);
    // Before clap sees them: it repeats what it rejects, and others can see our arguments.
    if arguments.iter().any(|argument| secret::contains_secret(&argument.to_string_lossy())) {
        return Err(report(host, json, &SecretAsReference.into()));
    }
    let args = match parse(tree, arguments, host.terminal.width) {
        Ok(args) => args,
        Err(error) => return handle_clap_error(host, json, &error),
    };
    let mut session = match Session::new(host, &args.global) {
        Ok(session) => session,
        Err(error) => return Err(report(host, json, &error)),
    };
    dispatch(&args.command, &mut session).map_err(|error| report(host, json, &error))
}

/// Reads the arguments. Help is as wide as the terminal that the host knows of, and not what clap would find by
/// itself.
fn parse(
    tree: &mut Command,
    arguments: &[OsString],
    width: Option<usize>,
) -> Result<CliArgs, clap::Error> {
    let width = width.unwrap_or(MAX_HELP_WIDTH).min(MAX_HELP_WIDTH);
    *tree = mem::take(tree).term_width(width);
    let mut matches = tree.try_get_matches_from_mut(arguments)?;
    CliArgs::from_arg_matches_mut(&mut matches).map_err(|error| error.format(tree))
}

/// What clap has to say: help and versions are data, the rest is a usage error.
fn handle_clap_error(host: &mut Host<'_>, json: bool, error: &clap::Error) -> Result<Exit, Exit> {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let written = host.stdout.write_all(text.as_bytes()).and_then(|()| host.stdout.flush());
            written.map(|()| Exit::Success).map_err(|error| report(host, json, &error.into()))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !json => {
            // Nobody is left to tell when stderr is closed; the exit code still says it.
            let _said = host.stderr.write_all(text.as_bytes());
            Err(Exit::Usage)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(report(host, json, &commands::usage_error("error: a subcommand is missing")))
        }
        _ => Err(report(host, json, &commands::usage_error(&text))),
    }
}

fn wants_json(arguments: &[OsString]) -> bool {
    let follows =
        |pair: &[OsString]| pair[0] == "--format" && (pair[1] == "json" || pair[1] == "jsonl");
    arguments.iter().any(|argument| {
        argument == "--json" || argument == "--format=json" || argument == "--format=jsonl"
    }) || arguments.windows(2).any(follows)
}

/// Whether the arguments mean `check`, even where they are wrong.
fn is_check_command(arguments: &[OsString]) -> bool {
    let matches = CliArgs::command().ignore_errors(true).try_get_matches_from(arguments);
    matches.is_ok_and(|matches| matches.subcommand_name() == Some("check"))
}

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

use std::{borrow::Cow, ffi::OsString, sync::Arc};

use clap::error::ErrorKind;

pub use commands::command_tree;
use commands::{
    CommandError, Session, completions::complete, dispatch, named_subcommand, parse, report,
    set_early_colours, usage_error,
};
use config::{env::Env, file::configured_format};
use domain::{credential::secret, directory::reference::SecretAsReference};
use exit::Exit;
use host::Host;
use render::colour_headings;
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
        && word == complete::COMPLETE
    {
        return complete::run(rest, host, driver);
    }
    let exit = parse_and_dispatch(arguments, host, driver);
    // A closed pipe is no failure.
    let has_failed = exit.is_err_and(|exit| exit != Exit::Success);
    let is_check = has_failed && is_check_command(arguments);
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
    // Checked before clap parses them, because clap's errors repeat the argument.
    if arguments.iter().any(|argument| secret::contains_secret(&argument.to_string_lossy())) {
        return Err(report_early(host, arguments, &SecretAsReference.into()));
    }
    let args = match parse(arguments, host.terminal.width) {
        Ok(args) => args,
        Err(error) => {
            if error.kind() != ErrorKind::DisplayVersion {
                set_early_colours(arguments, host);
            }
            return handle_clap_error(host, arguments, &error);
        }
    };
    let mut session = match Session::new(host, &args.global, driver) {
        Ok(session) => session,
        Err(error) => return Err(report_early(host, arguments, &error)),
    };
    let result = dispatch(&args.command, &mut session);
    let has_changed = session.changed.is_set();
    result.map_err(|error| {
        let error = if has_changed { error.after_change() } else { error };
        report_error(host, arguments, &error)
    })
}

/// Reports an error before a session begins.
fn report_early(host: &mut Host<'_>, arguments: &[OsString], error: &CommandError) -> Exit {
    set_early_colours(arguments, host);
    report_error(host, arguments, error)
}

/// Prints help or the version to stdout, and reports anything else as a usage error.
fn handle_clap_error(
    host: &mut Host<'_>,
    arguments: &[OsString],
    error: &clap::Error,
) -> Result<Exit, Exit> {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = help_text(error, host.terminal.stdout_colour);
            let written = host.stdout.write_all(text.as_bytes()).and_then(|()| host.stdout.flush());
            written
                .map(|()| Exit::Success)
                .map_err(|error| report_error(host, arguments, &error.into()))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !wants_json(arguments, host) => {
            let text = help_text(error, host.terminal.stderr_colour);
            // When stderr is closed nobody reads the message, but the exit code still reports the failure.
            let _written = host.stderr.write_all(text.as_bytes());
            Err(Exit::Usage)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let error = usage_error("error: a subcommand is missing");
            Err(report_error(host, arguments, &error.into()))
        }
        _ => Err(report_error(host, arguments, &usage_error(&text).into())),
    }
}

/// Returns a help text, with coloured headings if `colour`.
fn help_text(error: &clap::Error, colour: bool) -> String {
    match colour {
        true => colour_headings(&error.render().ansi().to_string()),
        false => error.render().to_string(),
    }
}

/// Reports an error on stderr, as JSON if the output is JSON, and returns its exit code.
fn report_error(host: &mut Host<'_>, arguments: &[OsString], error: &CommandError) -> Exit {
    let json = wants_json(arguments, host);
    report(host, json, error)
}

/// Whether errors are reported as JSON. Looks at the arguments and settings as they are, because errors include those of
/// reading them.
fn wants_json(arguments: &[OsString], host: &Host<'_>) -> bool {
    let format = requested_format(arguments).or_else(|| configured_format(&Env::new(&host.env)));
    matches!(format.as_deref(), Some("json" | "jsonl"))
}

/// Returns the format that the arguments request.
fn requested_format(arguments: &[OsString]) -> Option<String> {
    let mut arguments = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next().filter(|argument| argument != "--") {
        match argument.strip_prefix("--format") {
            Some("") => return arguments.next().map(Cow::into_owned),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].to_owned()),
            _ if argument == "--json" => return Some("json".to_owned()),
            _ => {}
        }
    }
    None
}

/// Whether the subcommand is `check`, even if its arguments are not valid.
fn is_check_command(arguments: &[OsString]) -> bool {
    named_subcommand(arguments).is_some_and(|name| name == "check")
}

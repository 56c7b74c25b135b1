//! Parses the command line.

use std::ffi::{OsStr, OsString};

use clap::{
    Command as Definition, Error, FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{
    command::Command,
    tree::{help_tree, named_tree},
};
use crate::commands::{
    args::{global::GlobalArgs, subcommand::Looks},
    help::{
        command::{HELP, HelpArgs},
        topics::add_topics,
    },
};

/// The widest help text, in columns; wider lines are hard to read.
const MAX_HELP_WIDTH: usize = 100;

/// The arguments of one run.
#[derive(Debug)]
pub struct CliArgs {
    /// The arguments that every subcommand accepts.
    pub global: GlobalArgs,
    /// The subcommand.
    pub command: Command,
}

/// Parses the arguments. Help is as wide as the host's terminal, which has `width` columns; clap would measure the
/// process's own.
///
/// # Errors
/// A usage error. Requests for help and for the version are errors, too.
pub fn parse(arguments: &[OsString], width: Option<usize>) -> Result<CliArgs, Error> {
    let error = match parse_with(&mut named_tree(arguments), arguments) {
        Err(error) if error.kind() != ErrorKind::DisplayVersion => error,
        parsed => return parsed,
    };
    let width = width.unwrap_or(MAX_HELP_WIDTH).min(MAX_HELP_WIDTH);
    let mut tree = help_tree(width);
    let explained = match help_words(&mut tree, arguments) {
        Err(error) => Some(error.format(&mut tree)),
        Ok(Some(words)) => {
            let words = words.iter().map(OsString::as_os_str);
            let program = OsStr::new("gatepass");
            let arguments = [program].into_iter().chain(words).chain([OsStr::new("--help")]);
            add_topics(tree, width).try_get_matches_from(arguments).err()
        }
        Ok(None) => parse_with(&mut tree, arguments).err(),
    };
    Err(best_suggestion_first(explained.unwrap_or(error)))
}

/// Returns the subcommand that the arguments name, even if the others are not valid.
pub fn named_subcommand(arguments: &[OsString]) -> Option<String> {
    let matches = named_tree(arguments).ignore_errors(true).try_get_matches_from(arguments).ok()?;
    matches.subcommand_name().map(str::to_owned)
}

fn parse_with(tree: &mut Definition, arguments: &[OsString]) -> Result<CliArgs, Error> {
    let mut matches = tree.try_get_matches_from_mut(arguments)?;
    let matches = &mut matches;
    let args = GlobalArgs::from_arg_matches_mut(matches).and_then(|global| {
        Ok(CliArgs { global, command: Command::from_arg_matches_mut(matches)? })
    });
    args.map_err(|error| error.format(tree))
}

/// Returns the words after `help`, if the arguments call for help: `help app add`, and also `app help add`.
fn help_words(
    tree: &mut Definition,
    arguments: &[OsString],
) -> Result<Option<Vec<OsString>>, Error> {
    if let Ok(matches) = tree.try_get_matches_from_mut(arguments) {
        let help = matches.subcommand_matches(HELP).map(Looks::<HelpArgs>::from_arg_matches);
        return Ok(help.transpose()?.map(|help| help.words.clone()));
    }
    let words = &arguments[1..];
    let Some(at) = words.iter().position(|word| word == HELP) else { return Ok(None) };
    let (group, rest) = (&words[..at], &words[at + 1..]);
    let command = group.iter().try_fold(&*tree, |command, word| command.find_subcommand(word));
    let is_group = command.is_some_and(Definition::has_subcommands);
    let is_path = !rest.iter().any(|word| word.as_encoded_bytes().starts_with(b"-"));
    Ok((is_group && is_path).then(|| [group, rest].concat()))
}

/// Puts the most similar word first, which clap lists last. Leaves out aliases of commands that it also suggests.
fn best_suggestion_first(mut error: Error) -> Error {
    let kind = ContextKind::SuggestedSubcommand;
    if let Some(ContextValue::Strings(mut words)) = error.remove(kind) {
        words.reverse();
        let tree = help_tree(MAX_HELP_WIDTH);
        let names = words.clone();
        words.retain(|word| !is_alias(word, &names, &tree));
        error.insert(kind, ContextValue::Strings(words));
    }
    error
}

/// Returns whether `word` is an alias of a command whose name is one of `names`.
fn is_alias(word: &str, names: &[String], tree: &Definition) -> bool {
    tree.get_subcommands().any(|command| {
        let is_suggested = names.iter().any(|name| name == command.get_name());
        is_suggested && command.get_all_aliases().any(|alias| alias == word)
            || is_alias(word, names, command)
    })
}

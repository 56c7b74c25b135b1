//! The definition of the command line, as much of it as is needed.

use std::{ffi::OsString, mem};

use clap::{Args, Command, Subcommand};

use super::command::Command as GatepassCommand;
use crate::commands::{
    args::{global::GlobalArgs, subcommand::Looks},
    help::{
        colour::HELP_STYLES,
        command::{HELP, HelpArgs},
        layout::arrange_help,
    },
};

const ABOUT: &str = "Issue, list, verify and retire API passcodes and tokens";

const LONG_ABOUT: &str = "\
Issue, list, verify and retire API passcodes and tokens

gatepass keeps credentials in a store, which is one SQLite file. A master key in another file protects the store. Each \
secret is shown once, by the command that creates it. Results go to stdout, messages to stderr.";

const EXAMPLES: &str = "Examples:
  # Create a passcode that is valid for 90 days
  $ gatepass create acme --days 90

  # Identify a secret and check that it is valid
  $ gatepass verify <found.secret

  # List the credentials that expire within 30 days
  $ gatepass list --expiring
";

/// Returns the definition of the whole command line, for everything that walks it.
pub fn command_tree() -> Command {
    let mut tree = described_root().subcommands(subcommands());
    tree.build();
    tree
}

/// Returns the definition for help and usage errors, for a terminal of `width` columns.
pub(super) fn help_tree(width: usize) -> Command {
    let mut tree = described_root().subcommands(subcommands()).term_width(width);
    tree.build();
    arrange_help(tree)
}

/// Returns the definition with only the subcommands that an argument names. No other can run, and their definitions
/// take longer than a short command.
pub(super) fn named_tree(arguments: &[OsString]) -> Command {
    let is_named = |command: &Command| {
        let is_argument = |name: &str| arguments.iter().skip(1).any(|argument| argument == name);
        is_argument(command.get_name()) || command.get_all_aliases().any(is_argument)
    };
    root().subcommands(subcommands().into_iter().filter(is_named))
}

fn described_root() -> Command {
    root().about(ABOUT).long_about(LONG_ABOUT).after_long_help(EXAMPLES)
}

fn root() -> Command {
    let root = Command::new("gatepass")
        .version(env!("CARGO_PKG_VERSION"))
        .styles(HELP_STYLES)
        .propagate_version(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        // Its own subcommand also shows topics.
        .disable_help_subcommand(true);
    GlobalArgs::augment_args(root)
}

fn subcommands() -> Vec<Command> {
    let mut all = GatepassCommand::augment_subcommands(Command::default());
    let help = Looks::<HelpArgs>::augment_args(Command::new(HELP));
    all.get_subcommands_mut().map(mem::take).chain([help]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_subcommands_are_defined() {
        let names = |words: &[&str]| {
            let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
            let tree = named_tree(&arguments);
            assert!(tree.get_subcommands().all(|command| command.get_arguments().next().is_none()));
            tree.get_subcommands().map(|command| command.get_name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(&["gatepass", "show", "acme"]), ["show"]);
        assert_eq!(names(&["gatepass", "--store", "list", "rm", "acme"]), ["list", "delete"]);
        assert_eq!(names(&["list", "-V"]), [] as [&str; 0], "the name of the program");
        assert_eq!(names(&["gatepass", "lst"]), [] as [&str; 0]);
    }

    #[test]
    fn the_definition_is_consistent() {
        described_root().subcommands(subcommands()).debug_assert();
    }
}

//! Subcommands of the command line: built only if they are named, and whether they have a dry run.

use std::ops::Deref;

use clap::{
    ArgMatches, Args, Command, Error, FromArgMatches, Id, builder::Resettable, error::ErrorKind,
};

/// A subcommand that makes a change. `--dry-run` shows the change.
pub type Changes<T> = Deferred<T, true>;

/// A subcommand that changes nothing, or that only works if it does. It rejects `--dry-run`.
pub type Looks<T> = Deferred<T, false>;

/// A subcommand that has subcommands of its own.
pub type Group<T> = Deferred<T, true>;

/// The arguments of a subcommand. clap defines them only if the subcommand is named: to define those of all subcommands
/// takes longer than a short command.
#[derive(Clone, Debug)]
pub struct Deferred<T, const DRY_RUN: bool>(T);

impl<T, const DRY_RUN: bool> Deref for Deferred<T, DRY_RUN> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Args, const DRY_RUN: bool> Args for Deferred<T, DRY_RUN> {
    fn group_id() -> Option<Id> {
        T::group_id()
    }

    fn augment_args(command: Command) -> Command {
        command.defer(define::<T, DRY_RUN>)
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(T::augment_args_for_update)
    }
}

impl<T: FromArgMatches, const DRY_RUN: bool> FromArgMatches for Deferred<T, DRY_RUN> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Self::from_arg_matches_mut(&mut matches.clone())
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        if !DRY_RUN && matches.get_flag(DRY_RUN_ID) {
            return Err(Error::raw(ErrorKind::ArgumentConflict, NO_DRY_RUN));
        }
        T::from_arg_matches_mut(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Defines the arguments. The global ones are already there. Flattened arguments must not replace the summary.
fn define<T: Args, const DRY_RUN: bool>(command: Command) -> Command {
    let (about, long_about) = (command.get_about().cloned(), command.get_long_about().cloned());
    let mut command = T::augment_args(command);
    if let Some(about) = about {
        command = command.about(about).long_about(Resettable::from(long_about));
    }
    match DRY_RUN {
        true => command,
        false => command.mut_arg(DRY_RUN_ID, |argument| argument.hide(true)),
    }
}

/// Returns whether a command has `--dry-run`: it, or a subcommand, makes a change.
pub fn accepts_dry_run(command: &Command) -> bool {
    let mut arguments = command.get_arguments();
    arguments.any(|argument| argument.get_id() == DRY_RUN_ID && !argument.is_hide_set())
}

/// The id of `--dry-run`.
const DRY_RUN_ID: &str = "dry_run";

/// The error, in the paragraphs in which clap writes its own.
const NO_DRY_RUN: &str = "this command has no --dry-run\n\n  tip: --dry-run is for commands that make a change, \
                          such as create and revoke\n";

//! Which values an argument can have.

use std::ffi::OsStr;

use clap::{Arg, Command, ValueHint};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use super::{fields::fields_of, live_names::LiveNames};
use crate::{
    commands::{
        args::list::columns::LIST_COLUMNS,
        help::{
            command::HELP,
            topics::{TOPICS, Topic},
        },
    },
    ops::names::Named,
    view::schema::SCHEMAS,
};

/// The id of `--field`.
const FIELD: &str = "field";

/// Paths, which the shell completes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paths {
    /// Files, and directories on the way to them.
    Files,
    /// Directories only.
    Directories,
}

impl Paths {
    const ALL: [Self; 2] = [Self::Files, Self::Directories];

    fn as_str(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Directories => "directories",
        }
    }

    /// Returns the line that makes the scripts offer paths. No value is empty.
    pub fn directive(self) -> String {
        format!("\t{}\n", self.as_str())
    }

    /// Returns which paths a candidate stands for, if it does.
    pub fn of_candidate(candidate: &CompletionCandidate) -> Option<Self> {
        let tag = candidate.get_tag()?.to_string();
        Self::ALL.into_iter().find(|paths| paths.as_str() == tag)
    }

    fn candidate(self) -> CompletionCandidate {
        CompletionCandidate::new("").tag(Some(self.as_str().into()))
    }
}

/// Adds what clap does not know of the values of arguments: names in the store, paths, the fields of each subcommand,
/// and closed lists whose errors are not those of clap.
pub fn add_completers(tree: Command, names: &LiveNames) -> Command {
    let help = outline(&tree).name(HELP).subcommands(TOPICS.iter().map(topic));
    let schemas = ArgValueCandidates::new(|| {
        let schemas = SCHEMAS.iter();
        schemas.map(|one| CompletionCandidate::new(one.name).help(Some(one.title.into()))).collect()
    });
    add_values(tree, &[], names)
        .mut_subcommand("schema", |schema| {
            schema.mut_subcommand("show", |show| {
                show.mut_arg("name", |argument| argument.add(schemas))
            })
        })
        .mut_subcommand(HELP, |_| help)
}

/// `path` is the words that lead to the subcommand.
fn add_values(command: Command, path: &[String], names: &LiveNames) -> Command {
    command
        .mut_args(|argument| match (named_by(&argument), paths_of(&argument)) {
            (Some(named), _) => {
                let names = names.clone();
                let candidates = move |typed: &OsStr| names.candidates(named, typed);
                argument.add(ArgValueCompleter::new(candidates))
            }
            (None, Some(paths)) => {
                argument.add(ArgValueCompleter::new(move |_: &OsStr| vec![paths.candidate()]))
            }
            (None, None) if [FIELD, LIST_COLUMNS].contains(&argument.get_id().as_str()) => {
                let path = path.to_vec();
                argument.add(ArgValueCandidates::new(move || {
                    fields_of(&path).into_iter().map(CompletionCandidate::new).collect()
                }))
            }
            (None, None) => argument,
        })
        .mut_subcommands(|command| {
            let path = [path, &[command.get_name().to_owned()]].concat();
            add_values(command, &path, names)
        })
}

/// Returns what in the store the value of an argument names. `None` if it names nothing, or something new.
fn named_by(argument: &Arg) -> Option<Named> {
    match (value_name(argument), argument.get_id().as_str()) {
        ("REFERENCE", _) => Some(Named::Credential),
        ("APP", _) => Some(Named::App),
        ("DISTRICT", _) => Some(Named::District),
        ("EMAIL", "user") => Some(Named::User),
        ("ACCOUNT", _) => Some(Named::Account),
        _ => None,
    }
}

fn paths_of(argument: &Arg) -> Option<Paths> {
    match (argument.get_value_hint(), value_name(argument)) {
        (ValueHint::AnyPath | ValueHint::FilePath, _) | (_, "FILE") => Some(Paths::Files),
        (ValueHint::DirPath, _) => Some(Paths::Directories),
        _ => None,
    }
}

fn value_name(argument: &Arg) -> &str {
    argument.get_value_names().and_then(<[_]>::first).map_or("", |name| name.as_str())
}

/// Returns a command with the names of its subcommands, but without arguments.
fn outline(command: &Command) -> Command {
    Command::new(command.get_name().to_owned())
        .about(command.get_about().cloned().unwrap_or_default())
        .visible_aliases(command.get_visible_aliases().map(str::to_owned))
        .subcommands(command.get_subcommands().map(outline))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
}

fn topic(topic: &Topic) -> Command {
    Command::new(topic.name).about(topic.summary).disable_help_flag(true)
}
